"""Facets: how many entries each further choice would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from actionlines.frameworks import catalogue
from actionlines.stocktaking.freshness import FRESHNESS, freshness
from actionlines.text import LANGUAGES
from actionlines_web.stocktaking.cells import GOAL_LEVEL, MARGIN
from actionlines_web.stocktaking.models import Entry, EntryLink, MatrixCell, Status
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.passing import (
    COUNT_LIMIT,
    Passing,
    cells_at,
    column_of,
    knows,
    level_of,
    passing,
    place_of,
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of the list.

    Attributes:
        name: the parameter it sets.
        counts: value to number of entries, given every other filter; the chosen value stays in it.
        least: values of which there are more than was counted: their numbers are lower bounds.
    """

    name: str
    counts: dict[str, int]
    least: frozenset[str] = frozenset()


FACETS: Final = (
    *("line", "goal", "region", "country", "year", "stakeholder"),
    *("status", "language", "freshness"),
)
_COLUMNS: Final = {
    "region": "region",
    "country": "country",
    "year": "year",
    "stakeholder": "stakeholder_type",
    "status": "status",
    "language": "language",
    "freshness": "confirmed_on",
}
_FRAMEWORKS: Final = {"line": "wsis", "goal": "sdg"}
# Facets of which the counted cells know nothing, and their values.
_FEW: Final = {"status": tuple(Status.values), "language": LANGUAGES, "freshness": FRESHNESS}
_VALUES: Final = {**_FEW, "goal": tuple(node.code for node in catalogue().frameworks["sdg"].of_kind("goal"))}


def facets(query: EntryQuery) -> list[Facet]:
    """The facets of a list in the order of FACETS.

    Facets without a filter of their own look at the same entries, so they are counted together. Of at most COUNT_LIMIT
    entries every count is exact; of more those are that the counted cells know, and the others are lower bounds.
    """
    counted: dict[str, Facet] = {}
    free = [name for name in FACETS if not _own_filter(query, name)]
    for names, filter_ in (
        (free, query),
        *(([name], _without(query, name)) for name in FACETS if name not in free),
    ):
        counted |= {facet.name: facet for facet in _counted(filter_, names)}
    return [counted[name] for name in FACETS]


def country_counts(query: EntryQuery) -> Facet:
    """How many of the entries that pass each country has, '' standing for those without one."""
    if knows(query):
        cells = _cells(query, query.line or MARGIN, column_of(query))
        rows = cells.values_list("country").annotate(entries=Sum("entries")).filter(entries__gt=0)
        return Facet("country", dict(rows.order_by("country")))
    found = passing(query)
    rows = Entry.objects.filter(pk__in=found.keys).order_by("country").values_list("country")
    counts = dict(rows.annotate(entries=Count("pk")))
    return Facet("country", counts, frozenset(counts) if found.capped else frozenset())


def entries_by_country() -> dict[str, int]:
    """How many entries each country has."""
    return {code: number for code, number in country_counts(EntryQuery()).counts.items() if code}


def _own_filter(query: EntryQuery, name: str) -> bool:
    if name == "year":
        return bool(query.year_from or query.year_to or query.year)
    return bool(getattr(query, name))


def _without(query: EntryQuery, name: str) -> EntryQuery:
    if name == "year":
        return replace(query, year_from=None, year_to=None, year="")
    return replace(query, **{name: ""})


def _counted(query: EntryQuery, names: Sequence[str]) -> Iterable[Facet]:
    """Some facets over the entries that pass one filter."""
    if not names:
        return
    if query.outcome and "goal" in names:
        # An outcome is asked for on the goal that is chosen, so each choice asks for other entries.
        yield _bounded(query, "goal")
        names = [name for name in names if name != "goal"]
    if not knows(query):
        yield from _one_by_one(query, names, passing(query))
        return
    few = [name for name in names if name in _FEW]
    # No cell holds a target and another goal.
    beside = ["goal"] if "goal" in names and query.target else []
    for name in names:
        if name not in {*few, *beside}:
            yield Facet(name, _sorted(name, _from_cells(query, name)))
    if beside:
        yield from _one_by_one(query, beside, passing(query))
    if few:
        cells = cells_at(query).filter(
            rows="wsis", level=level_of(column_of(query)), row=query.line or MARGIN, column=column_of(query)
        )
        total = cells.aggregate(total=Sum("entries"))["total"] or 0
        if total > COUNT_LIMIT:
            yield from (_bounded(query, name) for name in few)
        else:
            yield from _one_by_one(query, few, passing(query))


