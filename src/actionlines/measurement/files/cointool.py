"""Import the workbook of the JRC's COIN Tool: its sheets Database and Framework.

Where things stand (COIN Tool of 2019, full and lite): on the sheet Database, from column E on, one column for each
indicator: row 7 weight, 8 direction, 9 lower and 10 upper goalpost, 11 to 14 the codes of the elements above it from
the index down, 15 name, 16 code; from row 17 on one row for each unit, name in B, code in C, values from E. On the
sheet Framework, under a header row with “Dimension/indicator”, code in C, weight in E and name in H.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from actionlines.measurement.cube import Cube
from actionlines.measurement.files.frame import as_text
from actionlines.measurement.files.layout import MISSING
from actionlines.problems import InputError, Problem, marked

_FIRST_COLUMN: Final = 4  # E, counted from 0
_FIRST_ROW: Final = 16  # row 17
_WEIGHT, _DIRECTION, _LOWER, _UPPER = 6, 7, 8, 9
_ABOVE: Final = (13, 12, 11, 10)  # rows 14 to 11: the nearest element first, the index last
_NAME, _CODE = 14, 15

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, eq=False)
class CoinTool:
    """What a workbook says.

    Attributes:
        document: of a specification; its steps treat outliers, normalise to 0–100 and take arithmetic means, the
            defaults of the COIN Tool. cube: the data, one period.
    """

    document: dict[str, Any]
    cube: Cube


def read_cointool(path: Path) -> CoinTool:
    """Read a workbook of the COIN Tool.

    Raises:
        InputError: no workbook, no such sheets, or faults in them, all at once with row and column.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    problems: list[Problem] = []
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            [Problem(marked("not a workbook: %(reason)s."), {"reason": error}, path.name)]
        ) from None
    absent = [sheet for sheet in ("Database", "Framework") if sheet not in book.sheet_names]
    if absent:
        fault = marked("there is no sheet “%(sheet)s”.")
        raise InputError(Problem(fault, {"sheet": sheet}, path.name) for sheet in absent)
    # Rows and columns are counted from the sheet's corner, empty ones too.
    database = book.get_sheet_by_name("Database").to_python(skip_empty_area=False)
    framework = book.get_sheet_by_name("Framework").to_python(skip_empty_area=False)
    columns = [place for place in range(_FIRST_COLUMN, _width(database)) if _has_data(database, place)]
    units = [place for place in range(_FIRST_ROW, len(database)) if _cell(database, place, 2)]
    if not columns or not units:
        raise InputError([Problem(marked("the sheet Database has no data."), {}, path.name)])
    document = _document(database, framework, columns, path.name, problems)
    values = [[_number(database, row, column, path.name, problems) for column in columns] for row in units]
    if problems:
        raise InputError(problems)
    cube = Cube.of(
        np.array(values),
        [_cell(database, row, 2) for row in units],
        [_cell(database, _CODE, column) for column in columns],
        names={_cell(database, row, 2): _cell(database, row, 1) for row in units},
    )
    return CoinTool(document, cube)


def _cell(rows: Rows, row: int, column: int) -> str:
    if row >= len(rows) or column >= len(rows[row]):
        return ""
    return as_text(rows[row][column])


def _width(rows: Rows) -> int:
    return max((len(row) for row in rows), default=0)


def _has_data(rows: Rows, column: int) -> bool:
    return any(_cell(rows, row, column).lower() not in MISSING for row in range(_FIRST_ROW, len(rows)))


def _number(rows: Rows, row: int, column: int, name: str, problems: list[Problem]) -> float:
    text = _cell(rows, row, column)
    if text.lower() in MISSING:
        return float("nan")
    try:
        return float(text)
    except ValueError:
        template = marked("“%(value)s” is not a number.")
        code = _cell(rows, _CODE, column)
        problems.append(Problem(template, {"value": text}, name, row + 1, code, marked("a number, or n/a.")))
        return float("nan")


def _document(
    database: Rows, framework: Rows, columns: list[int], name: str, problems: list[Problem]
) -> dict[str, Any]:
    lineages = [_lineage(database, column) for column in columns]
    root = lineages[0][-1] if lineages[0] else ""
    if not root or any(not one or one[-1] != root for one in lineages):
        problems.append(Problem(marked("the indicators do not all belong to one index."), {}, name, 11))
    titles = _titles(framework)
    elements: dict[str, dict[str, Any]] = {}
    for lineage in lineages:
        for code, parent in pairwise(lineage):
            title, weight = titles.get(code, ("", 1.0))
            elements.setdefault(
                code, {"code": code, "title": title or code, "parent": parent, "weight": weight}
            )
    indicators = [
        _indicator(database, column, lineage, name, problems)
        for column, lineage in zip(columns, lineages, strict=True)
    ]
    return {
        "index": {"code": root, "title": titles.get(root, ("", 1.0))[0] or root},
        "elements": list(elements.values()),
        "indicators": indicators,
        "steps": [{"step": "treat"}, {"step": "normalise"}, {"step": "aggregate"}],
    }


def _lineage(rows: Rows, column: int) -> list[str]:
    """The elements above an indicator, the nearest first; a level the workbook does not use is empty or a dash."""
    found = [_cell(rows, row, column) for row in _ABOVE]
    return list(dict.fromkeys(code for code in found if code.strip("-–")))


def _indicator(
    rows: Rows, column: int, lineage: list[str], name: str, problems: list[Problem]
) -> dict[str, Any]:
    weight, direction, lower, upper = (
        _number(rows, row, column, name, problems) for row in (_WEIGHT, _DIRECTION, _LOWER, _UPPER)
    )
    indicator: dict[str, Any] = {
        "code": _cell(rows, _CODE, column),
        "title": _cell(rows, _NAME, column),
        "parent": lineage[0] if lineage else "",
        "direction": -1 if direction < 0 else 1,
        "weight": 1.0 if np.isnan(weight) else weight,
    }
    if lower < upper:
        indicator["goalposts"] = [upper, lower] if direction < 0 else [lower, upper]
    return indicator


def _titles(rows: Rows) -> dict[str, tuple[str, float]]:
    """Code to name and weight of the elements."""
    titles: dict[str, tuple[str, float]] = {}
    for row in range(len(rows)):
        code, weight, title = (_cell(rows, row, column) for column in (2, 4, 7))
        if code and title and title != "--":
            try:
                titles[code] = (title, float(weight) if weight else 1.0)
            except ValueError:
                continue
    return titles
