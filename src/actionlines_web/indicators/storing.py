"""Which of a file's observations are new, which are revisions, and which say what is known already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.indicators.loading import New
from actionlines_web.indicators.models import Observation

_PLACES: Final = Decimal("0.000001")
_MANY: Final = 500  # economies; more of them are not named in the question to the database


# Where a value stands within a series: economy, period, breakdown.
Place = tuple[str, str, str]


class Known(NamedTuple):
    """The value that counts today, and its row (None: a row of this very plan)."""

    value: Decimal
    flag: str
    note: str
    vintage: date
    demonstration: bool
    key: int | None


@dataclass
class Plan:
    """What storing would do.

    Attributes:
        new: rows to be added; superseded: keys of rows that no longer count.
        first, revised, unchanged: how many observations are the first of their cell, differ from what counted, or
            say the same.
        refused: observations that contradict another of the same vintage.
    """

    new: list[New] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    first: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: list[LibraryObservation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Origin:
    """What holds for all observations of a file: vintage where they do not say it, population, demonstration."""

    vintage: date
    population: str = ""
    demonstration: bool = False


def plan_storing(observations: Iterable[LibraryObservation], origin: Origin) -> Plan:
    """Compare observations with what is known; nothing is written."""
    plan = Plan()
    by_series: defaultdict[str, list[LibraryObservation]] = defaultdict(list)
    for item in observations:
        by_series[item.series].append(item)
    for series, items in by_series.items():
        _plan_series(plan, items, _known(series, items), origin)
    return plan


def _known(series: str, items: Sequence[LibraryObservation]) -> dict[Place, Known]:
    economies = {item.economy for item in items}
    rows = Observation.objects.filter(series=series, newest=True)
    if len(economies) <= _MANY:
        rows = rows.filter(economy__in=economies)
    columns = ("economy", "period", "breakdown", "value", "flag", "note", "vintage", "demonstration", "pk")
    return {row[:3]: Known(*row[3:]) for row in rows.values_list(*columns).iterator(chunk_size=10_000)}


def _plan_series(
    plan: Plan, items: list[LibraryObservation], known: dict[Place, Known], origin: Origin
) -> None:
    places: dict[Place, int] = {}
    older: list[tuple[LibraryObservation, date]] = []
    if any(item.vintage for item in items):
        items = sorted(items, key=lambda item: item.vintage)
    new, demonstration = plan.new, origin.demonstration
    for item in items:
        place = (item.economy, item.period, item.breakdown)
        vintage = _day(item.vintage) if item.vintage else origin.vintage
        value = item.value.quantize(_PLACES)
        before = _before(known.get(place), new, places.get(place))
        if before is None:
            plan.first += 1
        elif (before.value, before.flag, before.note) == (value, item.flag, item.note) and (
            before.demonstration == demonstration
        ):
            plan.unchanged += 1
            continue
        elif demonstration and not before.demonstration:
            plan.unchanged += 1  # a demonstration takes no real figure's place
            continue
        elif before.demonstration == demonstration and vintage == before.vintage:
            plan.refused.append(item)
            continue
        elif before.demonstration == demonstration and vintage < before.vintage:
            older.append((item, vintage))
            continue
        else:
            plan.revised += 1
            if before.key is not None:
                plan.superseded.append(before.key)
            else:
                new[places[place]] = new[places[place]]._replace(newest=False)
        places[place] = len(new)
        new.append(_row(item, value, vintage, origin, newest=True))
    _plan_older(plan, older, origin)


def _before(stored: Known | None, new: list[New], place: int | None) -> Known | None:
    """What counts in a cell so far: a row of this plan, or what is stored."""
    if place is None:
        return stored
    row = new[place]
    return Known(row.value, row.flag, row.note, row.vintage, row.demonstration, None)


@lru_cache(maxsize=4_096)
def _day(vintage: str) -> date:
    return date.fromisoformat(vintage)


def _plan_older(plan: Plan, older: list[tuple[LibraryObservation, date]], origin: Origin) -> None:
    """Vintages from before the one that counts: added as history unless they are there."""
    if not older:
        return
    rows = Observation.objects.filter(
        series=older[0][0].series,
        demonstration=origin.demonstration,
        vintage__in={vintage for _, vintage in older},
    )
    there: Mapping[tuple[Place, date], Decimal] = {
        (row[:3], row[3]): row[4]
        for row in rows.values_list("economy", "period", "breakdown", "vintage", "value").iterator()
    }
    for item, vintage in older:
        value = item.value.quantize(_PLACES)
        held = there.get(((item.economy, item.period, item.breakdown), vintage))
        if held is None:
            plan.revised += 1
            plan.new.append(_row(item, value, vintage, origin, newest=False))
        elif held == value:
            plan.unchanged += 1
        else:
            plan.refused.append(item)


def _row(item: LibraryObservation, value: Decimal, vintage: date, origin: Origin, *, newest: bool) -> New:
    # There are millions: the tuple is made without the function that names its parts.
    parts = (
        *(item.series, item.economy, item.period, item.breakdown, value, item.flag, item.source[:300]),
        *(item.note, item.text, vintage, origin.population, origin.demonstration, newest),
    )
    return tuple.__new__(New, parts)
