"""Entries one by one and page by page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.search import queries as search
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.postings import Mask, Postings, count, postings
from actionlines_web.stocktaking.postings.memory import keys_of
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.selection import Selection, select

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        entries: with their organisation and links loaded.
        total: how many pass the filter; `capped` says there are more (see `Selection`).
        next, previous: cursors of the neighbours, '' at the ends.
    """

    entries: list[Entry]
    total: int
    capped: bool
    next: str
    previous: str


def entry_by_identifier(identifier: str) -> Entry | None:
    """The entry with its organisation, links and translations, or None; archived entries are left out."""
    return _with_identifier(identifier).filter(archived_at=None).first()


def archived_entry(identifier: str) -> Entry | None:
    """The archived entry with its organisation and links, and the entry it was merged into; or None."""
    found = _with_identifier(identifier).select_related("merged_into")
    return found.exclude(archived_at=None).first()


def _with_identifier(identifier: str) -> QuerySet[Entry]:
    found = Entry.objects.select_related("organisation", "story").prefetch_related("links", "translations")
    return found.filter(identifier=identifier)


def entry_page(query: EntryQuery, *, cursor: str = "", size: int = PAGE_SIZE, whole: bool = False) -> Page:
    """The page that starts behind (or, with 'b…', ends before) the cursor; a cursor that makes no sense is the start.

    Newest year first; a search shows its best matches first. Without `whole` the entries come without their
    translations and the texts that no list shows.
    """
    with postings() as held:
        selection = select(query, held)
        find = _ranked_keys if query.q else _newest_keys
        keys, following, preceding = find(query, selection, held, cursor, size)
        total = count(selection.whole)
    entries = Entry.objects.select_related("organisation").prefetch_related("links")
    entries = (
        entries.select_related("organisation", "story").prefetch_related("translations")
        if whole
        else entries.defer(*LONG_TEXTS, "figures")
    )
    loaded = entries.in_bulk(keys)
    # Whoever archives an entry meanwhile takes it off the page.
    return Page([loaded[key] for key in keys if key in loaded], total, selection.capped, following, preceding)


def _ranked_keys(
    query: EntryQuery, selection: Selection, held: Postings, cursor: str, size: int
) -> tuple[list[int], str, str]:
    passing = keys_of(selection.whole).tolist()
    if not selection.common:
        ranked = search.ranked_ids(query.q, passing) if passing else []
    elif selection.capped:
        allowed = set(passing)
        ranked = [key for key in search.common_ids(query.q) if key in allowed]
    else:
        ranked = passing[::-1]
    start = int(cursor) if cursor.isdecimal() and len(cursor) < 6 else 0
    keys = ranked[start : start + size]
    following = str(start + size) if start + size < len(ranked) else ""
    return keys, following, str(max(0, start - size)) if start else ""


def _newest_keys(
    query: EntryQuery, selection: Selection, held: Postings, cursor: str, size: int
) -> tuple[list[int], str, str]:
    """Keyset paging on (year, id), falling."""
    backwards, year, key = _parsed(cursor)
    found = list(islice(_from(selection.whole, held, year, key, backwards=backwards), size + 1))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return [], "", ""
    has_next = more if not backwards else True
    has_previous = more if backwards else key is not None
    following = "{}.{}".format(*found[-1]) if has_next else ""
    preceding = "b{}.{}".format(*found[0]) if has_previous else ""
    return [pk for _, pk in found], following, preceding


def _from(
    mask: Mask, held: Postings, year: int, key: int | None, *, backwards: bool
) -> Iterator[tuple[int, int]]:
    """(year, id) of the entries in a mask behind a place, falling, or rising before it; one year is read after another."""
    step = 1 if backwards else -1
    for at in sorted(map(int, held.values("year")), reverse=not backwards):
        if key is not None and (at - year) * step < 0:
            continue
        for found in keys_of(mask & held.valued("year", at))[::step].tolist():
            if key is None or at != year or (found - key) * step > 0:
                yield at, found


def _parsed(cursor: str) -> tuple[bool, int, int | None]:
    backwards = cursor.startswith("b")
    year, _, key = cursor.removeprefix("b").partition(".")
    if year.isdecimal() and key.isdecimal() and len(year) <= 4 and len(key) <= 18:
        return backwards, int(year), int(key)
    return False, 0, None


def links_to_node(framework: str, node: str, query: EntryQuery, limit: int = 10) -> list[Entry]:
    """The newest entries linked to a node of the SDG or WSIS framework by the links the query counts."""
    with postings() as held:
        linked = held.linked(framework, [node], query.link_tier) & held.everything()
        keys = [key for _, key in islice(_from(linked, held, 0, None, backwards=False), limit)]
    loaded = Entry.objects.select_related("organisation").in_bulk(keys)
    return [loaded[key] for key in keys if key in loaded]


def link_counts(framework: str, nodes: Iterable[str], query: EntryQuery) -> dict[str, int]:
    """How many entries are linked to each node by the links the query counts."""
    with postings() as held:
        counted = {node: count(held.linked(framework, [node], query.link_tier)) for node in nodes}
    return {node: number for node, number in counted.items() if number}


def has_demonstration_entries() -> bool:
    """Whether any entry is demonstration data."""
    return EntryQuery().apply(Entry.objects.filter(demonstration=True)).exists()


def entry_titles(identifiers: Sequence[str]) -> dict[str, str]:
    """The titles of entries that are in the register, by identifier; archived ones are not."""
    found = Entry.objects.filter(identifier__in=identifiers, archived_at=None)
    return dict(found.values_list("identifier", "title"))
