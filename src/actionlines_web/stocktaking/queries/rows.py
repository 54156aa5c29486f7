"""The rows of an export: entries with their links, read a few at a time, however many there are."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from actionlines.frameworks import catalogue
from actionlines_web.stocktaking.models import Entry, EntryLink
from actionlines_web.stocktaking.queries.filters import EntryQuery

# A search is asked once a block, so blocks are long; rows with their texts are held a chunk at a time.
BLOCK = 10_000
CHUNK = 500


class ExportedLink(NamedTuple):
    """One link that counts: see the library's `Link`."""

    framework: str
    node: str
    basis: str
    probability: float


class ExportedEntry(NamedTuple):
    """One entry as its row stands, and its links in reading order (lines, then goals each before its targets)."""

    key: int
    identifier: str
    title: str
    description: str
    organisation: str | None
    stakeholder_type: str
    country: str
    region: str
    year: int
    starts_on: date | None
    ends_on: date | None
    status: str
    website: str
    source: str
    language: str
    demonstration: bool
    created_at: datetime
    changed_at: datetime
    links: list[ExportedLink]

    @classmethod
    def of(cls, entry: Entry, tier: int) -> "ExportedEntry":
        """An entry loaded with its organisation and links, with the links up to `tier`."""
        columns = [
            entry.organisation and entry.organisation.name
            if name == "organisation__name"
            else getattr(entry, name)
            for name in _COLUMNS
        ]
        links = [
            ExportedLink(link.framework, link.node, link.basis, link.probability)
            for link in entry.links.all()
            if link.tier <= tier
        ]
        return cls(*columns, _in_order(links))


_COLUMNS = (
    *(
        "pk",
        "identifier",
        "title",
        "description",
        "organisation__name",
        "stakeholder_type",
        "country",
        "region",
    ),
    *("year", "starts_on", "ends_on", "status", "website", "source", "language", "demonstration"),
    *("created_at", "changed_at"),
)


def exported(query: EntryQuery, *, most: int | None = None) -> Iterator[list[ExportedEntry]]:
    """The entries that pass, in chunks, the one registered last first, each with the links the query counts.

    Paging is by the key that never changes: whatever is written meanwhile, no entry comes twice and none that
    stood at the start and still passes is left out.
    """
    below: int | None = None
    left = most
    while left is None or left > 0:
        passing = query.apply(Entry.objects.all()).order_by("-pk")
        if below is not None:
            passing = passing.filter(pk__lt=below)
        size = BLOCK if left is None else min(BLOCK, left)
        keys = list(passing.values_list("pk", flat=True)[:size])
        for start in range(0, len(keys), CHUNK):
            yield _loaded(keys[start : start + CHUNK], query.tier)
        if len(keys) < size:
            return
        below = keys[-1]
        left = None if left is None else left - len(keys)


def _loaded(keys: list[int], tier: int) -> list[ExportedEntry]:
    links: dict[int, list[ExportedLink]] = {key: [] for key in keys}
    found = EntryLink.objects.filter(entry_id__in=keys, tier__lte=tier)
    for entry, *link in found.values_list("entry_id", *ExportedLink._fields).iterator(chunk_size=2_000):
        links[entry].append(ExportedLink._make(link))
    rows = Entry.objects.filter(pk__in=keys).order_by("-pk").values_list(*_COLUMNS)
    return [ExportedEntry(*row, _in_order(links[row[0]])) for row in rows]


def _in_order(links: list[ExportedLink]) -> list[ExportedLink]:
    order = _reading_order()
    return sorted(links, key=lambda link: order[link[:2]])


@cache
def _reading_order() -> dict[tuple[str, str], tuple[int, int]]:
    known = catalogue().frameworks
    return {
        (code, node.code): (place, node.order)
        for place, code in enumerate(("wsis", "sdg"))
        for node in known[code].nodes
    }
