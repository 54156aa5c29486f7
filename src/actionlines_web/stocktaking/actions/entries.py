"""Storing entries: rows, links, search index and matrix in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines import engine
from actionlines.alignment import Link
from actionlines.engine import Place
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import LONG_TEXTS
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking.duplicates import site
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_records
from actionlines_web.audit.chain import difference
from actionlines_web.organisations.actions import ensure_organisations
from actionlines_web.stocktaking.actions.links import link_entries
from actionlines_web.stocktaking.actions.translations import (
    drop_own_languages,
    index_rows,
    store_translations,
)
from actionlines_web.stocktaking.linking import linked, links_of
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.postings import write_postings
from actionlines_web.stocktaking.queries.entries import entry_by_identifier
from actionlines_web.stocktaking.queries.library import (
    links_as_library,
    narrowest,
    to_library,
    translations_of,
)
from actionlines_web.stocktaking.queries.records import entry_version
from actionlines_web.webhooks.actions import emit_event

CHUNK = 500
ALIGNED_BETWEEN_REPORTS = 50
# So many texts are aligned where they are asked for, whatever the engine is.
FEW = 200
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
    "partners",
    "countries",
    "figures",
    "coverage",
    "stage",
    *LONG_TEXTS,
    "demonstration",
    "confirmed_on",
    "site",
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
    """What storing one slice did: new and changed entries for the audit trail."""

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
    slices = [
        chosen[start : start + ALIGNED_BETWEEN_REPORTS]
        for start in range(0, len(chosen), ALIGNED_BETWEEN_REPORTS)
    ]
    # Few texts are read before other processes have begun.
    place = settings.ENGINE if len(chosen) > FEW else Place()
    parts = engine.stream(linked, slices, **place.arguments())
    for slice_ in slices:
        progress(len(found), len(chosen))
        found |= {entry.id: links for entry, links in zip(slice_, next(parts), strict=True)}
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
            elif _brings_nothing(entry, stood):
                unchanged.append(entry.id)
            else:
                changed.append(entry.id)
    return Stored(tuple(created), tuple(changed), tuple(unchanged))


def store_entries(
    actor: Actor,
    entries: Sequence[LibraryEntry],
    *,
    demonstration: bool = False,
    links: Mapping[str, Sequence[Link]] | None = None,
    progress: Progress = silent,
    note: Mapping[str, Any] | None = None,
) -> Stored:
    """What `store_permitted` does, for an actor who may bring in entries."""
    may_import(actor)
    return store_permitted(
        actor, entries, demonstration=demonstration, links=links, progress=progress, note=note
    )


@transaction.atomic
def store_permitted(
    actor: Actor,
    entries: Sequence[LibraryEntry],
    *,
    demonstration: bool = False,
    links: Mapping[str, Sequence[Link]] | None = None,
    progress: Progress = silent,
    note: Mapping[str, Any] | None = None,
) -> Stored:
    """Create or update entries by their id, align them, index them and post them for the matrix.

    The caller has checked that the actor may. Entries that stand unchanged are left alone, so a second run changes
    nothing. All or none are stored. Each new or changed entry has its record in the audit trail. `progress` is told
    after every slice; what it raises stops all. `note` goes into each record, such as the token that wrote. `links`
    holds the entries' links where `align_entries` has found them before; the others are aligned here.

    Raises:
        InputError: one of them is archived.
    """
    _lock(entries)
    archived = archived_problems(entries)
    if archived:
        raise InputError(archived)
    plan = plan_entries(entries)
    wanted = {*plan.created, *plan.changed}
    made: list[tuple[Entry, Mapping[str, Any]]] = []
    changed: list[tuple[Entry, Mapping[str, Any]]] = []
    done = 0
    for chunk in chunks([entry for entry in entries if entry.id in wanted]):
        slice_ = _store_chunk(chunk, links or {}, demonstration=demonstration)
        made.extend(slice_.made)
        changed.extend(slice_.changed)
        done += len(chunk)
        progress(done, len(wanted))
    write_postings(row.pk for row, _ in (*made, *changed))
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


def locked_key(identifier: str) -> int | None:
    """The key of an entry that stands in the register, locked until the caller's transaction ends; None without one."""
    found = Entry.objects.select_for_update().filter(identifier=identifier, archived_at=None)
    return found.values_list("pk", flat=True).first()


def chunks(entries: Sequence[LibraryEntry]) -> Iterator[Sequence[LibraryEntry]]:
    """Slices small enough for one statement."""
    return (entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK))


