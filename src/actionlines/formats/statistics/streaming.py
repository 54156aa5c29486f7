"""Long tables of any size, row by row: what the command line loads by the million."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from sys import intern
from typing import Final

from actionlines.formats.statistics.cells import economy_code, flag_code, series_code
from actionlines.formats.statistics.layouts import roles_of
from actionlines.formats.statistics.reading import BREAKDOWNS, day_of_vintage
from actionlines.formats.tabular import Row, read_table
from actionlines.measurement.checks.statistics import breakdown_of
from actionlines.measurement.numbers import NOTHING, plain_number
from actionlines.measurement.observation import Observation
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked

_MOST: Final = 200  # problems kept; a wrong column would say the same of every row
_NEEDED: Final = ("economy", "period", "series", "value")


def stream_long(path: Path, *, source: str = "", problems: list[Problem]) -> Iterator[Observation]:
    """The observations of a long table, one after the other; rows that cannot be used are added to `problems`.

    Raises:
        InputError: no table, or a column is missing.
    """
    table = read_table(path, any_size=True)
    at = roles_of(table.columns)
    missing = [role for role in _NEEDED if role not in at]
    if missing:
        template = marked("no column says the %(missing)s.")
        raise InputError([Problem(template, {"missing": ", ".join(missing)}, table.name, table.header_row)])
    reader = _Reader(table.name, at, source, problems)
    for row in table.rows:
        found = reader.read(row)
        if found is not None:
            yield found
    problems += table.problems


def _wrong(
    digits: str, economy: str, series: str, period: str, vintage: str | None
) -> tuple[str, str] | None:
    """The role of the cell that cannot be used, and why."""
    if not digits:
        return "value", marked("“%(said)s” is not a number.")
    if not economy:
        return "economy", marked("“%(said)s” is not an economy.")
    if not series:
        return "series", marked("“%(said)s” is not a series of the catalogue.")
    if len(period) != 4 or not period.isdecimal():
        return "period", marked("“%(said)s” is not a year.")
    return None if vintage is not None else ("vintage", marked("“%(said)s” is not the day of a vintage."))


@cache
def _breakdown(split: tuple[str, ...], parts: tuple[str, ...]) -> str:
    return breakdown_of(dict(zip(split, parts, strict=True)))


@dataclass
class _Reader:
    """Reads rows; absent columns stand at place -1, where an empty cell is put."""

    name: str
    at: dict[str, int]
    source: str
    problems: list[Problem]
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {code: one.unit.get("en") for code, one in series_by_code().items()}
        self.split = tuple(role for role in BREAKDOWNS if role in self.at)
        self.parts = tuple(self.at[role] for role in self.split)
        self.needed = tuple(self.at[role] for role in _NEEDED)
        self.more = tuple(self.at.get(role, -1) for role in ("flag", "nature", "note", "source", "vintage"))

    def read(self, row: Row) -> Observation | None:
        """The observation of a row, None where there is none or where it cannot be used."""
        cells = (*row.cells, "")
        economy_cell, period, series_cell, text = [cells[place] for place in self.needed]
        if text.lower() in NOTHING:
            return None
        digits, mark = plain_number(text)
        economy, series = economy_code(economy_cell), series_code(series_cell)
        flag_cell, nature, note, source, vintage_cell = [cells[place] for place in self.more]
        vintage = day_of_vintage(vintage_cell) if vintage_cell else ""
        wrong = _wrong(digits, economy, series, period, vintage)
        if wrong:
            column, template = wrong
            said = {"value": text, "economy": economy_cell, "series": series_cell, "period": period}
            self._fault(row, column, template, said.get(column, vintage_cell))
            return None
        flag, left = flag_code(flag_cell or mark, nature)
        return Observation(
            *(economy, series, intern(period), Decimal(digits), self.units[series], flag),
            *(intern(source) or self.source, ""),
            _breakdown(self.split, tuple([cells[place] for place in self.parts])),
            f"{left}; {note}" if left and note else left or note,
            vintage or "",
        )

    def _fault(self, row: Row, column: str, template: str, said: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(Problem(template, {"said": said[:60]}, self.name, row.number, column))
