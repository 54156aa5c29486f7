"""Reads of indicators."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet

from actionlines_web.indicators.models import Observation


@dataclass(frozen=True, slots=True)
class SeriesSummary:
    """How much is known of a series: economies, first and last year."""

    economies: int
    first: str
    last: str


def summaries() -> dict[str, SeriesSummary]:
    """Series code to its summary."""
    rows = Observation.objects.values("series").annotate(
        economies=Count("economy", distinct=True), first=Min("period"), last=Max("period")
    )
    return {row["series"]: SeriesSummary(row["economies"], row["first"], row["last"]) for row in rows}


def latest_by_economy(series: str) -> list[Observation]:
    """The newest observation of each economy, the highest value first."""
    newest: dict[str, Observation] = {}
    for row in Observation.objects.filter(series=series).order_by("economy", "-period"):
        newest.setdefault(row.economy, row)
    return sorted(newest.values(), key=lambda row: (-row.value, row.economy))


def of_economy(economy: str) -> QuerySet[Observation]:
    """All observations of one economy, by series, the newest first."""
    return Observation.objects.filter(economy=economy).order_by("series", "-period")


def observations_after(
    key: int,
    *,
    series: str = "",
    economy: str = "",
    year_from: int | None = None,
    year_to: int | None = None,
    limit: int,
) -> list[Observation]:
    """The first `limit` observations behind the primary key `key` that pass, by primary key."""
    wanted = {
        "series": series,
        "economy": economy,
        "period__gte": str(year_from or ""),
        "period__lte": str(year_to or ""),
    }
    conditions = {name: value for name, value in wanted.items() if value}
    return list(Observation.objects.filter(pk__gt=key, **conditions).order_by("pk")[:limit])
