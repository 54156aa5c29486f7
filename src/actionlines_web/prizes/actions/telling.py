"""Mail to the people of an edition."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import override
from django_tasks import task

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.jobs.actions import enqueue, takes_effect_first
from actionlines_web.outbox.actions import page_address, queue_message, reading_language
from actionlines_web.prizes.models import Edition, PhaseMove, Project, ProjectStep, Reviewer
from actionlines_web.prizes.models.edition import PHASES
from actionlines_web.prizes.queries.people import audience
from actionlines_web.prizes.rules import ensure, may_run
from actionlines_web.ui.templatetags.actionlines import moment

SITE: Final = System("the site")
# What is told of a decision about a project.
_KINDS: Final = {
    "submit": "prizes-received",
    "refuse": "prizes-refused",
    "pass over": "prizes-passed-over",
    "nominate": "prizes-nominated",
    "let in": "prizes-late",
    "turn away": "prizes-late-refused",
}


def tell_of_step(project: Project, step: ProjectStep) -> None:
    """The submitter of what was decided; steps that are nobody's mail are passed over."""
    kind = _KINDS.get(step.action)
    if kind is None:
        return
    values = {
        "title": project.title or project.code,
        "edition": project.edition.name,
        "address": page_address(project.submitter, "prizes:project", project.edition.slug, project.code),
    }
    if kind in {"prizes-refused", "prizes-passed-over", "prizes-late-refused"}:
        values["reason"] = step.reason
    if kind == "prizes-received":
        values |= {"code": project.receipt}
    queue_message(SITE, project.submitter, kind, values)


@task()
def announce_move(move: int) -> None:
    """Tell everybody of the edition that a date was moved."""
    found = PhaseMove.objects.select_related("edition").filter(pk=move).first()
    if found is None:
        return
    names = dict(PHASES)

    def values(reader: User) -> dict[str, str]:
        language = reading_language(reader)
        with override("zh-hans" if language == "zh" else language):
            return {
                "edition": found.edition.name,
                "phase": str(names[found.kind]),
                "starts": moment(found.starts),
                "ends": moment(found.ends),
                "reason": found.reason,
                "address": page_address(reader, "prizes:edition", found.edition.slug),
            }

    with transaction.atomic():
        if not takes_effect_first():
            return
        for reader in audience(found.edition, "all"):
            queue_message(SITE, reader, "prizes-moved", values(reader))


@transaction.atomic
def write_to_all(actor: Actor, edition: Edition, to: str, subject: str, text: str) -> None:
    """Have a message written to an audience of the edition (see `queries.people.AUDIENCES`).

    Raises:
        PermissionDenied: the actor runs no editions.
    """
    ensure(may_run(actor), "only coordinators write to everybody")
    enqueue(actor, send_to_all, edition, edition=edition.pk, to=to, subject=subject, text=text)


@task()
def send_to_all(edition: int, to: str, subject: str, text: str) -> None:
    """Queue the message for each of the audience."""
    found = Edition.objects.get(pk=edition)
    with transaction.atomic():
        if not takes_effect_first():
            return
        for reader in audience(found, to):
            address = page_address(reader, "prizes:edition", found.slug)
            values = {"edition": found.name, "subject": subject, "text": text, "address": address}
            queue_message(SITE, reader, "prizes-message", values)


def tell_reviewer(reviewer: Reviewer, number: int) -> None:
    """A reviewer of how many projects wait."""
    address = page_address(reviewer.user, "prizes:reviews", reviewer.edition.slug)
    values = {"edition": reviewer.edition.name, "number": str(number), "address": address}
    queue_message(SITE, reviewer.user, "prizes-assigned", values)


def tell_voters(edition: Edition, readers: Iterable[User], kind: str, values: Mapping[str, str]) -> None:
    """Voters of what was decided about their ballots."""
    for reader in readers:
        address = page_address(reader, "prizes:my-votes", edition.slug)
        queue_message(SITE, reader, kind, {**values, "edition": edition.name, "address": address})


def tell_of_result(edition: Edition) -> None:
    """Champions and winners of their certificates."""
    for project in Project.objects.filter(edition=edition, champion=True).select_related("submitter"):
        address = page_address(project.submitter, "prizes:nominee", edition.slug, project.code)
        values = {"title": project.title, "edition": edition.name, "address": address}
        kind = "prizes-winner" if project.winner else "prizes-champion"
        queue_message(SITE, project.submitter, kind, values)
