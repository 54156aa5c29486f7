"""Observations: what counts today, what was known on a day, how one value was revised."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from actionlines.measurement import Observation as LibraryObservation
from actionlines.measurement import series_by_code
from actionlines_web.indicators.models import Observation


def known_on(day: date | None = None) -> QuerySet[Observation]:
    """Of every value the vintage that counted on a day: what was known then; today for None.

    A real figure counts before one of the demonstration, whatever their vintages.
    """
    if day is None:
        return Observation.objects.filter(newest=True)
    rivals = Observation.objects.filter(
        Q(demonstration__lt=OuterRef("demonstration"))
        | Q(demonstration=OuterRef("demonstration"), vintage__gt=OuterRef("vintage")),
        **{name: OuterRef(name) for name in ("series", "economy", "period", "breakdown")},
        vintage__lte=day,
    )
    return Observation.objects.filter(~Exists(rivals), vintage__lte=day)


def observations_of(
    *, series: str = "", economies: Sequence[str] = (), breakdown: str | None = "", day: date | None = None
) -> QuerySet[Observation]:
    """Observations by series, economy, breakdown and year; `breakdown` None for all of them."""
    rows = known_on(day)
    if series:
        rows = rows.filter(series=series)
    if economies:
        rows = rows.filter(economy__in=list(economies))
    if breakdown is not None:
        rows = rows.filter(breakdown=breakdown)
    return rows.order_by("series", "economy", "breakdown", "period")


def history(series: str, economy: str) -> QuerySet[Observation]:
    """Every vintage of a series of an economy, the latest year and the newest vintage first."""
    return Observation.objects.filter(series=series, economy=economy).order_by(
        "breakdown", "-period", "demonstration", "-vintage"
    )


def revisions(series: str, economy: str) -> list[tuple[Observation, Observation | None]]:
    """Every vintage of a series of an economy with the vintage before it (None for the first), as `history` orders."""
    rows = list(history(series, economy))
    paired: list[tuple[Observation, Observation | None]] = []
    for row, older in pairwise([*rows, None]):
        if row is None:
            continue
        same = older is not None and (older.breakdown, older.period) == (row.breakdown, row.period)
        paired.append((row, older if same else None))
    return paired


def exchanged(rows: QuerySet[Observation]) -> Iterator[LibraryObservation]:
    """Observations of series of the catalogue as the library's, read as they are asked for.

    Figures of the demonstration say so in their note.
    """
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    for row in rows.iterator(chunk_size=2_000):
        if row.series in units:
            note = "; ".join(filter(None, (row.note, "Demonstration" if row.demonstration else "")))
            yield LibraryObservation(
                *(row.economy, row.series, row.period, row.value.normalize(), units[row.series], row.flag),
                *(row.source, row.text, row.breakdown, note, row.vintage.isoformat()),
            )


def observations_between(
    *,
    series: str = "",
    economy: str = "",
    breakdown: str | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    day: date | None = None,
) -> QuerySet[Observation]:
    """Observations of a series, an economy, a breakdown (None for all) and a span of years, in no order."""
    wanted = {
        "series": series,
        "economy": economy,
        "period__gte": str(year_from or ""),
        "period__lte": str(year_to or ""),
    }
    conditions = {name: value for name, value in wanted.items() if value}
    if breakdown is not None:
        conditions["breakdown"] = breakdown
    return known_on(day).filter(**conditions)


def observations_after(
    key: int,
    *,
    series: str = "",
    economy: str = "",
    breakdown: str | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    day: date | None = None,
    limit: int,
) -> list[Observation]:
    """The first `limit` observations behind the primary key `key` that pass, by primary key."""
    rows = observations_between(
        series=series, economy=economy, breakdown=breakdown, year_from=year_from, year_to=year_to, day=day
    )
    return list(rows.filter(pk__gt=key).order_by("pk")[:limit])


def newest_values(year_to: int | None = None) -> tuple[list[LibraryObservation], bool]:
    """The newest value of every series and economy, without breakdowns; and whether any is of the demonstration.

    Args:
        year_to: values of later years do not count.
    """
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    rows = known_on().filter(breakdown="")
    if year_to:
        rows = rows.filter(period__lte=str(year_to))
    columns = ("economy", "series", "period", "value", "flag", "source", "note", "vintage", "demonstration")
    found: dict[tuple[str, str], LibraryObservation] = {}
    shown: dict[tuple[str, str], bool] = {}
    in_order = rows.order_by("series", "economy", "period").values_list(*columns)
    for economy, code, period, value, flag, source, note, vintage, demonstration in in_order.iterator():
        found[code, economy] = LibraryObservation(
            *(economy, code, period, value, units.get(code, ""), flag, source, "", "", note),
            vintage.isoformat(),
        )
        shown[code, economy] = demonstration
    return list(found.values()), any(shown.values())
