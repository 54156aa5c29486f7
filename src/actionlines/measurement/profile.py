"""The profile of a unit: scores and ranks, strengths and weaknesses."""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.result import Result
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in one indicator or element.

    Attributes:
        code, parent: of the indicator or element; level: 1 for an indicator.
        score: as computed; rank: 1 is best, equal scores have the same; ranked: how many units have a rank.
        value: in the unit of the data, for an indicator; NaN else.
    """

    code: str
    parent: str
    level: int
    score: float
    rank: float
    ranked: int
    value: float = float("nan")


@dataclass(frozen=True, slots=True)
class Profile:
    """A unit in a period.

    Attributes:
        unit, period: which; standings: the index, then each level below down to the indicators.
        strengths, weaknesses: indicators with the best and the worst ranks, the clearest first.
        filled: share of its indicators whose value was imputed.
    """

    unit: str
    period: str
    standings: tuple[Standing, ...]
    strengths: tuple[Standing, ...]
    weaknesses: tuple[Standing, ...]
    filled: float


def place_of(result: Result, unit: str, period: str = "") -> tuple[int, int]:
    """Where a unit and a period ('' for the latest) stand on the axes of the result.

    Raises:
        InputError: the result does not have them; the message says whether screening took the unit out.
    """
    cube = result.cube
    period = period or cube.periods[-1]
    problems: list[Problem] = []
    if period not in cube.periods:
        known = ", ".join(cube.periods)
        fault = marked("the data have no period “%(period)s”.")
        problems.append(
            Problem(fault, {"period": period, "known": known}, expected=marked("one of: %(known)s."))
        )
    if unit not in cube.units:
        fault = marked("the data have no unit “%(unit)s”.")
        if unit in result.source.units:
            fault = marked("screening took the unit “%(unit)s” out.")
        problems.append(Problem(fault, {"unit": unit}))
    if problems:
        raise InputError(problems)
    return cube.periods.index(period), cube.units.index(unit)


def profile(result: Result, unit: str, period: str = "", count: int = 5) -> Profile:
    """The profile of a unit.

    Args:
        period: '' for the latest; count: how many strengths and weaknesses at most. An indicator whose
            value is imputed, or in which every unit has the same rank, is neither.

    Raises:
        InputError: no such unit or period.
    """
    row, column = place_of(result, unit, period)
    tree = result.tree
    standings = [
        _standing(result, code, row, column)
        for code in (*tree.top_down, *(one.code for one in tree.indicators))
        if code in result.cube.column
    ]
    # Equal ranks in the order of the specification; no indicator is both.
    telling = [
        one
        for one in standings
        if one.level == 1 and np.isfinite(one.value) and _telling(result, one.code, row)
    ]
    half = len(telling) // 2
    best = sorted(telling, key=lambda one: one.rank)[: min(count, len(telling) - half)]
    worst = sorted(telling, key=lambda one: -one.rank)[: min(count, half)]
    return Profile(
        unit,
        result.cube.periods[row],
        tuple(standings),
        tuple(best),
        tuple(worst),
        float(result.filled()[row, column]),
    )


def _standing(result: Result, code: str, row: int, column: int) -> Standing:
    ranks = result.ranks(code)[row]
    tree = result.tree
    value = float("nan")
    if tree.levels[code] == 1:
        unit = result.source.units.index(result.cube.units[column])
        value = float(result.source.series(code)[row, unit])
    return Standing(
        code,
        tree.by_code[code].parent,
        tree.levels[code],
        float(result.scores(code)[row, column]),
        float(ranks[column]),
        int((~np.isnan(ranks)).sum()),
        value,
    )


def _telling(result: Result, code: str, row: int) -> bool:
    ranks = result.ranks(code)[row]
    return len(np.unique(ranks[~np.isnan(ranks)])) > 1
