"""Entries and submissions that change hands: organisations merge, change their type; people have themselves erased.

These are parts of actions of organisations and of privacy, which have checked who may, inside their transactions.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from actionlines.stocktaking import CONTACT_COLUMNS
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_records
from actionlines_web.audit.chain import difference
from actionlines_web.stocktaking.actions.deleting import remove_submission
from actionlines_web.stocktaking.actions.translations import index_rows
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.belongings import contacts_naming, names_person, submissions_naming
from actionlines_web.stocktaking.queries.library import to_library

CHUNK = 500


def move_entries(actor: Actor, source: int, target: int, identifiers: Sequence[str] | None = None) -> int:
    """Give an organisation's entries (all, or those named) to another, whose type they take over; returns how many.

    The postings and the search index follow; so do the submissions of entries named.
    """
    found = Entry.objects.filter(organisation_id=source)
    if identifiers is not None:
        found = found.filter(identifier__in=list(identifiers))
        Submission.objects.filter(organisation_id=source, entry__in=found).update(organisation_id=target)
    return _carry(actor, found, organisation=target)


def retype_entries(actor: Actor, organisation: int) -> int:
    """Make an organisation's entries take over its new type and name; returns how many there are."""
    return _carry(actor, Entry.objects.filter(organisation_id=organisation), organisation=organisation)


def move_submissions(source: int, target: int) -> int:
    """Give an organisation's submissions to another; returns how many."""
    return Submission.objects.filter(organisation_id=source).update(organisation_id=target)


def erase_submissions(user: User, addresses: Iterable[str]) -> int:
    """Take a person out of the register; returns how many submissions are deleted.

    What they wrote and was never published goes, with its files; what was stays, under an erased person. Wherever one
    of the addresses, or the person's own entry, names them as the contact, the contact goes.
    """
    mine = Submission.objects.filter(submitter=user)
    doomed = list(mine.exclude(state=Submission.State.PUBLISHED))
    for submission in doomed:
        remove_submission(submission)
    _erase_contacts(user, {address.lower() for address in addresses})
    return len(doomed)


def _erase_contacts(user: User, addresses: Collection[str]) -> None:
    for contact in contacts_naming(user, addresses):
        contact.delete()
    for submission in submissions_naming(user, addresses):
        for kept in (submission.fields, submission.base):
            if names_person(kept, user, addresses):
                kept.update(dict.fromkeys(CONTACT_COLUMNS, ""))
        submission.save(update_fields=["fields", "base"])


def _carry(actor: Actor, entries: QuerySet[Entry], *, organisation: int) -> int:
    records = []
    keys = list(entries.order_by("pk").values_list("pk", flat=True))
    for rows in _locked(keys):
        stood = [(str(row.organisation or ""), row.stakeholder_type) for row in rows]
        written = _with_their_organisation(rows, organisation)
        index_rows([(row, to_library(row, [])) for row in written])
        for row, (name, kind) in zip(written, stood, strict=True):
            was = {"organisation": name, "stakeholder_type": kind}
            now = {"organisation": str(row.organisation), "stakeholder_type": row.stakeholder_type}
            if changes := difference(was, now):
                records.append((row, {"changes": changes}))
    write_postings(keys)
    write_records(actor, "change", records)
    return len(keys)


def _locked(keys: Sequence[int]) -> Iterator[list[Entry]]:
    for start in range(0, len(keys), CHUNK):
        rows = Entry.objects.select_for_update(of=("self",)).select_related("organisation")
        yield list(rows.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))


def _with_their_organisation(rows: Sequence[Entry], organisation: int) -> list[Entry]:
    """The rows written with their new organisation and its type; an organisation without a type changes none."""
    found = Entry.objects.filter(pk__in=[row.pk for row in rows])
    found.update(organisation_id=organisation, changed_at=timezone.now())
    kind = found.values_list("organisation__stakeholder_type", flat=True)[0]
    if kind:
        found.update(stakeholder_type=kind)
    return list(found.select_related("organisation").order_by("pk"))
