"""Values of groups of economies: the world, the six regions, by income, and those whose countries need most."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import FloatField
from django.db.models.functions import Cast

from actionlines.frameworks import areas, group_names, income_names, region_names
from actionlines.measurement.aggregates import Aggregate, aggregate
from actionlines_web.indicators.queries.coverage import latest_values
from actionlines_web.indicators.queries.observations import observations_of

WORLD: Final = "WLD"
POPULATION: Final = "SP.POP.TOTL"


@lru_cache(maxsize=64)
def members(year: int) -> Mapping[str, tuple[str, ...]]:
    """Group to its economies at the end of a year: the world first, the regions, by income, then LDC, LLDC, SIDS.

    Income groups are those of the newest classification in every year, as in the World Bank's own aggregates.
    """
    day = date(year, 12, 31)
    names = (WORLD, *region_names(), *income_names(), *group_names())
    found: dict[str, list[str]] = {code: [] for code in names}
    for one in areas():
        found[WORLD].append(one.iso3)
        for code in (one.region(day), one.income(), *one.groups(day)):
            if code:
                found[code].append(one.iso3)
    return {code: tuple(economies) for code, economies in found.items()}


def populations() -> dict[str, float]:
    """The latest population of each economy: the weights of every mean."""
    return latest_values([POPULATION])[POPULATION]


def groups_of(
    values: Mapping[str, float],
    people: Mapping[str, float],
    unit_class: str,
    year: int,
    only: Iterable[str] = (),
) -> dict[str, Aggregate]:
    """Group to its value; groups without any value are left out."""
    wanted = set(only)
    found = {
        code: aggregate(values, people, economies, unit_class)
        for code, economies in members(year).items()
        if not wanted or code in wanted
    }
    return {code: one for code, one in found.items() if one is not None}


def group_trends(
    series: str, unit_class: str, day: date | None = None, only: Iterable[str] = ()
) -> dict[str, list[tuple[int, Aggregate]]]:
    """Group to its values by year, those that stand for half of its population; weights are today's population."""
    by_year: dict[int, dict[str, float]] = {}
    rows = observations_of(series=series, day=day).order_by().annotate(number=Cast("value", FloatField()))
    for economy, period, value in rows.values_list("economy", "period", "number"):
        by_year.setdefault(int(period), {})[economy] = value
    people, wanted = populations(), list(only)
    trends: dict[str, list[tuple[int, Aggregate]]] = {}
    for year in sorted(by_year):
        for code, one in groups_of(by_year[year], people, unit_class, year, wanted).items():
            if one.sound:
                trends.setdefault(code, []).append((year, one))
    return trends
