"""Submissions: what each would put into the register, who looks at them, what was said."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from actionlines.problems import Problem
from actionlines.stocktaking import (
    COLUMNS,
    CONTACT_COLUMNS,
    Contact,
    contact_from_row,
    entry_from_row,
    row_of,
    word_count,
)
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.models import User
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.stocktaking.models import Entry, Submission, SubmissionStep
from actionlines_web.stocktaking.queries.contacts import contact_of
from actionlines_web.stocktaking.queries.library import links_as_library, to_library

# What an owner may say of an entry: not its identifier, and not that it has won a prize.
OWN_FIELDS: Final = tuple(name for name in (*COLUMNS, *CONTACT_COLUMNS) if name not in {"id", "status"})


def fields_of(entry: Entry) -> dict[str, str]:
    """A published entry as the fields of a submission, empty ones left out."""
    stands = to_library(entry, list(links_as_library(entry)))
    return {name: text for name, text in row_of(stands).items() if text}


def own_fields_of(entry: Entry) -> dict[str, str]:
    """What its owner may change of an entry, with whom to ask: for owners and moderators only."""
    contact = contact_of(entry)
    found = {**fields_of(entry), "contact_name": contact.name, "contact_email": contact.email}
    return {name: found[name] for name in OWN_FIELDS if found.get(name)}


def row_to_publish(submission: Submission) -> dict[str, str]:
    """The row that publishing would store, with the columns of the contact.

    A change holds only what its owner altered; everything else stays as the register has it today.
    """
    if submission.entry is None:
        own = {name: text for name, text in submission.fields.items() if name in OWN_FIELDS}
        return {**own, "id": submission.identifier}
    stands = {**fields_of(submission.entry), **own_fields_of(submission.entry)}
    return {**stands, **altered(submission)}


def altered(submission: Submission) -> dict[str, str]:
    """The fields that a change alters, as they shall be ('' for one that is taken away)."""
    base: Mapping[str, str] = submission.base
    return {
        name: submission.fields.get(name, "")
        for name in OWN_FIELDS
        if submission.fields.get(name, "") != base.get(name, "")
    }


def read_submission(submission: Submission) -> tuple[LibraryEntry | None, Contact | None, list[Problem]]:
    """The entry and the contact that publishing would store (None where an error stops it), and every problem."""
    row = row_to_publish(submission)
    entry, problems = entry_from_row(row, words=settings.DESCRIPTION_WORDS)
    contact, more = contact_from_row(row)
    return entry, contact, problems + more


def words_of(submission: Submission) -> int:
    """How many words its description has."""
    return word_count(submission.fields.get("description", ""), submission.fields.get("language", ""))


def submission_by_id(number: int) -> Submission | None:
    """The submission with this number, with the people and the entry it belongs to, or None."""
    return (
        Submission.objects.select_related(
            "entry", "entry__organisation", "organisation", "submitter", "edited_by"
        )
        .filter(pk=number)
        .first()
    )


def own_submissions(actor: User) -> QuerySet[Submission]:
    """What the actor and the actor's organisations have on its way or in the register, the last changed first.

    Each with `last_word`: the last comment that both sides read, or None.
    """
    own = Q(submitter_id=actor.pk) | Q(organisation_id__in=organisations_of(actor))
    said = SubmissionStep.objects.filter(submission=OuterRef("pk"), internal=False).exclude(comment="")
    return (
        Submission.objects.filter(own)
        .annotate(last_word=Subquery(said.order_by("-pk").values("comment")[:1]))
        .select_related("entry", "organisation", "submitter")
        .order_by("-changed_at", "-pk")
    )


def open_change(entry: Entry) -> Submission | None:
    """The change of this entry that is on its way, or None: there is never more than one."""
    ended = (Submission.State.PUBLISHED, Submission.State.REFUSED, Submission.State.WITHDRAWN)
    return Submission.objects.filter(entry=entry).exclude(state__in=ended).order_by("pk").first()


def thread_of(submission: Submission, *, internal: bool) -> QuerySet[SubmissionStep]:
    """What happened, the first first; with `internal` also what moderators said among themselves."""
    steps = SubmissionStep.objects.filter(submission=submission).select_related("actor")
    return steps if internal else steps.filter(internal=False)
