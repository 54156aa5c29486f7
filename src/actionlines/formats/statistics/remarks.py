"""What only all values of a series together show: percentages written as fractions, columns in thousands."""

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from actionlines.formats.statistics.cells import Cells
from actionlines.formats.statistics.mapping import Mapping
from actionlines.formats.tabular import Grid, cell_name
from actionlines.measurement.series import series_by_code
from actionlines.problems import Problem, marked

if TYPE_CHECKING:
    from actionlines.formats.statistics.reading import Placed

_THOUSANDS: Final = re.compile(
    r"\b(thousands?|'000s?|000s|milliers?|miles|тыс|millions?|млн)\b|千|百万|بالآلاف|بالملايين", re.IGNORECASE
)
_FEWEST: Final = 5  # values of a series, before their size says anything


def thousands_in(grid: Grid, mapping: Mapping) -> str:
    """The address of a cell above the values that speaks of thousands or millions, '' where none does."""
    for number, row in enumerate(grid.rows[: mapping.header], 1):
        for place, cell in enumerate(row):
            if _THOUSANDS.search(cell):
                return cell_name(number, place)
    return ""


def remarks_on_values(
    placed: "list[Placed]", mapping: Mapping, thousands: str, cells: Cells
) -> "list[Placed]":
    """The values in the units of the catalogue; series of which nobody says how they are written are held back."""
    known = series_by_code()
    by_series: defaultdict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        by_series[one.series].append(one)
    held: set[str] = set()
    for code, own in by_series.items():
        shares = known[code].unit_class == "percent"
        if shares and mapping.fractions is None and _like_fractions(own):
            held.add(code)
            template = marked(
                "%(series)s counts per cent, and none of its %(count)d values is above 1: is it written as a fraction?"
            )
            _tell(cells, own[0], template, marked("say whether percentages are fractions."), code, len(own))
        elif shares and mapping.fractions:
            for one in own:
                one.value *= 100
        if known[code].unit_class == "number" and mapping.factor is None and thousands:
            held.add(code)
            template = marked("%(series)s counts units, and %(cell)s speaks of thousands or millions.")
            _tell(cells, own[0], template, marked("say the factor."), code, len(own), thousands)
        elif known[code].unit_class == "number" and mapping.factor:
            for one in own:
                one.value *= Decimal(mapping.factor)
    return [one for one in placed if one.series not in held]


def _like_fractions(own: "list[Placed]") -> bool:
    return len(own) >= _FEWEST and all(0 <= one.value <= 1 for one in own) and any(one.value for one in own)


def _tell(
    cells: Cells, first: "Placed", template: str, expected: str, code: str, count: int, cell: str = ""
) -> None:
    place = cell_name(first.row, first.column)
    values = {"series": code, "count": count, "cell": cell}
    cells.problems.append(Problem(template, values, cells.name, first.row, place, expected))
