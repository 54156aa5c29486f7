"""Starting a report, locking it, approving it, publishing it; and taking it up again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.reports.kinds import KINDS
from actionlines.reports.measuring import NAME as MEASURING
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import addresses_of, user_by_email
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import page_address, queue_message, site_page
from actionlines_web.publishing.actions.held import approvable, kept
from actionlines_web.publishing.actions.versions import order_in_transaction
from actionlines_web.publishing.models import Comment, Part, Passage, Report, Schedule, Version
from actionlines_web.publishing.queries.building import checked_params
from actionlines_web.publishing.queries.reports import narrative_of, newest_made
from actionlines_web.publishing.rules import is_coordinator, is_facilitator

MOST_RECIPIENTS: Final = 200
# No vowels, nothing that reads like something else.
_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is to be: its title, kind, languages, filter of the entry list, whom to tell once it is published."""

    title: str
    kind: str
    languages: Sequence[str]
    params: Mapping[str, Any] = field(default_factory=dict)
    recipients: Sequence[str] = ()


def checked(asked: Asked) -> dict[str, Any]:
    """The fields of a report that is asked for.

    Raises:
        InputError: everything that cannot be used.
    """
    problems = [
        Problem(marked("“%(key)s” is missing."), {"key": name}, column=name)
        for name, value in (("title", asked.title.strip()), ("languages", list(asked.languages)))
        if not value
    ]
    if asked.kind not in (*KINDS, MEASURING):
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": asked.kind}, column="kind"))
    problems += [
        Problem(marked("“%(value)s” is not known."), {"value": code}, column="languages")
        for code in asked.languages
        if code not in LANGUAGES
    ]
    problems += _needs(asked)
    recipients = list(
        dict.fromkeys(address.strip().lower() for address in asked.recipients if address.strip())
    )
    for address in recipients:
        try:
            validate_email(address)
        except ValidationError:
            problems.append(
                Problem(
                    marked("“%(address)s” is no mail address."),
                    {"address": address[:80]},
                    column="recipients",
                    expected=marked("one address a line, such as name@example.org."),
                )
            )
    if len(recipients) > MOST_RECIPIENTS:
        most = {"most": MOST_RECIPIENTS}
        problems.append(Problem(marked("at most %(most)d addresses."), most, column="recipients"))
    if problems:
        raise InputError(problems)
    languages = [code for code in LANGUAGES if code in asked.languages]
    return {
        "title": asked.title.strip()[:200],
        "kind": asked.kind,
        "languages": languages,
        "params": checked_params(asked.kind, asked.params),
        "recipients": recipients,
    }


def _needs(asked: Asked) -> list[Problem]:
    """What the kind cannot do without, and what of the filter cannot be used."""
    try:
        params = checked_params(asked.kind, asked.params)
    except InputError as error:
        return list(error.problems)
    needs = KINDS[asked.kind].needs if asked.kind in KINDS else ()
    return [
        Problem(
            marked("the report '%(kind)s' is about one %(what)s, and none is named."),
            {"kind": asked.kind, "what": name},
            column=name,
        )
        for name in needs
        if not params.get(name)
    ]


@transaction.atomic
def start_report(actor: Actor, asked: Asked, *, schedule: Schedule | None = None) -> Report:
    """Start a report and order its first version.

    Raises:
        PermissionDenied: the actor is neither coordinator nor facilitator.
        InputError: everything in `asked` that cannot be used.
    """
    if not (is_coordinator(actor) or is_facilitator(actor)):
        raise PermissionDenied("only for coordinators and facilitators")
    owner = actor if isinstance(actor, User) else schedule.owner if schedule else None
    key = "".join(secrets.choice(_LETTERS) for _ in range(10))
    made = Report.objects.create(key=key, owner=owner, schedule=schedule, **checked(asked))
    write_record(actor, "create", made, {"kind": made.kind})
    order_in_transaction(actor, made)
    return made


@transaction.atomic
def lock_report(actor: Actor, report: Report) -> None:
    """Let nobody write any more: the report waits for its approval, as its newest version has it.

    Raises:
        InputError: it is not being written, or the newest version does not hold what is written now.
    """
    found = kept(actor, report, Report.State.WRITING)
    newest = newest_made(found)
    if newest is None or newest.narrative != narrative_of(found):
        raise InputError(
            [
                Problem(
                    marked("the newest version does not hold what is written now."),
                    expected=marked("a version made after the last change."),
                )
            ]
        )
    _move(actor, found, Report.State.LOCKED, "lock")


@transaction.atomic
def open_report(actor: Actor, report: Report) -> None:
    """Take it up again; versions that were published stay at their addresses. What a coordinator approved, only one reopens."""
    states = (Report.State.LOCKED, Report.State.APPROVED, Report.State.PUBLISHED)
    found = kept(actor, report, *states)
    if found.state == Report.State.APPROVED and not is_coordinator(actor):
        raise PermissionDenied("only for coordinators")
    found.approved_by = found.approved_at = None
    _move(actor, found, Report.State.WRITING, "reopen")


@transaction.atomic
def approve_report(actor: Actor, report: Report) -> None:
    """Approve a locked report."""
    found = approvable(actor, report, Report.State.LOCKED)
    found.approved_by = actor if isinstance(actor, User) else None
    found.approved_at = timezone.now()
    _move(actor, found, Report.State.APPROVED, "approve")


@transaction.atomic
def publish_report(actor: Actor, report: Report) -> Version:
    """Publish the approved version under its permanent address, and tell the recipients.

    Raises:
        InputError: it is not approved.
    """
    found = approvable(actor, report, Report.State.APPROVED)
    version = found.versions.exclude(made_at=None).latest("number")  # nothing is locked without one
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    _move(actor, found, Report.State.PUBLISHED, "publish")
    for address in found.recipients:
        reader = user_by_email(address)
        path = ("publishing:version", found.key, version.number)
        page = page_address(reader, *path) if reader else site_page(*path, language=found.languages[0])
        values = {"report": found.title, "address": page}
        queue_message(
            System("site"),
            reader,
            "report-published",
            values,
            address=address,
            language="" if reader else found.languages[0],
        )
    return version


def _move(actor: Actor, report: Report, state: str, verb: str) -> None:
    report.state = state
    report.save(update_fields=["state", "approved_by", "approved_at"])
    write_record(actor, verb, report)


def erase_writer(user: User) -> None:
    """Forget a person in the caller's transaction: what they wrote stays, nobody's; what they are told of is theirs no more."""
    for model, names in (
        (Report, ("owner", "approved_by")),
        (Schedule, ("owner",)),
        (Part, ("assignee",)),
        (Passage, ("author",)),
        (Comment, ("author",)),
        (Version, ("ordered_by",)),
    ):
        for name in names:
            model._default_manager.filter(**{name: user}).update(**{name: None})  # noqa: SLF001
    addresses = {user.email.lower(), *(address.lower() for address in addresses_of(user))}
    for kind in (Report, Schedule):
        for row in kind._default_manager.exclude(recipients=[]).select_for_update():  # noqa: SLF001
            left = [address for address in row.recipients if address not in addresses]
            if left != row.recipients:
                row.recipients = left
                row.save(update_fields=["recipients"])
