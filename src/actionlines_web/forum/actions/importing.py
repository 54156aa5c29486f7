"""A table of requests: looked at first, then taken in as a whole."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from actionlines.formats.session_requests import requests_of
from actionlines.formats.tabular import read_table
from actionlines.programme.request import Request, Speaker
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.forum.actions.requests import align_request, import_request
from actionlines_web.forum.models import Edition, RequestBatch, Session, SessionLink
from actionlines_web.forum.queries.editions import edition_of
from actionlines_web.forum.rules import ensure, may_run
from actionlines_web.jobs.actions import enqueue
from actionlines_web.ui.problems import shown


@transaction.atomic
def stage_requests(actor: Actor, edition: Edition, data: bytes, name: str) -> RequestBatch:
    """Read a table of requests and keep it for a decision; its faults are kept with it.

    Raises:
        PermissionDenied: the actor runs no editions.
        InputError: it is no table, or has no column of titles.
    """
    ensure(may_run(actor), "only coordinators bring in tables of requests")
    found, problems = requests_of(read_table(data, name), edition_of(edition))
    batch = RequestBatch.objects.create(
        edition=edition,
        name=name[:200],
        rows=[{"row": item.row, **asdict(item.request)} for item in found],
        problems=[shown(problem) for problem in problems],
        uploaded_by=actor if isinstance(actor, User) else None,
    )
    write_record(actor, "stage", batch, {"created": len(found), "problems": len(problems)})
    return batch


@transaction.atomic
def apply_requests(actor: Actor, batch: RequestBatch) -> int:
    """Take the requests of a table in, all or none; returns how many. Their texts are read by the worker afterwards.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it was decided before.
    """
    locked = _undecided(actor, batch)
    for row in locked.rows:
        import_request(actor, locked.edition, _request(row))
    locked.state, locked.applied_at = RequestBatch.State.APPLIED, timezone.now()
    locked.save(update_fields=["state", "applied_at"])
    enqueue(actor, align_new_requests, locked.edition, edition=locked.edition_id)
    write_record(actor, "apply", locked, {"created": len(locked.rows)})
    return len(locked.rows)


def _request(row: dict[str, Any]) -> Request:
    said = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    said.pop("row")
    said["speakers"] = tuple(Speaker(**speaker) for speaker in row["speakers"])
    return Request(**said)


@task()
def align_new_requests(edition: int) -> None:
    """Read the texts of all requests of an edition for which nothing is proposed yet."""
    proposed = SessionLink.objects.exclude(state=SessionLink.State.DECLARED).values("session_id")
    waiting = Session.objects.filter(edition=edition, state=Session.State.SUBMITTED).exclude(pk__in=proposed)
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        align_request.func(key)


@transaction.atomic
def discard_requests(actor: Actor, batch: RequestBatch) -> None:
    """Give a table up.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it was decided before.
    """
    locked = _undecided(actor, batch)
    locked.state, locked.rows = RequestBatch.State.DISCARDED, []
    locked.save(update_fields=["state", "rows"])
    write_record(actor, "discard", locked)


def _undecided(actor: Actor, batch: RequestBatch) -> RequestBatch:
    ensure(may_run(actor), "only coordinators bring in tables of requests")
    locked = RequestBatch.objects.select_for_update(of=("self",)).select_related("edition").get(pk=batch.pk)
    if locked.state != RequestBatch.State.STAGED:
        raise ValueError(f"the table {locked.pk} is {locked.state}")
    return locked
