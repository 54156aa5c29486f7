"""Storing entries: rows, links, search index and matrix in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.alignment import Link
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_records
from actionlines_web.audit.chain import difference
from actionlines_web.organisations.actions import ensure_organisations
from actionlines_web.search.actions import index_entries
from actionlines_web.stocktaking.aligning import link_rows, links_of
from actionlines_web.stocktaking.cells import CellKey, adjust, count, standings
from actionlines_web.stocktaking.models import Entry, EntryLink
from actionlines_web.stocktaking.queries.entries import entry_by_identifier
from actionlines_web.stocktaking.queries.library import links_as_library, narrowest, to_library
from actionlines_web.stocktaking.queries.records import entry_version
from actionlines_web.webhooks.actions import emit_event

CHUNK = 500
ALIGNED_BETWEEN_REPORTS = 50
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


# Told how many entries of how many are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did (or would do): identifiers of new, changed and unchanged entries."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Slice:
    """What storing one slice did: matrix cells touched before and now, new and changed entries for the audit trail."""

    before: Counter[CellKey]
    after: Counter[CellKey]
    made: list[tuple[Entry, Mapping[str, Any]]]
    changed: list[tuple[Entry, Mapping[str, Any]]]


def may_import(actor: Actor) -> None:
    """Raises PermissionDenied unless the actor may bring in entries."""
    if not isinstance(actor, System) and not actor.has_perm("stocktaking.import_entries"):
        raise PermissionDenied("only coordinators bring in entries")


def silent(done: int, total: int) -> None:
    """Tells nobody."""


def align_entries(entries: Sequence[LibraryEntry], progress: Progress = silent) -> dict[str, Sequence[Link]]:
    """The links of every entry that `store_entries` would store, by its id.

    Reading texts is the slow part: done beforehand, it keeps no transaction open and no other writer waiting.
    """
    plan = plan_entries(entries)
    wanted = {*plan.created, *plan.changed}
    chosen = [entry for entry in entries if entry.id in wanted]
    found: dict[str, Sequence[Link]] = {}
    for number, entry in enumerate(chosen):
        if number % ALIGNED_BETWEEN_REPORTS == 0:
            progress(number, len(chosen))
        found[entry.id] = links_of(entry)
    return found


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
def store_entries(
    actor: Actor,
    entries: Sequence[LibraryEntry],
    *,
    demonstration: bool = False,
    links: Mapping[str, Sequence[Link]] | None = None,
    progress: Progress = silent,
    note: Mapping[str, Any] | None = None,
) -> Stored:
    """Create or update entries by their id, align them, index them and count them in the matrix.

    Entries that stand unchanged are left alone, so a second run changes nothing. All or none are stored. Each new or
    changed entry has its record in the audit trail. `progress` is told after every slice; what it raises stops all.
    `note` goes into each record, such as the token that wrote. `links` holds the entries' links where `align_entries` has found them before; the others are aligned here.
    """
    may_import(actor)
    plan = plan_entries(entries)
    wanted = {*plan.created, *plan.changed}
    before: Counter[CellKey] = Counter()
    after: Counter[CellKey] = Counter()
    made: list[tuple[Entry, Mapping[str, Any]]] = []
    changed: list[tuple[Entry, Mapping[str, Any]]] = []
    done = 0
    for chunk in chunks([entry for entry in entries if entry.id in wanted]):
        slice_ = _store_chunk(chunk, links or {}, demonstration=demonstration)
        before.update(slice_.before)
        after.update(slice_.after)
        made.extend(slice_.made)
        changed.extend(slice_.changed)
        done += len(chunk)
        progress(done, len(wanted))
    adjust(before, after)
    emit_event("entry.published", plan.created)
    emit_event("entry.changed", plan.changed)
    for verb, written in (("create", made), ("change", changed)):
        write_records(actor, verb, [(row, {**detail, **(note or {})}) for row, detail in written])
    return plan


def locked_version(identifier: str) -> str | None:
    """The version of an entry, which nobody else can change until the caller's transaction ends; None without one."""
    Entry.objects.select_for_update().filter(identifier=identifier).first()
    found = entry_by_identifier(identifier)
    return entry_version(found) if found is not None else None


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
    chunk: Sequence[LibraryEntry], links: Mapping[str, Sequence[Link]], *, demonstration: bool
) -> _Slice:
    """Store some entries."""
    organisations = ensure_organisations(
        (entry.organisation, entry.stakeholder_type, entry.country) for entry in chunk if entry.organisation
    )
    known = _known(chunk)
    stood = {identifier: to_library(row, links_as_library(row)) for identifier, row in known.items()}
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
        item
        for row, entry in zip(rows, chunk, strict=True)
        for item in link_rows(row.pk, links[entry.id] if entry.id in links else links_of(entry))
    ]
    EntryLink.objects.bulk_create(linked, batch_size=1000)
    index_entries(
        (row.pk, row.title, f"{row.description}\n{entry.organisation}")
        for row, entry in zip(rows, chunk, strict=True)
    )
    pairs = list(zip(rows, chunk, strict=True))
    return _Slice(
        before,
        count(standings(rows).values()),
        [(row, {"title": entry.title}) for row, entry in pairs if entry.id not in stood],
        [(row, {"changes": _changes(stood[entry.id], entry)}) for row, entry in pairs if entry.id in stood],
    )


def _changes(before: LibraryEntry, after: LibraryEntry) -> dict[str, list[Any]]:
    """The fields that differ, for the audit trail; the row number of a file is no part of an entry."""
    left, right = (
        {
            **{name: value for name, value in asdict(entry).items() if name != "row"},
            "lines": list(narrowest("wsis", entry.lines)),
            "targets": list(narrowest("sdg", entry.targets)),
        }
        for entry in (before, after)
    )
    return difference(left, right)


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