def _from_cells(query: EntryQuery, name: str) -> dict[str, int]:
    """Counts that the cells know; a line or goal facet has none of its own in the query."""
    row, column = query.line or MARGIN, column_of(query)
    if name in _FRAMEWORKS:
        cells = cells_at(query).filter(rows="wsis", level=level_of(column) if name == "line" else GOAL_LEVEL)
        if name == "line":
            cells, axis = cells.filter(column=column).exclude(row=MARGIN), "row"
        else:
            cells, axis = cells.filter(row=row).exclude(column=MARGIN), "column"
    else:
        cells, axis = _cells(query, row, column), _COLUMNS[name]
    rows = cells.values_list(axis).annotate(number=Sum("entries"))
    return {str(value): number for value, number in rows if value and number}


def _cells(query: EntryQuery, row: str, column: str) -> QuerySet[MatrixCell]:
    """One row and column of the cells at every place that passes, each place by itself."""
    return MatrixCell.objects.filter(
        place_of(query),
        scope="part",
        rows="wsis",
        level=level_of(column),
        row=row,
        column=column,
        tier__lte=query.tier,
    ).order_by()


def _bounded(query: EntryQuery, name: str) -> Facet:
    """A facet of few values, each counted by itself up to COUNT_LIMIT."""
    counts, least = {}, set()
    for value in _VALUES[name]:
        found = replace(query, **{name: value}).apply(Entry.objects.all()).order_by()
        number = found[: COUNT_LIMIT + 1].count()
        if number:
            counts[value] = min(number, COUNT_LIMIT)
        if number > COUNT_LIMIT:
            least.add(value)
    return Facet(name, _sorted(name, counts), frozenset(least))


def _one_by_one(query: EntryQuery, names: Sequence[str], found: Passing) -> Iterable[Facet]:
    """Facets of the entries that were found."""
    columns = [name for name in names if name in _COLUMNS]
    counted: dict[str, Counter[str]] = {name: Counter() for name in columns}
    today = timezone.now().date()
    rows = Entry.objects.filter(pk__in=found.keys).order_by()
    for *values, number in (
        rows.values_list(*(_COLUMNS[name] for name in columns)).annotate(entries=Count("pk"))
        if columns
        else ()
    ):
        for name, value in zip(columns, values, strict=True):
            said = freshness(value, today) if name == "freshness" else str(value or "")
            if said:
                counted[name][said] += number
    by_name = {**counted, **_links(query, [name for name in names if name in _FRAMEWORKS], found.keys)}
    for name, counts in by_name.items():
        yield Facet(name, _sorted(name, counts), frozenset(counts) if found.capped else frozenset())


def _links(query: EntryQuery, names: Sequence[str], keys: list[int]) -> dict[str, dict[str, int]]:
    """Counts of lines and goals of the entries."""
    if not names:
        return {}
    links = EntryLink.objects.filter(
        entry__in=keys, framework__in=[_FRAMEWORKS[name] for name in names], tier__lte=query.tier
    )
    links = links.exclude(framework="sdg", node__contains=".").order_by()
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    by_framework = {framework: name for name, framework in _FRAMEWORKS.items()}
    for framework, node, number in links.values_list("framework", "node").annotate(entries=Count("pk")):
        found[by_framework[framework]][node] = number
    return found


def _sorted(name: str, counts: dict[str, int]) -> dict[str, int]:
    """The fullest value first; years the newest, lines, goals and freshness in their own order."""
    if name in _FRAMEWORKS:
        order = [node.code for node in catalogue().frameworks[_FRAMEWORKS[name]].nodes]
    elif name == "freshness":
        order = list(FRESHNESS)
    elif name == "year":
        order = sorted(counts, key=int, reverse=True)
    else:
        order = sorted(counts, key=lambda value: (-counts[value], value))
    return {value: counts[value] for value in order if value in counts}


def years_and_countries() -> tuple[list[int], list[str]]:
    """The years (newest first) and the countries that occur in the register, for filter forms."""
    standing = EntryQuery().apply(Entry.objects.all())
    years = standing.filter(year__gt=0).order_by("-year").values_list("year", flat=True).distinct()
    countries = standing.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    return list(years), list(countries)
