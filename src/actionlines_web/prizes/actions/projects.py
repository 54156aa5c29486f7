"""A project on its way to the review: written, sent, taken back, let in late, screened."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from actionlines.prizes.phases import SUBMISSION, VOTE, phase_of
from actionlines.prizes.rules import FIELDS
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.prizes.actions.telling import tell_of_step
from actionlines_web.prizes.models import Edition, Project, ProjectStep
from actionlines_web.prizes.queries.editions import rules_of
from actionlines_web.prizes.queries.projects import SENT, library_fields, verdicts
from actionlines_web.prizes.rules import ensure, may_run, owns
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.submissions import fields_of
from actionlines_web.ui.language import library_language

LONGEST: Final = 20_000
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
State = Project.State


@transaction.atomic
def start_project(actor: Actor, edition: Edition, *, entry: str = "") -> Project:
    """A draft, empty or with what the entry of the register says.

    Raises:
        PermissionDenied: nobody is signed in.
        InputError: there is no such entry.
    """
    ensure(isinstance(actor, User) and actor.is_active, "only people with an account submit")
    assert isinstance(actor, User)  # noqa: S101 - said to the type checker
    project = Project(edition=edition, code=_free_code(edition), submitter=actor, language=library_language())
    if entry:
        source = entry_by_identifier(entry)
        if source is None:
            raise InputError(
                [Problem(marked("there is no entry “%(entry)s”."), {"entry": entry}, column="entry")]
            )
        said = fields_of(source)
        project.entry = source
        project.fields = library_fields(said)
        project.language = said.get("language") or project.language
        lines = said.get("lines", "").replace(";", " ").split()
        project.category = lines[0] if len(lines) == 1 and rules_of(edition).category(lines[0]) else ""
        mine = {item.pk for item in member_organisations(actor)}
        project.organisation_id = source.organisation_id if source.organisation_id in mine else None
    _copy(project)
    project.save()
    write_record(actor, "create", project)
    return project


def _free_code(edition: Edition) -> str:
    """A code without an order: nobody learns from it who came first."""
    while True:
        code = "P-" + "".join(secrets.choice(_LETTERS) for _ in range(5))
        if not Project.objects.filter(edition=edition, code=code).exists():
            return code


def _copy(project: Project) -> None:
    fields: Mapping[str, str] = project.fields
    project.title = fields.get("title", "")[:300]
    project.country = fields.get("country", "")[:3].upper()
    project.stakeholder_type = fields.get("stakeholder_type", "")[:32]
    shown = LibraryEntry(project.code, project.title, "", country=project.country, year=project.edition.year)
    project.region = shown.region(timezone.now().date())


@transaction.atomic
def save_project(
    actor: Actor, project: Project, fields: Mapping[str, str], *, category: str, language: str
) -> Project:
    """Keep what its owner has written, right or wrong.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is no draft.
        InputError: a text is longer than anything the form takes.
    """
    locked = _locked(project)
    ensure(owns(actor, locked), "only its owner writes a project")
    if locked.state != State.DRAFT:
        raise ValueError(f"project {locked.code} is {locked.state}")
    kept = {name: fields.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip() for name in FIELDS}
    problems = [
        Problem(
            marked("the text has %(found)d characters."),
            {"found": len(text), "most": LONGEST},
            column=name,
            expected=marked("at most %(most)d characters."),
        )
        for name, text in kept.items()
        if len(text) > LONGEST
    ]
    if problems:
        raise InputError(problems)
    locked.fields = {name: text for name, text in kept.items() if text}
    locked.category = category[:32]
    locked.language = language if language in LANGUAGES else locked.language
    _copy(locked)
    mine = {item.name: item.pk for item in member_organisations(actor)}
    locked.organisation_id = mine.get(kept["organisation"], locked.organisation_id)
    locked.save()
    return locked


@transaction.atomic
def submit_project(actor: Actor, project: Project, *, now: datetime | None = None) -> Project:
    """Send it in, if every rule of the edition lets it; the submitter has a receipt.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is no draft.
        InputError: the reasons of the rules it breaks.
    """
    moment = now or timezone.now()
    # Two that send one project at once wait for each other here: the rules see what was sent before.
    Edition.objects.select_for_update().get(pk=project.edition_id)
    locked = _locked(project)
    ensure(owns(actor, locked), "only its owner sends a project")
    if locked.state != State.DRAFT:
        raise ValueError(f"project {locked.code} is {locked.state}")
    broken = [verdict.reason for verdict in verdicts(locked, moment) if verdict.reason is not None]
    if phase_of(rules_of(locked.edition).phases, SUBMISSION) is None:
        broken.append(Problem(marked("the dates of the submission are not set."), {}, column="deadline"))
    if broken:
        raise InputError(broken)
    locked.state, locked.submitted_at = State.SUBMITTED, moment
    locked.receipt = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return _stepped(actor, locked, "submit")


@transaction.atomic
def withdraw_project(actor: Actor, project: Project, *, now: datetime | None = None) -> Project:
    """Take it back; from the ballot paper a coordinator does, before the vote begins.

    Raises:
        PermissionDenied: it is not the actor's, or it is nominated.
        ValueError: it is withdrawn already, or the vote has begun.
    """
    locked = _locked(project)
    allowed = owns(actor, locked) and locked.state != State.NOMINATED
    ensure(allowed or may_run(actor), "only its owner withdraws a project, before it is nominated")
    if locked.state not in {State.DRAFT, *SENT}:
        raise ValueError(f"project {locked.code} is {locked.state}")
    if locked.state == State.NOMINATED:
        ensure_paper_open(locked.edition, now or timezone.now())
        touch_paper(locked.edition)
    locked.state = State.WITHDRAWN
    return _stepped(actor, locked, "withdraw")


def ensure_paper_open(edition: Edition, now: datetime) -> None:
    """Go on if the ballot paper may still change: what was voted for stays on it.

    Raises:
        ValueError: the vote has begun.
    """
    phase = phase_of(rules_of(edition).phases, VOTE)
    if edition.frozen_at or (phase is not None and now >= phase.starts):
        raise ValueError("the vote has begun")


def touch_paper(edition: Edition) -> None:
    """The ballot paper has changed: every process reads it again."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    locked.paper += 1
    locked.save(update_fields=["paper"])
    edition.paper = locked.paper


