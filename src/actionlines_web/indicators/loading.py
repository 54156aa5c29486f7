"""Putting many observations into the database at once, and keeping what is known of each series beside them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Count, Max, Min

from actionlines_web.indicators.models import Coverage, Observation

COLUMNS: Final = (
    *("series", "economy", "period", "breakdown", "value", "flag", "source", "note", "text", "vintage"),
    *("population", "demonstration", "newest"),
)
_AT_ONCE: Final = 5_000


class New(NamedTuple):
    """A row to be added, in the order of `COLUMNS`."""

    series: str
    economy: str
    period: str
    breakdown: str
    value: Decimal
    flag: str
    source: str
    note: str
    text: str
    vintage: date
    population: str
    demonstration: bool
    newest: bool


def add_observations(rows: Iterable[New]) -> None:
    """Add rows by the shortest way the database has: millions are loaded through here."""
    table = connection.ops.quote_name(Observation._meta.db_table)  # noqa: SLF001 - Django's public-by-convention options
    columns = ", ".join(map(connection.ops.quote_name, COLUMNS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(COLUMNS))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of the model alone
        batch: list[Sequence[object]] = []
        days: dict[date, str] = {}
        for row in rows:
            day = days.get(row[9]) or days.setdefault(row[9], row[9].isoformat())
            batch.append((*row[:4], str(row[4]), *row[5:9], day, *row[10:]))
            if len(batch) == _AT_ONCE:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)


def refresh_coverage(series: str, economies: Iterable[str] | None = None) -> None:
    """Say anew what is known of a series, for some economies or all."""
    known = Observation.objects.filter(series=series, newest=True)
    old = Coverage.objects.filter(series=series)
    if economies is not None:
        wanted = list(economies)
        known, old = known.filter(economy__in=wanted), old.filter(economy__in=wanted)
    latest: dict[str, tuple[str, int]] = {}
    for economy, period, key in known.filter(breakdown="").values_list("economy", "period", "pk"):
        if economy not in latest or latest[economy][0] < period:
            latest[economy] = (period, key)
    rows = known.values("economy").annotate(first=Min("period"), last=Max("period"), values=Count("pk"))
    old.delete()
    Coverage.objects.bulk_create(
        (Coverage(series=series, latest_id=latest.get(row["economy"], ("", None))[1], **row) for row in rows),
        batch_size=1_000,
    )
