"""Where things stand in a table of statistics: what a layout is recognised as, and what a person may say instead."""

import hashlib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from actionlines.formats.tabular import Grid

LAYOUTS: Final = ("long", "wide", "labels")
# Roles a column of a long or wide table can have besides `economy`, `series`, `period` and `value`.
MORE_ROLES: Final = (
    *("flag", "nature", "note", "source", "vintage", "unit_mult", "unit"),
    *("sex", "age", "area", "education", "wealth", "occupation", "breakdown"),
)


@dataclass(frozen=True)
class Mapping:
    """How a table is read. Columns are positions from 0.

    Attributes:
        layout: 'long': one row for each value; 'wide': a column for each year; 'labels': a column for each year and
            a row for each part of the population, of one economy and series.
        house: whose layout it was recognised as, such as 'WDI', or ''.
        header: row of the header, from 1.
        columns: role ('economy', 'series', 'period', 'value', or of `MORE_ROLES`) to column; 'label' for the rows'
            names in the layout 'labels'.
        years: column to year, where years are columns.
        notes, sources: year to the column with the notes and the sources of its values.
        economy, series: what all values are of, where no column says it.
        factor: by which every value is multiplied; None: not said.
        fractions: whether percentages are written as fractions; None: not said.
    """

    layout: str
    header: int
    columns: AnyMapping[str, int]
    house: str = ""
    years: AnyMapping[int, int] = field(default_factory=dict)
    notes: AnyMapping[int, int] = field(default_factory=dict)
    sources: AnyMapping[int, int] = field(default_factory=dict)
    economy: str = ""
    series: str = ""
    factor: int | None = None
    fractions: bool | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON holds it; `from_plain` reads it back."""
        return {
            **{name: getattr(self, name) for name in ("layout", "header", "house", "economy", "series")},
            **{name: getattr(self, name) for name in ("factor", "fractions")},
            "columns": dict(self.columns),
            **{name: {str(key): place for key, place in getattr(self, name).items()} for name in _BY_NUMBER},
        }

    @classmethod
    def from_plain(cls, value: AnyMapping[str, Any]) -> Self:
        """Of what `plain` gave."""
        numbered = {name: {int(key): place for key, place in value[name].items()} for name in _BY_NUMBER}
        return cls(**{**value, **numbered})


_BY_NUMBER: Final = ("years", "notes", "sources")


def signature_of(grid: Grid, header: int) -> str:
    """A digest of a table's header, years left out: equal for next year's table of the same layout."""
    cells = [cell for cell in grid.rows[header - 1] if not (cell.isdecimal() and len(cell) == 4)]
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
