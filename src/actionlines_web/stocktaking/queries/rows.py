"""The rows of an export: entries with their links, read a few at a time, however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db.models import Q

from actionlines.frameworks import catalogue
from actionlines.stocktaking import Translation
from actionlines_web.stocktaking.aligning import REVIEWER
from actionlines_web.stocktaking.models import Entry, EntryLink, EntryTranslation, Tier
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.library import translations_of

# A search is asked once a block, so blocks are long; rows with their texts are held a chunk at a time.
BLOCK = 10_000
CHUNK = 500


class ExportedLink(NamedTuple):
    """One link that counts: see the library's `Link`."""

    framework: str
    node: str
    basis: str
    probability: float
    tier: int

    @property
    def accepted(self) -> bool:
        """Whether it counts because a reviewer accepted or added it."""
        return self.tier == Tier.ACCEPTED

    @property
    def reason(self) -> str:
        """The basis, or 'reviewer' where a reviewer added the link: it is none of the owner's declarations."""
        return REVIEWER if self.basis == "declared" and self.accepted else self.basis


class ExportedEntry(NamedTuple):
    """One entry as its row stands, and its links in reading order (lines, then goals each before its targets).

    `story` says whether it is told as a success story. `partners` and `figures` hold one a line, `countries` codes separated by spaces. `created_at` and `changed_at` are
    None, `translations` empty, `story` False, where the reader has no use for them.
    """

    key: int
    identifier: str
    title: str
    description: str
    organisation: str | None
    stakeholder_type: str
    partners: str
    country: str
    countries: str
    region: str
    coverage: str
    year: int
    starts_on: date | None
    ends_on: date | None
    stage: str
    status: str
    beneficiaries: str
    results: str
    technology: str
    replicability: str
    sustainability: str
    values: str
    challenges: str
    financing: str
    figures: str
    website: str
    source: str
    language: str
    demonstration: bool
    created_at: datetime | None
    changed_at: datetime | None
    links: list[ExportedLink]
    translations: Sequence[Translation] = ()
    story: bool = False

    @classmethod
    def of(cls, entry: Entry, tier: int) -> "ExportedEntry":
        """An entry loaded with its organisation, links and translations, with the links up to `tier`."""
        columns = [
            entry.organisation and entry.organisation.name
            if name == "organisation__name"
            else getattr(entry, name)
            for name in (*_COLUMNS, *_MOMENTS)
        ]
        links = [
            ExportedLink(link.framework, link.node, link.basis, link.probability, link.tier)
            for link in entry.links.all()
            if link.tier <= tier
        ]
        return cls(*columns, _in_order(links), translations_of(entry), hasattr(entry, "story"))


_MOMENTS = ("created_at", "changed_at")
_NO_MOMENTS = (None, None)
_COLUMNS = tuple(
    {"key": "pk", "organisation": "organisation__name"}.get(name, name)
    for name in ExportedEntry._fields[: ExportedEntry._fields.index("created_at")]
)


def exported(
    query: EntryQuery, *, most: int | None = None, dated: bool = True, translated: bool = False
) -> Iterator[list[ExportedEntry]]:
    """The entries that pass, in chunks, the one registered last first, each with the links the query counts.

    Paging is by the key that never changes: whatever is written meanwhile, no entry comes twice and none that
    stood at the start and still passes is left out.

    Args:
        query: which entries.
        most: at most so many.
        dated, translated: whether the moments of making and changing, and the translations (and stories), are wanted.
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
            yield _loaded(keys[start : start + CHUNK], query.tier, dated=dated, translated=translated)
        if len(keys) < size:
            return
        below = keys[-1]
        left = None if left is None else left - len(keys)


def _loaded(keys: list[int], tier: int, *, dated: bool, translated: bool) -> list[ExportedEntry]:
    links: dict[int, list[ExportedLink]] = {key: [] for key in keys}
    found = EntryLink.objects.filter(_among("entry_id", keys), tier__lte=tier)
    for link in found.values_list("entry_id", *ExportedLink._fields).iterator(chunk_size=2_000):
        if link[0] in links:
            links[link[0]].append(ExportedLink._make(link[1:]))
    translations = _translations(keys) if translated else {}
    told = set(_told(keys)) if translated else set()
    columns = (*_COLUMNS, *_MOMENTS) if dated else _COLUMNS
    rows = Entry.objects.filter(_among("pk", keys)).order_by("-pk").values_list(*columns)
    return [
        ExportedEntry(
            *row,
            *(() if dated else _NO_MOMENTS),
            _in_order(links[row[0]]),
            translations.get(row[0], ()),
            row[0] in told,
        )
        for row in rows
        if row[0] in links
    ]


def _among(column: str, keys: list[int]) -> Q:
    """A condition that all rows of `keys` (falling) meet: few others do where reading those is dearer than a long list."""
    if keys[0] - keys[-1] < 2 * len(keys):
        return Q(**{f"{column}__gte": keys[-1], f"{column}__lte": keys[0]})
    return Q(**{f"{column}__in": keys})


def _told(keys: list[int]) -> Iterable[int]:
    """Those that are told as success stories."""
    return Entry.objects.filter(_among("pk", keys), story__isnull=False).values_list("pk", flat=True)


def _translations(keys: list[int]) -> dict[int, list[Translation]]:
    found: dict[int, list[Translation]] = {}
    rows = EntryTranslation.objects.filter(_among("entry_id", keys)).order_by("language")
    for key, *said in rows.values_list("entry_id", "language", "title", "description", "made_by"):
        found.setdefault(key, []).append(Translation(*said))
    return found


def _in_order(links: list[ExportedLink]) -> list[ExportedLink]:
    if len(links) > 1:
        order = _reading_order()
        links.sort(key=lambda link: order[link[1]])
    return links


@cache
def _reading_order() -> dict[str, tuple[int, int]]:
    """Code to its place: no line has the code of a goal or target."""
    known = catalogue().frameworks
    return {
        node.code: (place, node.order)
        for place, code in enumerate(("wsis", "sdg"))
        for node in known[code].nodes
    }
