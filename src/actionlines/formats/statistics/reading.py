"""Reading a table of statistics whose layout is known: observations out, and everything odd named with its cell."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from actionlines.formats.statistics.cells import Cells, flag_code
from actionlines.formats.statistics.labels import read_labels
from actionlines.formats.statistics.layouts import year_of
from actionlines.formats.statistics.mapping import Mapping
from actionlines.formats.statistics.remarks import remarks_on_values, thousands_in
from actionlines.formats.tabular import Grid, cell_name
from actionlines.measurement.checks.statistics import breakdown_of
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_by_code
from actionlines.problems import Problem, marked

BREAKDOWNS: Final = ("sex", "age", "area", "education", "wealth", "occupation", "breakdown")
_DAY: Final = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@dataclass
class Placed:
    """An observation on its way, with the cell it stood in."""

    series: str
    economy: str
    period: str
    breakdown: str
    value: Decimal
    flag: str
    note: str
    source: str
    vintage: str
    row: int
    column: int


@dataclass(frozen=True)
class StatisticsFile:
    """What was read.

    Attributes:
        observations: in the order of the file, each value once.
        problems: what was left out, and what was read in a way worth telling.
        empty: how many cells say that there is no value.
        cells: the address of each observation, such as 'F7'.
    """

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    empty: int
    cells: tuple[str, ...] = field(default=(), repr=False)


def read_mapped(grid: Grid, mapping: Mapping, *, source: str = "") -> StatisticsFile:
    """Read a table.

    Args:
        mapping: where things stand; from `recognise`, or said by a person.
        source: of values whose rows name none.
    """
    cells = Cells(grid.name)
    readers = {"long": _long, "wide": _wide, "labels": _labels}
    placed = list(readers[mapping.layout](grid, mapping, cells))
    cells.finish()
    placed = _each_once(placed, cells)
    placed = remarks_on_values(placed, mapping, thousands_in(grid, mapping), cells)
    units = {code: one.unit.get("en") for code, one in series_by_code().items()}
    observations = tuple(
        Observation(
            *(one.economy, one.series, one.period, one.value, units[one.series], one.flag),
            *(one.source or source, "", one.breakdown, one.note, one.vintage),
        )
        for one in placed
    )
    addresses = tuple(cell_name(one.row, one.column) for one in placed)
    return StatisticsFile(observations, tuple(cells.problems), cells.empty, addresses)


def _get(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _long(grid: Grid, mapping: Mapping, cells: Cells) -> Iterator[Placed]:
    at = mapping.columns
    for number, row in enumerate(grid.rows[mapping.header :], mapping.header + 1):
        if not any(row) or _footnote(row, number, cells):
            continue
        text = _get(row, at["value"])
        found = cells.value(text, number, at["value"])
        if found is None:
            continue
        period = _get(row, at.get("period"))
        year = year_of(period) or (int(period[:4]) if _DAY.fullmatch(period) else None)
        if year is None:
            template = marked("“%(said)s” is not a year.")
            cells.note(number, at["period"], template, marked("a year in four digits."), said=period[:40])
            continue
        placed = _placed(row, mapping, cells, number, at["value"], year, found)
        if placed:
            yield placed


def _footnote(row: Sequence[str], number: int, cells: Cells) -> bool:
    """A row with a text in its first cell and nothing else is no record."""
    filled = [place for place, cell in enumerate(row) if cell]
    if len(filled) > 1 or len(row) < 3:
        return False
    template = marked("the row looks like a footnote and is left out: “%(said)s”.")
    cells.note(number, filled[0], template, "", severity="warning", said=row[filled[0]][:80])
    return True


def _wide(grid: Grid, mapping: Mapping, cells: Cells) -> Iterator[Placed]:
    years = _years_once(mapping, cells)
    _nameless(grid, mapping, cells)
    for number, row in enumerate(grid.rows[mapping.header :], mapping.header + 1):
        if not any(row) or _footnote(row, number, cells):
            continue
        for place, year in years.items():
            text = _get(row, place)
            if not text:
                continue
            found = cells.value(text, number, place)
            if found is None:
                continue
            placed = _placed(row, mapping, cells, number, place, year, found)
            if placed is None:
                break
            placed.note = placed.note or _get(row, mapping.notes.get(year))
            placed.source = _get(row, mapping.sources.get(year)) or placed.source
            if placed.flag == "A" and "estimate" in placed.source.lower():
                placed.flag = "E"
            yield placed


def _years_once(mapping: Mapping, cells: Cells) -> dict[int, int]:
    """Column to year; a year that heads two columns is read from neither."""
    twice: defaultdict[int, list[int]] = defaultdict(list)
    for place, year in mapping.years.items():
        twice[year].append(place)
    for year, places in twice.items():
        if len(places) > 1:
            template = marked("%(year)d stands over %(places)s: neither column is read.")
            said = ", ".join(cell_name(mapping.header, place) for place in places)
            expected = marked("each year once; two vintages belong into two files.")
            cells.note(mapping.header, places[1], template, expected, year=year, places=said)
    return {places[0]: year for year, places in twice.items() if len(places) == 1}


def _nameless(grid: Grid, mapping: Mapping, cells: Cells) -> None:
    """Columns of figures without a name: a merged header, or a leftover."""
    head = grid.rows[mapping.header - 1]
    width = max((len(row) for row in grid.rows), default=0)
    for place in range(width):
        if _get(head, place) or place in mapping.columns.values():
            continue
        filled = sum(bool(_get(row, place)) for row in grid.rows[mapping.header :])
        if filled:
            template = marked("the column has no name (a merged header?): its %(count)d cells are left out.")
            cells.note(mapping.header, place, template, "", severity="warning", count=filled)


def _placed(
    row: Sequence[str],
    mapping: Mapping,
    cells: Cells,
    number: int,
    column: int,
    year: int,
    found: tuple[Decimal, str],
) -> Placed | None:
    at = mapping.columns
    economy = mapping.economy or cells.economy(_get(row, at["economy"]), number, at["economy"])
    series = mapping.series or cells.series(_get(row, at.get("series")), number, at.get("series", 0))
    if not economy or not series:
        return None
    value, mark = found
    flag, left = flag_code(_get(row, at.get("flag")) or mark, _get(row, at.get("nature")))
    power = _get(row, at.get("unit_mult"))
    if power.isdecimal() and power != "0":
        value = value.scaleb(int(power))
    note = "; ".join(filter(None, (left, _get(row, at.get("note")))))
    said = {role: _get(row, at.get(role)) for role in BREAKDOWNS}
    vintage = day_of_vintage(_get(row, at.get("vintage")))
    if vintage is None:
        template = marked("“%(said)s” is not the day of a vintage.")
        expected = marked("a day such as 2019-06-30, a month or a year.")
        cells.note(number, at["vintage"], template, expected, said=_get(row, at["vintage"])[:40])
        return None
    _unit_differs(_get(row, at.get("unit")), series, number, at.get("unit", 0), cells)
    return Placed(
        *(series, economy, str(year), breakdown_of(said), value, flag, note),
        *(_get(row, at.get("source")), vintage, number, column),
    )


def day_of_vintage(text: str) -> str | None:
    """The first day of what a vintage says: 2019-06 is 2019-06-01; '' for nothing, None for no day."""
    if not text:
        return ""
    try:
        return date.fromisoformat(
            text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text
        ).isoformat()
    except ValueError:
        return None


def _unit_differs(unit: str, series: str, number: int, column: int, cells: Cells) -> None:
    """Tell once where a file names a unit a thousand times that of the catalogue: one public source is mislabelled."""
    if unit.lower() in {"kbps", "kbit_s", "kbit/s"} and series_by_code()[series].unit_code == "BIT_S":
        cells.once(
            *("unit", number, column),
            marked(
                "the unit says %(said)s, the catalogue counts bit/s: values are taken as they stand, compare their size."
            ),
            said=unit,
        )


def _labels(grid: Grid, mapping: Mapping, cells: Cells) -> Iterator[Placed]:
    for label in read_labels(grid, mapping, cells):
        yield Placed(
            *(mapping.series, mapping.economy, str(label.year), label.breakdown, label.value, label.flag),
            *("", "", "", label.row, label.column),
        )


def _each_once(placed: list[Placed], cells: Cells) -> list[Placed]:
    """Of a value that stands twice, the first; two different ones are read from neither place."""
    first: dict[tuple[str, ...], Placed] = {}
    refused: set[tuple[str, ...]] = set()
    for one in placed:
        key = (one.series, one.economy, one.period, one.breakdown, one.vintage)
        twin = first.setdefault(key, one)
        if twin is one:
            continue
        values = {
            "series": one.series,
            "economy": one.economy,
            "year": one.period,
            "cell": cell_name(twin.row, twin.column),
        }
        if twin.value == one.value:
            template = marked(
                "%(series)s of %(economy)s in %(year)s stands in %(cell)s as well, with the same value."
            )
            cells.note(one.row, one.column, template, "", severity="warning", **values)
        else:
            refused.add(key)
            template = marked(
                "%(series)s of %(economy)s in %(year)s stands in %(cell)s as well, with another value: neither is read."
            )
            expected = marked("each economy once; a column “vintage” where the values are of two.")
            cells.note(one.row, one.column, template, expected, **values)
    return [one for key, one in first.items() if key not in refused]
