"""From a draft to the register: starting, saving, talking, and the steps of the workflow."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking.decisions import settle
from actionlines.stocktaking.fields import RowReader
from actionlines.stocktaking.workflow import EDITABLE, MODERATOR, STEPS, Step
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.organisations.actions import folded_name
from actionlines_web.organisations.queries import member_organisations
from actionlines_web.stocktaking.actions.publication import publish_submission
from actionlines_web.stocktaking.actions.submission_mail import tell_of_comment, tell_of_step
from actionlines_web.stocktaking.models import Entry, Submission, SubmissionStep
from actionlines_web.stocktaking.queries.submissions import (
    OWN_FIELDS,
    open_change,
    own_fields_of,
    read_submission,
    row_to_publish,
)
from actionlines_web.stocktaking.rules import (
    may_change,
    may_publish,
    may_submit,
    owns,
    parts_of,
)
from actionlines_web.ui.language import library_language

LONGEST: Final = 25_000
SITTING: Final = timedelta(minutes=10)
# Look-alikes (0 and o, 1 and l) are left out: identifiers are read out and typed.
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"


class EditConflict(Exception):  # noqa: N818 - it is no fault of anybody
    """Somebody else saved in between: nothing was stored, and both texts are here.

    Attributes:
        yours: the fields that were to be saved.
        theirs: the fields as they stand, in `submission`, which also says who saved them and when.
    """

    def __init__(self, yours: Mapping[str, str], submission: Submission) -> None:
        self.yours = dict(yours)
        self.theirs: dict[str, str] = dict(submission.fields)
        self.submission = submission
        super().__init__(f"submission {submission.pk} was saved by somebody else")


@transaction.atomic
def start_submission(
    actor: Actor, *, organisation_id: int | None = None, entry: Entry | None = None
) -> Submission:
    """A new draft, for an organisation of the actor's if wanted; with `entry` a change of it, which may be open already.

    Raises:
        PermissionDenied: nobody is signed in, it is another's organisation or entry.
        ValueError: the entry is archived.
    """
    if isinstance(actor, System) or not may_submit(actor):
        raise PermissionDenied("only people with an account submit")
    if entry is not None:
        return _start_change(actor, entry)
    organisations = {item.pk: item for item in member_organisations(actor)}
    if organisation_id is not None and organisation_id not in organisations:
        raise PermissionDenied("this organisation is not the actor's")
    fields = {"language": library_language()}
    if organisation_id is not None:
        chosen = organisations[organisation_id]
        fields |= {
            "organisation": chosen.name,
            "stakeholder_type": chosen.stakeholder_type,
            "country": chosen.country,
        }
    return _started(Submission(identifier=_free_identifier(), organisation_id=organisation_id), fields, actor)


def _start_change(actor: User, entry: Entry) -> Submission:
    if not may_change(actor, entry):
        raise PermissionDenied("this entry is not the actor's")
    # Whoever starts a change of this entry at the same moment waits here and finds this one.
    stands = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if stands.archived_at is not None:
        raise ValueError(f"entry {entry.identifier} is archived")
    known = open_change(stands)
    if known is not None:
        return known
    fields = own_fields_of(stands)
    mine = stands.organisation_id in {item.pk for item in member_organisations(actor)}
    submission = Submission(
        identifier=stands.identifier,
        entry=stands,
        base=fields,
        organisation_id=stands.organisation_id if mine else None,
    )
    return _started(submission, fields, actor)


def _started(submission: Submission, fields: Mapping[str, str], actor: User) -> Submission:
    submission.submitter = submission.edited_by = actor
    submission.fields = {name: text for name, text in fields.items() if text}
    _copy_for_queue(submission)
    submission.save()
    _note(submission, actor, "start")
    write_record(actor, "create", submission)
    return submission


def _free_identifier() -> str:
    while True:
        made = f"{timezone.now().year}-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
        taken = Entry.objects.filter(identifier=made), Submission.objects.filter(identifier=made)
        if not any(rows.exists() for rows in taken):
            return made


@transaction.atomic
def save_fields(
    actor: Actor,
    submission: Submission,
    fields: Mapping[str, str],
    version: int,
    decisions: Mapping[str, bool | None] | None = None,
) -> Submission:
    """Keep what its owner has written, right or wrong: a draft may be unfinished.

    Args:
        fields: column to text; columns that are not there stay, others than OWN_FIELDS are not looked at.
        version: the version that was edited.
        decisions: what the owner decides about proposals, as the library's `settle` takes them.

    Raises:
        PermissionDenied: the actor does not own it.
        ValueError: it is not in the owner's hands, or a decision names no node.
        EditConflict: somebody else saved since `version`, and something else than this.
        InputError: a text is longer than anything the register takes.
    """
    locked = _locked(submission)
    if isinstance(actor, System) or not owns(actor, locked):
        raise PermissionDenied("only its owner writes a submission")
    if locked.state not in EDITABLE:
        raise ValueError(f"submission {locked.pk} is {locked.state}")
    given = {name: fields[name] for name in OWN_FIELDS if name in fields}
    wanted, settled = _settled(locked, _cleaned({**locked.fields, **given}), decisions or {})
    if wanted == locked.fields and settled == locked.decisions:
        return locked
    if version != locked.version:
        raise EditConflict(given, locked)
    # One record a sitting: what the trail needs to know is who wrote and when, not every few seconds of it.
    sitting = locked.edited_by_id == actor.pk and timezone.now() - locked.edited_at < SITTING
    locked.fields, locked.decisions = wanted, settled
    locked.version += 1
    locked.edited_by = actor
    if not sitting:
        locked.edited_at = timezone.now()
    _link_organisation(locked, actor)
    _copy_for_queue(locked)
    locked.save()
    if not sitting:
        write_record(actor, "edit", locked)
    return locked


def _cleaned(fields: Mapping[str, str]) -> dict[str, str]:
    """Without empty fields, and without NUL, which PostgreSQL refuses."""
    kept = {name: text.replace("\x00", "").replace("\r\n", "\n").strip() for name, text in fields.items()}
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
    return {name: text for name, text in kept.items() if text}


def _settled(
    submission: Submission, fields: dict[str, str], given: Mapping[str, bool | None]
) -> tuple[dict[str, str], dict[str, bool]]:
    """Fields and decisions that agree; what cannot be read as a code stays as it was written."""
    if not given and not submission.decisions:
        return fields, {}
    reader = RowReader(fields, "", None, {})
    declared = {"lines": reader.lines("lines"), "targets": reader.targets("targets")}
    settled = settle(declared["lines"], declared["targets"], submission.decisions, given)
    for column, codes in (("lines", settled.lines), ("targets", settled.targets)):
        if codes != declared[column]:
            fields = {**fields, column: "; ".join(codes)}
    return {name: text for name, text in fields.items() if text}, dict(settled.decisions)


def _link_organisation(submission: Submission, actor: User) -> None:
    """An organisation is written by its name; it is the submission's where the writer belongs to it."""
    wanted = folded_name(submission.fields.get("organisation", ""))
    if submission.organisation is not None and submission.organisation.folded_name == wanted:
        return
    mine = (item.pk for item in member_organisations(actor) if item.folded_name == wanted)
    submission.organisation_id = next(mine, None)


