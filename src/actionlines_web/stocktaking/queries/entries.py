"""Entries one by one and page by page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.search import queries as search
from actionlines_web.stocktaking.models import Entry, EntryLink
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.passing import COUNT_LIMIT

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        entries: with their organisation and links loaded.
        total: how many pass the filter, at most COUNT_LIMIT; `capped` says there are more.
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
    passing = query.apply(Entry.objects.all())
    total = passing.order_by()[: COUNT_LIMIT + 1].count()
    if query.q:
        keys, following, preceding = _ranked_keys(query, passing, cursor, size)
    else:
        keys, following, preceding = _newest_keys(passing, cursor, size)
    entries = Entry.objects.select_related("organisation").prefetch_related("links")
    entries = (
        entries.select_related("organisation", "story").prefetch_related("translations")
        if whole
        else entries.defer(*LONG_TEXTS, "figures")
    )
    loaded = entries.in_bulk(keys)
    return Page(
        [loaded[key] for key in keys], min(total, COUNT_LIMIT), total > COUNT_LIMIT, following, preceding
    )


def _ranked_keys(
    query: EntryQuery, passing: QuerySet[Entry], cursor: str, size: int
) -> tuple[list[int], str, str]:
    allowed = set(passing.order_by().values_list("pk", flat=True)[: 5 * search.RANKED_LIMIT])
    ranked = [key for key in search.ranked_ids(query.q) if key in allowed] if allowed else []
    start = int(cursor) if cursor.isdecimal() and len(cursor) < 6 else 0
    keys = ranked[start : start + size]
    following = str(start + size) if start + size < len(ranked) else ""
    return keys, following, str(max(0, start - size)) if start else ""


def _newest_keys(passing: QuerySet[Entry], cursor: str, size: int) -> tuple[list[int], str, str]:
    """Keyset paging on (year, id), falling."""
    backwards, year, key = _parsed(cursor)
    order = ("year", "id") if backwards else ("-year", "-id")
    page = passing.order_by(*order).values_list("year", "id")
    if key is not None:
        behind = (
            Q(year__gt=year) | Q(year=year, id__gt=key)
            if backwards
            else Q(year__lt=year) | Q(year=year, id__lt=key)
        )
        page = page.filter(behind)
    found = list(page[: size + 1])
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


def _parsed(cursor: str) -> tuple[bool, int, int | None]:
    backwards = cursor.startswith("b")
    year, _, key = cursor.removeprefix("b").partition(".")
    if year.isdecimal() and key.isdecimal() and len(year) <= 4 and len(key) <= 18:
        return backwards, int(year), int(key)
    return False, 0, None


def links_to_node(framework: str, node: str, query: EntryQuery, limit: int = 10) -> list[Entry]:
    """The newest entries linked to a node of the SDG or WSIS framework, up to the query's tier."""
    return list(
        Entry.objects.filter(links__framework=framework, links__node=node, links__tier__lte=query.tier)
        .select_related("organisation")
        .order_by("-year", "-id")[:limit]
    )


def link_counts(framework: str, nodes: Iterable[str], query: EntryQuery) -> dict[str, int]:
    """How many entries are linked to each node, up to the query's tier."""
    rows = (
        EntryLink.objects.filter(framework=framework, node__in=list(nodes), tier__lte=query.tier)
        .values("node")
        .annotate(entries=Count("entry_id"))
        .values_list("node", "entries")
    )
    return dict(rows)


def has_demonstration_entries() -> bool:
    """Whether any entry is demonstration data."""
    return EntryQuery().apply(Entry.objects.filter(demonstration=True)).exists()
