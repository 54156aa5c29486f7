"""Facets: how many entries each further choice would leave."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from actionlines_web.stocktaking.models import Entry, EntryLink
from actionlines_web.stocktaking.queries.filters import EntryQuery


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of the list.

    Attributes:
        name: the parameter it sets.
        counts: value to number of entries, given every other filter; the chosen value stays in it.
    """

    name: str
    counts: dict[str, int]


FACETS = ("line", "goal", "region", "country", "year", "stakeholder")
_COLUMNS = {"region": "region", "country": "country", "year": "year", "stakeholder": "stakeholder_type"}
_FRAMEWORKS = {"line": "wsis", "goal": "sdg"}


def facets(query: EntryQuery) -> list[Facet]:
    """The facets of a list in the order of FACETS.

    Facets without a filter of their own look at the same entries, so they are counted together.
    """
    counts: dict[str, dict[str, int]] = {}
    free = [name for name in FACETS if not _own_filter(query, name)]
    for names, filter_ in (
        (free, query),
        *(([name], _without(query, name)) for name in FACETS if name not in free),
    ):
        passing = filter_.apply(Entry.objects.all()).order_by()
        counts |= _by_column(passing, [name for name in names if name in _COLUMNS])
        counts |= _by_link(filter_, passing, [name for name in names if name in _FRAMEWORKS])
    return [Facet(name, counts[name]) for name in FACETS]


def _own_filter(query: EntryQuery, name: str) -> bool:
    return bool(query.year_from or query.year_to) if name == "year" else bool(getattr(query, name))


def _without(query: EntryQuery, name: str) -> EntryQuery:
    return replace(query, year_from=None, year_to=None) if name == "year" else replace(query, **{name: ""})


def _by_column(passing: QuerySet[Entry], names: list[str]) -> dict[str, dict[str, int]]:
    """Counts of columns of the entries, the fullest first (years: the newest first)."""
    if not names:
        return {}
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    rows = passing.values_list(*(_COLUMNS[name] for name in names)).annotate(entries=Count("pk"))
    for *values, number in rows:
        for name, value in zip(names, values, strict=True):
            if value:
                counted[name][str(value)] += number
    return {
        name: dict(
            sorted(
                found.items(),
                key=lambda item, name=name: -int(item[0]) if name == "year" else (-item[1], item[0]),  # type: ignore[misc]
            )
        )
        for name, found in counted.items()
    }


def _by_link(query: EntryQuery, passing: QuerySet[Entry], names: list[str]) -> dict[str, dict[str, int]]:
    """Counts of lines and goals of the entries."""
    if not names:
        return {}
    links = EntryLink.objects.filter(query.of_links(), framework__in=[_FRAMEWORKS[name] for name in names])
    links = links.exclude(framework="sdg", node__contains=".")
    if query.narrows:
        links = links.filter(entry__in=passing.values("pk"))
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    by_framework = {framework: name for name, framework in _FRAMEWORKS.items()}
    for framework, node, number in (
        links.order_by().values_list("framework", "node").annotate(entries=Count("pk"))
    ):
        found[by_framework[framework]][node] = number
    return found


def years_and_countries() -> tuple[list[int], list[str]]:
    """The years (newest first) and the countries that occur in the register, for filter forms."""
    standing = EntryQuery().apply(Entry.objects.all())
    years = standing.filter(year__gt=0).order_by("-year").values_list("year", flat=True).distinct()
    countries = standing.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    return list(years), list(countries)


def entries_by_country() -> dict[str, int]:
    """How many entries each country has."""
    rows = (
        EntryQuery()
        .apply(Entry.objects.exclude(country=""))
        .order_by("country")
        .values_list("country")
        .annotate(entries=Count("pk"))
    )
    return dict(rows)
