"""Entries and submissions that change hands: organisations merge, change their type; people have themselves erased.

These are parts of actions of organisations and of privacy, which have checked who may, inside their transactions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_records
from actionlines_web.audit.chain import difference
from actionlines_web.search.actions import index_entries
from actionlines_web.stocktaking.cells import CellKey, adjust, count, standings
from actionlines_web.stocktaking.models import Entry, Submission

CHUNK = 500


def move_entries(actor: Actor, source: int, target: int, identifiers: Sequence[str] | None = None) -> int:
    """Give an organisation's entries (all, or those named) to another, whose type they take over; returns how many.

    The matrix's cells and the search index follow; so do the submissions of entries named.
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


def erase_submissions(user: User) -> int:
    """Delete what a person wrote that was never published; what was stays, under an erased person. Returns how many."""
    number = 0
    for submission in Submission.objects.filter(submitter=user).exclude(state=Submission.State.PUBLISHED):
        submission.delete()
        number += 1
    return number


def _carry(actor: Actor, entries: QuerySet[Entry], *, organisation: int) -> int:
    before: Counter[CellKey] = Counter()
    after: Counter[CellKey] = Counter()
    records = []
    keys = list(entries.order_by("pk").values_list("pk", flat=True))
    for rows in _locked(keys):
        stood = [(str(row.organisation or ""), row.stakeholder_type) for row in rows]
        before.update(count(standings(rows).values()))
        for row in rows:
            row.organisation_id = organisation
        kept = _with_their_organisation(rows)
        after.update(count(standings(kept).values()))
        index_entries((row.pk, row.title, f"{row.description}\n{row.organisation}") for row in kept)
        for row, (name, kind) in zip(kept, stood, strict=True):
            was = {"organisation": name, "stakeholder_type": kind}
            now = {"organisation": str(row.organisation), "stakeholder_type": row.stakeholder_type}
            if changes := difference(was, now):
                records.append((row, {"changes": changes}))
    adjust(before, after)
    write_records(actor, "change", records)
    return len(keys)


def _locked(keys: Sequence[int]) -> Iterator[list[Entry]]:
    for start in range(0, len(keys), CHUNK):
        rows = Entry.objects.select_for_update(of=("self",)).select_related("organisation")
        yield list(rows.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))


def _with_their_organisation(rows: list[Entry]) -> list[Entry]:
    """The rows written with their new organisation and its type; an organisation without a type changes none."""
    now = timezone.now()
    Entry.objects.filter(pk__in=[row.pk for row in rows]).update(
        organisation_id=rows[0].organisation_id, changed_at=now
    )
    found = (
        Entry.objects.filter(pk__in=[row.pk for row in rows]).select_related("organisation").order_by("pk")
    )
    written = list(found)
    kind = written[0].organisation.stakeholder_type if written[0].organisation else ""
    if kind:
        Entry.objects.filter(pk__in=[row.pk for row in rows]).update(stakeholder_type=kind)
        for row in written:
            row.stakeholder_type = kind
    return written