@transaction.atomic
def ask_late(actor: Actor, project: Project, reason: str) -> Project:
    """Ask to be let in after the end.

    Raises:
        PermissionDenied: it is not the actor's.
        ValueError: it is no draft, or was answered.
        InputError: no reason is given.
    """
    locked = _locked(project)
    ensure(owns(actor, locked), "only its owner asks")
    if locked.state != State.DRAFT or locked.late is not None:
        raise ValueError(f"project {locked.code} is {locked.state}")
    locked.late_reason = _reason(reason)[:500]
    return _stepped(actor, locked, "ask for time", locked.late_reason)


@transaction.atomic
def answer_late(actor: Actor, project: Project, *, accept: bool, reason: str = "") -> Project:
    """Let a project in after the end, or not, with the reason.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: nobody asked.
        InputError: it is turned away without a reason.
    """
    ensure(may_run(actor), "only coordinators let projects in")
    locked = _locked(project)
    if not locked.late_reason or locked.late is not None:
        raise ValueError(f"project {locked.code} has no open request")
    said = reason.strip() if accept else _reason(reason)
    locked.late = accept
    return _stepped(actor, locked, "let in" if accept else "turn away", said)


@transaction.atomic
def screen_project(actor: Actor, project: Project, *, accept: bool, reason: str = "") -> Project:
    """Let a project pass to the expert review, or refuse it with a reason.

    Raises:
        PermissionDenied: the actor runs no editions.
        ValueError: it does not wait for the screening.
        InputError: it is refused without a reason.
    """
    ensure(may_run(actor), "only coordinators screen projects")
    locked = _locked(project)
    if locked.state != State.SUBMITTED:
        raise ValueError(f"project {locked.code} is {locked.state}")
    said = reason.strip() if accept else _reason(reason)
    locked.state = State.ACCEPTED if accept else State.REFUSED
    return _stepped(actor, locked, "accept" if accept else "refuse", said)


def _locked(project: Project) -> Project:
    found = Project.objects.select_for_update(of=("self",))
    return found.select_related("edition", "submitter", "entry").get(pk=project.pk)


def _reason(said: str) -> str:
    if not said.strip():
        raise InputError(
            [
                Problem(
                    marked("no reason is given."),
                    {},
                    column="reason",
                    expected=marked("a sentence for its owner."),
                )
            ]
        )
    return said.strip()


def _stepped(actor: Actor, project: Project, action: str, reason: str = "") -> Project:
    project.save()
    step = ProjectStep.objects.create(
        project=project, action=action, reason=reason, actor=actor if isinstance(actor, User) else None
    )
    tell_of_step(project, step)
    write_record(
        actor, action, project
    )  # the reason stands in the step, not in the trail that nobody can erase
    return project