def _lock(entries: Sequence[LibraryEntry]) -> None:
    """Wait for whoever else writes one of these entries, and keep others waiting until the transaction ends."""
    for chunk in chunks(sorted(entries, key=lambda entry: entry.id)):
        rows = Entry.objects.filter(identifier__in=[entry.id for entry in chunk]).order_by("identifier")
        list(rows.select_for_update().values_list("pk", flat=True))


def archived_problems(entries: Sequence[LibraryEntry], file: str = "") -> list[Problem]:
    """A problem for each entry that the register holds as archived: nobody brings it back by the way."""
    problems = []
    for chunk in chunks(entries):
        rows = {entry.id: entry.row for entry in chunk}
        archived = Entry.objects.filter(identifier__in=rows).exclude(archived_at=None)
        problems += [
            Problem(
                marked("the entry %(id)s is archived."),
                {"id": identifier},
                file,
                rows[identifier],
                "id",
                marked("another identifier, or that a moderator restores the entry first."),
            )
            for identifier in sorted(archived.values_list("identifier", flat=True))
        ]
    return problems


def _known(chunk: Sequence[LibraryEntry]) -> dict[str, Entry]:
    """The entries that stand."""
    found = Entry.objects.filter(identifier__in=[entry.id for entry in chunk])
    return {
        row.identifier: row
        for row in found.select_related("organisation").prefetch_related("links", "translations")
    }


def _brings_nothing(entry: LibraryEntry, stood: Entry) -> bool:
    """Whether storing the entry would leave its row as it is. Translations are added or renewed, never taken away."""
    return _comparable(to_library(stood, links_as_library(stood))) == _comparable(entry) and set(
        entry.translations
    ) <= set(translations_of(stood))


def _standing(row: Entry, entry: LibraryEntry) -> LibraryEntry:
    """The row before it becomes `entry`, with the translations that this one brings anew."""
    renewed = {item.language for item in entry.translations}
    kept = (item for item in translations_of(row) if item.language in renewed)
    return replace(to_library(row, links_as_library(row)), translations=tuple(kept))


def _comparable(entry: LibraryEntry) -> LibraryEntry:
    """The entry without what says nothing about it: the row of a file, its translations, codes others imply."""
    return replace(
        entry,
        lines=narrowest("wsis", entry.lines),
        targets=narrowest("sdg", entry.targets),
        translations=(),
        row=None,
    )


def _store_chunk(
    chunk: Sequence[LibraryEntry], links: Mapping[str, Sequence[Link]], *, demonstration: bool
) -> _Slice:
    """Store some entries."""
    organisations = ensure_organisations(
        (entry.organisation, entry.stakeholder_type, entry.country) for entry in chunk if entry.organisation
    )
    known = _known(chunk)
    stood = {entry.id: _standing(known[entry.id], entry) for entry in chunk if entry.id in known}
    rows = [
        _filled(known.get(entry.id) or Entry(identifier=entry.id), entry, organisations) for entry in chunk
    ]
    for row in rows:
        row.demonstration = demonstration
        # Whoever brings an entry says that it is true today.
        row.changed_at = timezone.now()
        row.confirmed_on = row.changed_at.date()
    Entry.objects.bulk_update([row for row in rows if row.pk], [*_FIELDS, "changed_at"])
    Entry.objects.bulk_create([row for row in rows if not row.pk])
    link_entries(
        (row, entry, links[entry.id] if entry.id in links else links_of(entry))
        for row, entry in zip(rows, chunk, strict=True)
    )
    pairs = list(zip(rows, chunk, strict=True))
    drop_own_languages(rows)
    store_translations((row, item) for row, entry in pairs for item in entry.translations)
    index_rows(pairs)
    return _Slice(
        [(row, {"title": entry.title}) for row, entry in pairs if entry.id not in stood],
        [(row, {"changes": _changes(stood[entry.id], entry)}) for row, entry in pairs if entry.id in stood],
    )


def _changes(before: LibraryEntry, after: LibraryEntry) -> dict[str, list[Any]]:
    """The fields that differ, for the audit trail; the row number of a file is no part of an entry."""
    left, right = (
        {
            **{name: value for name, value in asdict(_comparable(entry)).items() if name != "translations"},
            **{
                f"{name}_{item.language}": value
                for item in entry.translations
                for name, value in asdict(item).items()
            },
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
    row.website, row.source, row.site = entry.website, entry.source, site(entry.website)
    row.partners, row.figures = "\n".join(entry.partners), "\n".join(entry.figures)
    row.countries, row.coverage, row.stage = " ".join(entry.countries), entry.coverage, entry.stage
    for name in LONG_TEXTS:
        setattr(row, name, getattr(entry, name))
    return row
