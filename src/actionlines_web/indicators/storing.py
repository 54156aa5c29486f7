"""Which of a file's observations are new, which are revisions, and which say what is known already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.indicators.loading import New
from actionlines_web.indicators.models import Observation

_PLACES: Final = Decimal("0.000001")
_MANY: Final = 500  # economies; more of them are not named in the question to the database


class Cell(NamedTuple):
    """Where a value stands within a series."""

    economy: str
    period: str
    breakdown: str


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


def _known(series: str, items: Sequence[LibraryObservation]) -> dict[Cell, Known]:
    economies = {item.economy for item in items}
    rows = Observation.objects.filter(series=series, newest=True)
    if len(economies) <= _MANY:
        rows = rows.filter(economy__in=economies)
    columns = ("economy", "period", "breakdown", "value", "flag", "note", "vintage", "demonstration", "pk")
    return {Cell(*row[:3]): Known(*row[3:]) for row in rows.values_list(*columns).iterator(chunk_size=10_000)}


def _plan_series(
    plan: Plan, items: list[LibraryObservation], known: dict[Cell, Known], origin: Origin
) -> None:
    places: dict[Cell, int] = {}
    older: list[tuple[LibraryObservation, date]] = []
    if any(item.vintage for item in items):
        items = sorted(items, key=lambda item: item.vintage)
    for item in items:
        cell = Cell(item.economy, item.period, item.breakdown)
        vintage = date.fromisoformat(item.vintage) if item.vintage else origin.vintage
        value = item.value.quantize(_PLACES)
        before = known.get(cell)
        if before is None:
            plan.first += 1
        elif (before.value, before.flag, before.note) == (value, item.flag, item.note) and (
            before.demonstration == origin.demonstration
        ):
            plan.unchanged += 1
            continue
        elif origin.demonstration and not before.demonstration:
            plan.unchanged += 1  # a demonstration takes no real figure's place
            continue
        elif before.demonstration == origin.demonstration and vintage == before.vintage:
            plan.refused.append(item)
            continue
        elif before.demonstration == origin.demonstration and vintage < before.vintage:
            older.append((item, vintage))
            continue
        else:
            plan.revised += 1
            if before.key is not None:
                plan.superseded.append(before.key)
            else:
                plan.new[places[cell]] = plan.new[places[cell]]._replace(newest=False)
        places[cell] = len(plan.new)
        known[cell] = Known(value, item.flag, item.note, vintage, origin.demonstration, None)
        plan.new.append(_row(item, value, vintage, origin, newest=True))
    _plan_older(plan, older, origin)


def _plan_older(plan: Plan, older: list[tuple[LibraryObservation, date]], origin: Origin) -> None:
    """Vintages from before the one that counts: added as history unless they are there."""
    if not older:
        return
    rows = Observation.objects.filter(
        series=older[0][0].series,
        demonstration=origin.demonstration,
        vintage__in={vintage for _, vintage in older},
    )
    there: Mapping[tuple[Cell, date], Decimal] = {
        (Cell(*row[:3]), row[3]): row[4]
        for row in rows.values_list("economy", "period", "breakdown", "vintage", "value").iterator()
    }
    for item, vintage in older:
        value = item.value.quantize(_PLACES)
        held = there.get((Cell(item.economy, item.period, item.breakdown), vintage))
        if held is None:
            plan.revised += 1
            plan.new.append(_row(item, value, vintage, origin, newest=False))
        elif held == value:
            plan.unchanged += 1
        else:
            plan.refused.append(item)


def _row(item: LibraryObservation, value: Decimal, vintage: date, origin: Origin, *, newest: bool) -> New:
    return New(
        *(item.series, item.economy, item.period, item.breakdown, value, item.flag, item.source[:300]),
        *(item.note, item.text, vintage, origin.population, origin.demonstration, newest),
    )
