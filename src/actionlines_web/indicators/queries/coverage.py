"""What is known of which series for which economies, and the latest value of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, FloatField, Max, Min, QuerySet, Sum
from django.db.models.functions import Cast

from actionlines.measurement import Series, series_of_node
from actionlines_web.indicators.models import Coverage, Observation


@dataclass(frozen=True, slots=True)
class SeriesSummary:
    """How much is known of a series: economies, values, first and last year."""

    economies: int
    values: int
    first: str
    last: str


def summaries() -> dict[str, SeriesSummary]:
    """Series code to its summary."""
    rows = Coverage.objects.values("series").annotate(
        economies=Count("pk"), number=Sum("values"), begin=Min("first"), end=Max("last")
    )
    return {
        row["series"]: SeriesSummary(row["economies"], row["number"], row["begin"], row["end"])
        for row in rows
    }


def series_with_values() -> set[str]:
    """The codes of all series of which anything is known."""
    return set(Coverage.objects.values_list("series", flat=True).distinct())


def known_series(framework: str, code: str) -> list[Series]:
    """The series that speak to a node and of which anything is known."""
    known = series_with_values()
    return [one for one in series_of_node(framework, code) if one.code in known]


def latest_by_economy(series: str) -> list[Observation]:
    """The newest observation of each economy's latest year, the highest value first."""
    rows = Coverage.objects.filter(series=series, latest__isnull=False).select_related("latest")
    found = [row.latest for row in rows if row.latest is not None]
    return sorted(found, key=lambda row: (-row.value, row.economy))


def latest_of(series: Iterable[str]) -> dict[tuple[str, str], Observation]:
    """(Series, economy) to the newest observation of its latest year."""
    rows = Coverage.objects.filter(series__in=list(series), latest__isnull=False).select_related("latest")
    return {(row.series, row.economy): row.latest for row in rows if row.latest is not None}


def latest_values(series: Iterable[str]) -> dict[str, dict[str, float]]:
    """Series to economy to its latest value; kept until an observation is added."""
    return _latest_values(_version(), tuple(series))


def _version() -> int:
    """Observations are only ever added: the key of the last one says whether anything has changed."""
    return Observation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@lru_cache(maxsize=32)
def _latest_values(version: int, series: tuple[str, ...]) -> dict[str, dict[str, float]]:
    del version
    rows = Coverage.objects.filter(series__in=series, latest__isnull=False)
    values = rows.annotate(value=Cast("latest__value", FloatField()))
    found: dict[str, dict[str, float]] = {code: {} for code in series}
    for code, economy, value in values.values_list("series", "economy", "value"):
        found[code][economy] = value
    return found


def forget_values() -> None:
    """Read values anew: for tests, in which what was added is taken back."""
    _latest_values.cache_clear()


def coverage_of_economy(economy: str) -> QuerySet[Coverage]:
    """What is known of one economy, with the latest values."""
    return Coverage.objects.filter(economy=economy).select_related("latest").order_by("series")
