"""Trends: how fast each series of each unit moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Places
from actionlines.measurement.steps.impute.step import years_of
from actionlines.problems import InputError, Problem, marked

METHODS: Final = ("growth", "change", "slope")


@dataclass(frozen=True, eq=False)
class Trends:
    """Trends of a panel.

    Attributes:
        method: one of `METHODS`; units, indicators: of the rates (U, I), NaN where there are too few values.
        first, latest: years of the first and the last value used, (U, I); available: share of the window's periods
            that have a value, (U, I).
    """

    method: str
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    rates: Floats
    first: Floats
    latest: Floats
    available: Floats


def trends(cube: Cube, method: str = "growth", periods: Sequence[str] = (), latest: int = 0) -> Trends:
    """The trend of every unit and indicator.

    'growth' is the compound annual rate (last/first)^(1/years) − 1, 0 where both are equal. 'slope' is the ordinary
    least squares slope per year, and 'change' that slope in per cent of the fitted first value. Rates are in the
    direction of the data: for an indicator of which less is better a fall is below 0.

    Args:
        periods: the window, none for all; each unit's own values in these very periods are used.
        latest: use only so many periods up to the last value of each series; 0 for all. A series that does not
            reach back so far has no trend.

    Raises:
        InputError: an unknown period, or periods that are no years.
    """
    unknown = [period for period in periods if period not in cube.periods]
    if unknown:
        fault = marked("the data have no period “%(period)s”.")
        raise InputError(Problem(fault, {"period": period}) for period in unknown)
    if method not in METHODS:
        raise ValueError(f"no trend called {method}")
    chosen = [place for place, period in enumerate(cube.periods) if not periods or period in periods]
    years, values = years_of(cube)[chosen], cube.values[chosen]
    there = ~np.isnan(values)
    tail = len(chosen) - 1 - np.argmax(np.flip(there, axis=0), axis=0)
    reaches = np.ones(tail.shape, np.bool_)
    if latest:
        place = np.arange(len(chosen))[:, None, None]
        window = (place > tail - latest) & (place <= tail)
        there, reaches = there & window, tail >= latest - 1
        values = np.where(window, values, np.nan)
    head = np.argmax(there, axis=0)
    enough = (there.sum(axis=0) > 1) & reaches
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = (
            _growth(values, years, head, tail) if method == "growth" else _line(values, years, head, method)
        )
    share = there.sum(axis=0) / (latest or len(chosen))
    rates, first, last = (np.where(enough, one, np.nan) for one in (rates, years[head], years[tail]))
    return Trends(method, cube.units, cube.indicators, rates, first, last, share)


def _growth(values: Floats, years: Floats, head: Places, tail: Places) -> Floats:
    start, end = (np.take_along_axis(values, place[None], axis=0)[0] for place in (head, tail))
    span = years[tail] - years[head]
    return np.where(start == end, 0.0, (end / start) ** (1 / np.where(span > 0, span, np.nan)) - 1)


def _line(values: Floats, years: Floats, head: Places, method: str) -> Floats:
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    time = np.where(there, years[:, None, None], 0.0)
    middle = time.sum(axis=0) / count
    centred = np.where(there, years[:, None, None] - middle, 0.0)
    known = np.where(there, values, 0.0)
    spread = (centred**2).sum(axis=0)
    slope = (centred * known).sum(axis=0) / np.where(spread > 0, spread, np.nan)
    if method == "slope":
        return np.asarray(slope)
    start = known.sum(axis=0) / count + slope * (years[head] - middle)
    return np.where(slope == 0, 0.0, slope / start * 100)
