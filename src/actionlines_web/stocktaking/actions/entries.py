"""Storing entries: rows, links, search index and matrix in one transaction."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.organisations.actions import ensure_organisations
from actionlines_web.search.actions import index_entries
from actionlines_web.stocktaking.aligning import link_rows, links_of
from actionlines_web.stocktaking.cells import CellKey, adjust, count, standings
from actionlines_web.stocktaking.models import Entry, EntryLink
from actionlines_web.stocktaking.queries.library import links_as_library, narrowest, to_library

CHUNK = 500
_FIELDS = (
    "title",
    "description",
    "language",
    "organisation_id",
    "stakeholder_type",
    "country",
    "region",
    "year",
    "starts_on",
    "ends_on",
    "status",
    "website",
    "source",
    "demonstration",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did (or would do): identifiers of new, changed and unchanged entries."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def may_import(actor: Actor) -> None:
    """Raises PermissionDenied unless the actor may bring in entries."""
    if not isinstance(actor, System) and not actor.has_perm("stocktaking.import_entries"):
        raise PermissionDenied("only coordinators bring in entries")


def plan_entries(entries: Sequence[LibraryEntry]) -> Stored:
    """What `store_entries` would do; changes nothing."""
    created: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    for chunk in chunks(entries):
        known = _known(chunk)
        for entry in chunk:
            stood = known.get(entry.id)
            if stood is None:
                created.append(entry.id)
            elif _comparable(to_library(stood, links_as_library(stood))) == _comparable(entry):
                unchanged.append(entry.id)
            else:
                changed.append(entry.id)
    return Stored(tuple(created), tuple(changed), tuple(unchanged))


@transaction.atomic
def store_entries(actor: Actor, entries: Sequence[LibraryEntry], *, demonstration: bool = False) -> Stored:
    """Create or update entries by their id, align them, index them and count them in the matrix.

    Entries that stand unchanged are left alone, so a second run changes nothing. All or none are stored.
    """
    may_import(actor)
    plan = plan_entries(entries)
    wanted = {*plan.created, *plan.changed}
    before: Counter[CellKey] = Counter()
    after: Counter[CellKey] = Counter()
    for chunk in chunks([entry for entry in entries if entry.id in wanted]):
        stood, stand = _store_chunk(chunk, demonstration=demonstration)
        before.update(stood)
        after.update(stand)
    adjust(before, after)
    return plan


def chunks(entries: Sequence[LibraryEntry]) -> Iterator[Sequence[LibraryEntry]]:
    """Slices small enough for one statement."""
    return (entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK))


def _known(chunk: Sequence[LibraryEntry]) -> dict[str, Entry]:
    found = Entry.objects.filter(identifier__in=[entry.id for entry in chunk])
    return {row.identifier: row for row in found.select_related("organisation").prefetch_related("links")}


def _comparable(entry: LibraryEntry) -> tuple[object, ...]:
    return (
        *(
            entry.title,
            entry.description,
            entry.language,
            entry.organisation,
            entry.stakeholder_type,
            entry.country,
        ),
        *(
            entry.year,
            entry.status,
            narrowest("wsis", entry.lines),
            narrowest("sdg", entry.targets),
            entry.website,
            entry.source,
        ),
    )


def _store_chunk(
    chunk: Sequence[LibraryEntry], *, demonstration: bool
) -> tuple[Counter[CellKey], Counter[CellKey]]:
    """Store some entries; returns the matrix cells they touched before and touch now."""
    organisations = ensure_organisations(
        (entry.organisation, entry.stakeholder_type, entry.country) for entry in chunk if entry.organisation
    )
    known = _known(chunk)
    before = count(standings(known.values()).values())
    rows = [
        _filled(known.get(entry.id) or Entry(identifier=entry.id), entry, organisations) for entry in chunk
    ]
    for row in rows:
        row.demonstration = demonstration
        row.changed_at = timezone.now()
    Entry.objects.bulk_update([row for row in rows if row.pk], [*_FIELDS, "changed_at"])
    Entry.objects.bulk_create([row for row in rows if not row.pk])
    EntryLink.objects.filter(entry__in=rows).delete()
    linked = [
        item for row, entry in zip(rows, chunk, strict=True) for item in link_rows(row.pk, links_of(entry))
    ]
    EntryLink.objects.bulk_create(linked, batch_size=1000)
    index_entries(
        (row.pk, row.title, f"{row.description}\n{entry.organisation}")
        for row, entry in zip(rows, chunk, strict=True)
    )
    return before, count(standings(rows).values())


def _filled(row: Entry, entry: LibraryEntry, organisations: dict[str, int]) -> Entry:
    row.title, row.description, row.language = entry.title, entry.description, entry.language
    row.organisation_id = organisations.get(entry.organisation)
    row.stakeholder_type = entry.stakeholder_type
    row.country, row.year, row.status = entry.country, entry.year or 0, entry.status
    row.region = entry.region(timezone.now().date())
    row.starts_on = date.fromisoformat(entry.start) if entry.start else None
    row.ends_on = date.fromisoformat(entry.end) if entry.end else None
    row.website, row.source = entry.website, entry.source
    return row