def _copy_for_queue(submission: Submission) -> None:
    """Keep title, country, region and lines beside the fields, as far as they can be read."""
    reader = RowReader(row_to_publish(submission), "", None, {})
    country, year = reader.country("country"), reader.year("year", otherwise=reader.day("start"))
    submission.title = " ".join(submission.fields.get("title", "").split())[:300]
    submission.country = country
    placed = LibraryEntry(id="", title="", description="", country=country, year=year)
    submission.region = placed.region(timezone.now().date())
    submission.lines = list(reader.lines("lines"))


@transaction.atomic
def take_step(
    actor: Actor, submission: Submission, step: str, comment: str = "", internal: bool = False
) -> Submission:
    """Take a step of the workflow: submit, withdraw, reopen, take, release, return, refuse or publish.

    Args:
        comment: a word to the other side, or with `internal` among moderators; returning and refusing need one.

    Raises:
        PermissionDenied: the step is not the actor's to take, or it is the actor's own work.
        ValueError: it cannot be taken from where the submission stands.
        InputError: the entry has faults that keep it out of the register, or the comment is missing.
    """
    wanted = STEPS[step]
    locked = _locked(submission)
    _check_step(actor, locked, wanted, comment.strip(), internal)
    before = locked.state
    now = timezone.now()
    match step:
        case "submit":
            locked.submitted_at = now
        case "take":
            locked.moderator = _user(actor)
        case "release":
            locked.moderator = None
        case "refuse":
            locked.decided_at = now
        case "publish":
            locked.decided_at = now
            publish_submission(actor, locked)
    locked.state = wanted.target
    locked.save()
    _note(locked, actor, step, comment.strip(), internal)
    tell_of_step(actor, locked, step, "" if internal else comment.strip())
    write_record(actor, step, locked, {"changes": {"state": [before, locked.state]}})
    return locked


def _check_step(actor: Actor, submission: Submission, step: Step, comment: str, internal: bool) -> None:
    parts = parts_of(actor, submission)
    if step.by not in parts or (step.name == "publish" and not may_publish(actor, submission)):
        raise PermissionDenied(f"{step.name} is not the actor's to take")
    if internal and MODERATOR not in parts:
        raise PermissionDenied("only moderators talk among themselves")
    if submission.state not in step.sources:
        raise ValueError(f"submission {submission.pk} is {submission.state}")
    problems = []
    if step.comment and (internal or not comment):
        problems.append(
            Problem(
                marked("the comment is missing."),
                {},
                column="comment",
                expected=marked("a word to the submitter."),
            )
        )
    if step.name in {"submit", "publish"}:
        problems += [problem for problem in read_submission(submission)[2] if problem.severity == "error"]
    if problems:
        raise InputError(problems)


@transaction.atomic
def add_comment(actor: Actor, submission: Submission, comment: str, internal: bool) -> SubmissionStep:
    """Say something to the other side, or with `internal` among moderators.

    Raises:
        PermissionDenied: the actor neither owns nor moderates it; an owner says nothing among moderators.
        InputError: nothing was said.
    """
    locked = _locked(submission)
    parts = parts_of(actor, locked)
    if not parts or (internal and MODERATOR not in parts):
        raise PermissionDenied("only its owner and its moderators talk about a submission")
    if not comment.strip():
        raise InputError([Problem(marked("the comment is missing."), {}, column="comment")])
    step = _note(locked, actor, "comment", comment.strip(), internal)
    if not internal:
        tell_of_comment(actor, locked, comment.strip())
    write_record(actor, "comment", locked, {"internal": internal})
    return step


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


def _user(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None


def _note(
    submission: Submission, actor: Actor, action: str, comment: str = "", internal: bool = False
) -> SubmissionStep:
    return SubmissionStep.objects.create(
        submission=submission,
        action=action,
        actor=_user(actor),
        comment=comment.replace("\x00", "")[:LONGEST],
        internal=internal,
    )
