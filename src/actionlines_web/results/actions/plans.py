"""Plans: taken in, read by a worker, shown to everybody or not, taken away."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Final

import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from actionlines.documents import read_bytes
from actionlines.frameworks import areas
from actionlines.problems import InputError, Problem, marked
from actionlines.results.cover import Cover, cover
from actionlines.stocktaking.attachment import attachment_kind, safe_name
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.jobs.actions import enqueue
from actionlines_web.jobs.running import report
from actionlines_web.results.models import Plan
from actionlines_web.stocktaking.scanning import is_clean
from actionlines_web.ui.problems import shown

logger = logging.getLogger(__name__)
KINDS: Final = ("docx", "pdf", "txt")
# A passage is shown, not reprinted: longer ones are cut.
_LONGEST_PASSAGE: Final = 1_000
_MOST_WAITING: Final = 5


def add_plan(
    actor: Actor,
    *,
    title: str,
    country: str,
    kind: str,
    organisation: int | None,
    name: str,
    size: int,
    read: Callable[[], bytes],
    language: str = "",
    public: bool = False,
) -> Plan:
    """Take a plan in and have it read.

    Args:
        organisation: its number; None for coordinators.
        name, size: of the file, as they are known before it is read.
        read: gives its content.

    Raises:
        PermissionDenied: the actor is neither a member of the organisation nor a coordinator.
        InputError: the file is too large or of a kind that is not read, or what else cannot be used.
    """
    if not rules.has_perm("results.add_plan", actor, organisation):
        raise PermissionDenied("only for members of the organisation")
    _check(actor, title, country, kind, language, name, size)
    data = read()
    found = attachment_kind(data, name)
    if found.code not in KINDS:
        raise InputError(
            [
                Problem(
                    marked("files of this kind are not taken."),
                    {"known": ", ".join(KINDS)},
                    name,
                    column="file",
                    expected=marked("a file of one of these kinds: %(known)s."),
                )
            ]
        )
    path = _stored(data, name)
    try:
        with transaction.atomic():
            kept = Plan.objects.create(
                title=title.strip(),
                country=country,
                kind=kind,
                language=language,
                organisation_id=organisation,
                public=public,
                file=path,
                name=safe_name(name, found),
                size=len(data),
                digest=hashlib.sha256(data).hexdigest(),
                added_by=actor if isinstance(actor, User) else None,
            )
            enqueue(actor, read_plan, kept, plan_id=kept.pk)
            write_record(actor, "add plan", kept, {"country": country, "kind": kind, "digest": kept.digest})
    except BaseException:
        default_storage.delete(path)
        raise
    return kept


def _check(actor: Actor, title: str, country: str, kind: str, language: str, name: str, size: int) -> None:
    problems = []
    if not title.strip() or len(title.strip()) > 300:
        problems.append(
            Problem(
                marked("“%(key)s” is missing or cannot stand there."),
                {"key": "title", "most": 300},
                column="title",
                expected=marked("a text of at most %(most)d characters."),
            )
        )
    problems.extend(
        Problem(marked("“%(value)s” is not known."), {"value": value[:60]}, column=column)
        for column, value, known in (
            ("country", country, {area.iso3 for area in areas()}),
            ("kind", kind, set(Plan.Kind.values)),
            ("language", language, {"", *LANGUAGES}),
        )
        if value not in known
    )
    most = settings.ATTACHMENT_LIMIT_BYTES
    if size > most:
        problems.append(
            Problem(
                marked("the file is too large."),
                {"most": most // 1024**2},
                name,
                column="file",
                expected=marked("at most %(most)d MB."),
            )
        )
    mine = (
        Plan.objects.filter(added_by=actor.pk, state=Plan.State.WAITING) if isinstance(actor, User) else None
    )
    if mine is not None and mine.count() >= _MOST_WAITING:
        problems.append(
            Problem(
                marked("%(most)d plans of yours wait to be read."),
                {"most": _MOST_WAITING},
                column="file",
                expected=marked("that one of them is read or deleted first."),
            )
        )
    if problems:
        raise InputError(problems)


def _stored(data: bytes, name: str) -> str:
    """The file in the storage; where that fails, nothing of it stays behind."""
    path = f"plans/{secrets.token_urlsafe(24)}"
    try:
        return default_storage.save(path, ContentFile(data))
    except OSError as error:
        logger.exception("a plan could not be stored")
        try:
            default_storage.delete(path)
        except OSError:
            logger.exception("what was written of %s could not be removed", path)
        fault = marked("the file could not be stored: the site has no room for it at the moment.")
        raise InputError([Problem(fault, {}, name, column="file")]) from error


@task()
def read_plan(plan_id: int) -> None:
    """The job that `add_plan` queues: look at the file where the site does so, read it, keep what it covers.

    A plan that is gone or was read meanwhile stays as it is; run again, the job does nothing.
    """
    plan = Plan.objects.filter(pk=plan_id, state=Plan.State.WAITING).first()
    if plan is None:
        return
    found, problems = _read(plan)
    with transaction.atomic():
        locked = Plan.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
        if locked is None or locked.state != Plan.State.WAITING:
            return
        locked.cover = found.as_json() if found else None
        locked.language = locked.language or (found.language if found else "")
        locked.problems = [shown(problem) for problem in problems]
        locked.state = Plan.State.READ if found else Plan.State.REFUSED
        locked.save(update_fields=["cover", "language", "problems", "state"])
        write_record(System("worker"), "read plan", locked, {"state": locked.state})


def _read(plan: Plan) -> tuple[Cover | None, list[Problem]]:
    with plan.file.open("rb") as file:
        if not is_clean(file):
            return None, [Problem(marked("the virus scanner refused the file."), {}, plan.name)]
        file.seek(0)
        data = file.read()
    try:
        document = read_bytes(data, plan.name)
    except InputError as error:
        return None, list(error.problems)
    found = cover(
        document,
        language=plan.language,
        progress=lambda done, total: report("reading", done, total),
    )
    if not found.passages:
        return None, [
            Problem(
                marked("no text was found in the file."),
                {},
                plan.name,
                expected=marked("a file with text, not with pictures of pages."),
            )
        ]
    return _cut(found), []


def _cut(found: Cover) -> Cover:
    said = found.as_json()
    for one in said["addressed"]:
        for mention in one["mentions"]:
            text = mention["text"]
            mention["text"] = text if len(text) <= _LONGEST_PASSAGE else f"{text[:_LONGEST_PASSAGE]}…"
    return Cover.from_json(said)


def _held(actor: Actor, plan: Plan) -> Plan:
    found = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not rules.has_perm("results.add_plan", actor, found.organisation_id):
        raise PermissionDenied("only for members of the organisation")
    return found


@transaction.atomic
def show_plan(actor: Actor, plan: Plan, *, public: bool) -> None:
    """Show a plan to everybody, or to the own organisation alone."""
    found = _held(actor, plan)
    if found.public == public:
        return
    changes = difference({"public": found.public}, {"public": public})
    found.public = public
    found.save(update_fields=["public"])
    write_record(actor, "change", found, {"changes": changes})


@transaction.atomic
def read_again(actor: Actor, plan: Plan) -> None:
    """Have a plan read once more: its job failed, or the aligner has learnt since."""
    found = _held(actor, plan)
    found.state, found.problems = Plan.State.WAITING, []
    found.save(update_fields=["state", "problems"])
    enqueue(actor, read_plan, found, plan_id=found.pk)
    write_record(actor, "order plan", found)


@transaction.atomic
def delete_plan(actor: Actor, plan: Plan) -> None:
    """Take a plan away, with its file."""
    found = _held(actor, plan)
    path, number = found.file.name, found.pk
    found.delete()
    found.pk = number  # for the record of who did so
    transaction.on_commit(lambda: default_storage.delete(path))
    write_record(actor, "delete", found, {"digest": found.digest})
