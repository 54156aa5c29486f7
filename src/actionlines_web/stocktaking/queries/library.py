"""Entries and links as the library's nouns, for reports and exports."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from actionlines.alignment import Basis, Direction, Evidence, Link
from actionlines.frameworks import catalogue
from actionlines.stocktaking import LONG_TEXTS, Translation
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.stocktaking.aligning import REVIEWER
from actionlines_web.stocktaking.models import Entry, Tier
from actionlines_web.stocktaking.queries.filters import EntryQuery


def library_entries(
    query: EntryQuery, *, translated: bool = False
) -> tuple[list[LibraryEntry], dict[str, list[Link]]]:
    """The entries that pass, with their translations where asked for, and the links of each by its identifier."""
    entries: list[LibraryEntry] = []
    links: dict[str, list[Link]] = {}
    found = (
        query.apply(Entry.objects.select_related("organisation"))
        .order_by("identifier")
        .prefetch_related("links", *(["translations"] if translated else []))
    )
    for row in found.iterator(chunk_size=500):
        links[row.identifier] = list(links_as_library(row))
        entry = to_library(row, links[row.identifier])
        entries.append(replace(entry, translations=translations_of(row)) if translated else entry)
    return entries, links


def library_entry(row: Entry) -> LibraryEntry:
    """One row, loaded with its organisation and links, as the library's Entry with what its owner declared."""
    return to_library(row, links_as_library(row))


def to_library(row: Entry, links: Iterable[Link]) -> LibraryEntry:
    """One row as the library's Entry, without its translations: they are read where somebody wants them.

    What a reviewer added is none of its declarations.
    """
    declared = [link for link in links if link.basis is Basis.DECLARED and link.source != REVIEWER]
    return LibraryEntry(
        id=row.identifier,
        title=row.title,
        description=row.description,
        language=row.language,
        organisation=row.organisation.name if row.organisation else "",
        stakeholder_type=row.stakeholder_type,
        country=row.country,
        year=row.year or None,
        status=row.status,
        lines=narrowest("wsis", [link.node for link in declared if link.framework == "wsis"]),
        targets=narrowest("sdg", [link.node for link in declared if link.framework == "sdg"]),
        website=row.website,
        source=row.source,
        start=row.starts_on.isoformat() if row.starts_on else "",
        end=row.ends_on.isoformat() if row.ends_on else "",
        partners=items(row.partners),
        coverage=row.coverage,
        countries=tuple(row.countries.split()),
        stage=row.stage,
        figures=items(row.figures),
        **{name: getattr(row, name) for name in LONG_TEXTS},
    )


def items(lines: str) -> tuple[str, ...]:
    """The names or figures of a field that holds one a line."""
    return tuple(lines.split("\n")) if lines else ()


def translations_of(row: Entry) -> tuple[Translation, ...]:
    """The translations of an entry, in the order of the languages."""
    return tuple(
        Translation(item.language, item.title, item.description, item.made_by)
        for item in sorted(row.translations.all(), key=lambda item: item.language)
    )


def links_as_library(row: Entry) -> Iterable[Link]:
    """The links of an entry that may count, as the library's links: its setbacks are not among them."""
    return (link for link in _as_library(row) if link.direction is not Direction.AGAINST)


def _as_library(row: Entry) -> Iterator[Link]:
    """The stored links of an entry; a careful reader agreed with those that were accepted."""
    text = LibraryEntry(row.identifier, row.title, row.description).text
    for item in row.links.all():
        evidence = tuple(Evidence(start, end, text[start:end]) for start, end in item.evidence)
        probability = 1.0 if item.firmness == Tier.ACCEPTED else item.probability
        said = Direction(item.direction)
        yield Link(item.framework, item.node, Basis(item.basis), probability, evidence, item.source, said)


def narrowest(framework: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Declared codes without those that another one implies ('9' beside '9.c'), in reading order."""
    nodes = catalogue().frameworks[framework]
    given = set(codes)
    implied = {above.code for code in given for above in nodes.ancestors(code)}
    return tuple(sorted(given - implied, key=lambda code: nodes[code].order))


def evidence_of(row: Entry) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(framework, node) of each link to the passages that support it: start, end, text."""
    return {
        (link.framework, link.node): [
            {"start": item.start, "end": item.end, "text": item.text} for item in link.evidence
        ]
        for link in _as_library(row)
    }
