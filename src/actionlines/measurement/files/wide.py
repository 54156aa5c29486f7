"""Wide data: one row for each unit and period, one column for each series."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import numpy as np

from actionlines.measurement.cube import Cube, Labels, Places
from actionlines.measurement.files.columns import codes, numbers, places
from actionlines.measurement.files.layout import Layout
from actionlines.problems import InputError, Problem, marked

if TYPE_CHECKING:
    import polars as pl

_ERRORS: Final = "_se"


def wide_cube(
    frame: "pl.DataFrame", name: str, roles: Mapping[str, str], layout: Layout, wanted: Collection[str] | None
) -> Cube:
    """The cube of a wide table.

    Args:
        wanted: series to read; None for every column of numbers, columns of text being groupings then.

    Raises:
        InputError: every fault at once.
    """
    problems: list[Problem] = []
    # A table of one period may have a column called like a role that it does not play: 'series' with numbers.
    fixed = {role: roles[role] for role in ("unit", "name", "period") if role in roles}
    series, groups = _columns(frame, name, fixed, layout, wanted, problems)
    units, unit = places(codes(frame, fixed["unit"], name, problems))
    periods: tuple[str, ...] = ("",)
    period = np.zeros(len(frame), np.intp)
    if "period" in fixed:
        periods, period = places(codes(frame, fixed["period"], name, problems))
    _check_twice(frame, name, (period, unit), (periods, units), problems)
    table = {column: numbers(frame, column, name, problems) for column in series}
    if problems:
        raise InputError(problems)
    shape = (len(periods), len(units), sum(not column.endswith(_ERRORS) for column in series))
    values = np.full(shape, np.nan)
    errors = np.full(shape, np.nan) if any(column.endswith(_ERRORS) for column in series) else None
    named = {layout.rename.get(column, column): column for column in series if not column.endswith(_ERRORS)}
    for place, column in enumerate(named.values()):
        values[period, unit, place] = table[column]
        if errors is not None and column + _ERRORS in table:
            errors[period, unit, place] = table[column + _ERRORS]
    labels: dict[str, Labels] = {}
    for column in groups:
        words = np.array([str(cell or "").strip() for cell in frame[column].to_list()] or [""])
        labels[column] = np.full(shape[:2], "", words.dtype)
        labels[column][period, unit] = words
    names = (
        dict(zip([units[place] for place in unit], frame[fixed["name"]].to_list(), strict=True))
        if "name" in fixed
        else {}
    )
    return Cube.of(values, units, list(named), periods, groups=labels, errors=errors, names=names)


def _columns(
    frame: "pl.DataFrame",
    name: str,
    roles: Mapping[str, str],
    layout: Layout,
    wanted: Collection[str] | None,
    problems: list[Problem],
) -> tuple[list[str], list[str]]:
    """The columns that hold series, and those that hold groupings."""
    rest = [
        one
        for one in frame.columns
        if one != "__row" and one not in roles.values() and one not in layout.ignore
    ]
    groups = [column for column in layout.groups if column in rest]
    template = marked("no column named %(column)s.")
    problems += [Problem(template, {"column": one}, name, 1) for one in layout.groups if one not in rest]
    rest = [column for column in rest if column not in groups]
    if wanted is None:
        series = [column for column in rest if _numeric(frame, column)]
        return series, [*groups, *(column for column in rest if column not in series)]
    known = {*wanted, *(code + _ERRORS for code in wanted)}
    for column in rest:
        code = layout.rename.get(column, column)
        if code not in known:
            near = get_close_matches(code, known, n=1)
            expected = marked(
                "a series of the specification, a grouping or a column to ignore, said under [data]."
            )
            if near:
                expected = marked("a series of the specification, such as %(near)s.")
            values = {"column": column, "near": near[0] if near else ""}
            problems.append(
                Problem(marked("the column “%(column)s” is not known."), values, name, 1, column, expected)
            )
    return [column for column in rest if layout.rename.get(column, column) in known], groups


def _numeric(frame: "pl.DataFrame", column: str) -> bool:
    """Whether at least half of the cells that say something are numbers."""
    found: list[Problem] = []
    values = numbers(frame, column, "", found)
    said = int(np.isfinite(values).sum())
    return said >= max(1, len(found))


def _check_twice(
    frame: "pl.DataFrame",
    name: str,
    cells: tuple[Places, Places],
    axes: tuple[tuple[str, ...], tuple[str, ...]],
    problems: list[Problem],
) -> None:
    rows = frame["__row"].to_list()
    first: dict[tuple[int, int], int] = {}
    template = marked("the unit %(unit)s stands here twice for %(period)s, first in row %(first)s.")
    for row, period, unit in zip(rows, *(one.tolist() for one in cells), strict=True):
        before = first.setdefault((period, unit), row)
        if before != row:
            values = {"unit": axes[1][unit], "period": axes[0][period] or "–", "first": before}
            problems.append(Problem(template, values, name, row))
