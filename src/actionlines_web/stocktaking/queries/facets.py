"""Facets: how many entries each further choice would leave."""

from dataclasses import dataclass, replace

from django.db.models import Count, F, QuerySet

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


_COLUMNS = {
    "region": "region",
    "country": "country",
    "stakeholder": "stakeholder_type",
    "status": "status",
    "language": "language",
}


def facets(
    query: EntryQuery, names: tuple[str, ...] = ("line", "goal", "region", "country", "year", "stakeholder")
) -> list[Facet]:
    """The facets of a list in the order of `names`."""
    return [Facet(name, _counts(query, name)) for name in names]


def _counts(query: EntryQuery, name: str) -> dict[str, int]:
    if name == "year":
        passing = replace(query, year_from=None, year_to=None).apply(Entry.objects.filter(year__gt=0))
        rows = (
            passing.order_by("-year")
            .values("year")
            .annotate(entries=Count("pk"))
            .values_list("year", "entries")
        )
        return {str(year): number for year, number in rows}
    passing = replace(query, **{name: ""}).apply(Entry.objects.all())
    if name in {"line", "goal"}:
        return _by_link(query, passing, name)
    column = _COLUMNS[name]
    rows = (
        passing.exclude(**{column: ""})
        .order_by()
        .values(value=F(column))
        .annotate(entries=Count("pk"))
        .order_by("-entries", "value")
        .values_list("value", "entries")
    )
    return dict(rows)


def _by_link(query: EntryQuery, passing: QuerySet[Entry], name: str) -> dict[str, int]:
    links = EntryLink.objects.filter(framework="wsis" if name == "line" else "sdg", tier__lte=query.tier)
    if name == "goal":
        links = links.exclude(node__contains=".")
    if passing.query.where:
        links = links.filter(entry__in=passing.order_by().values("pk"))
    rows = links.order_by().values("node").annotate(entries=Count("entry_id")).values_list("node", "entries")
    return dict(rows)


def years_and_countries() -> tuple[list[int], list[str]]:
    """The years (newest first) and the countries that occur in the register, for filter forms."""
    years = Entry.objects.filter(year__gt=0).order_by("-year").values_list("year", flat=True).distinct()
    countries = (
        Entry.objects.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    )
    return list(years), list(countries)
