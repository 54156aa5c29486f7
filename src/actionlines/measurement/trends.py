"""Trends: how fast each series of each unit moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats
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

    'growth' is the compound annual rate (last/first)^(1/years) − 1, 'change' the mean percentage change per year,
    (last − first)/|first| × 100/years, 'slope' the ordinary least squares slope per year.

    Args:
        periods: the window, none for all; each unit's own values in these very periods are used.
        latest: use the last so many periods of the window; 0 for all.

    Raises:
        InputError: an unknown period, or periods that are no years.
    """
    unknown = [period for period in periods if period not in cube.periods]
    if unknown:
        fault = marked("the data have no period “%(period)s”.")
        raise InputError(Problem(fault, {"period": period}) for period in unknown)
    if method not in METHODS:
        raise ValueError(f"no trend called {method}")
    chosen = [place for place, period in enumerate(cube.periods) if not periods or period in periods][
        -latest:
    ]
    years, values = years_of(cube)[chosen], cube.values[chosen]
    there = ~np.isnan(values)
    any_ = there.any(axis=0)
    head = np.argmax(there, axis=0)
    tail = len(chosen) - 1 - np.argmax(np.flip(there, axis=0), axis=0)
    start, end = (np.take_along_axis(values, place[None], axis=0)[0] for place in (head, tail))
    span = years[tail] - years[head]
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = _rates(method, start, end, np.where(span > 0, span, np.nan), values, years)
    return Trends(
        method,
        cube.units,
        cube.indicators,
        np.where(any_, rates, np.nan),
        np.where(any_, years[head], np.nan),
        np.where(any_, years[tail], np.nan),
        there.mean(axis=0),
    )


def _rates(method: str, start: Floats, end: Floats, span: Floats, values: Floats, years: Floats) -> Floats:
    if method == "growth":
        return np.asarray((end / start) ** (1 / span) - 1)
    if method == "change":
        return np.asarray((end - start) / np.abs(start) * 100 / span)
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    time = np.where(there, years[:, None, None], 0.0)
    centred = np.where(there, years[:, None, None] - time.sum(axis=0) / count, 0.0)
    spread = (centred**2).sum(axis=0)
    return np.asarray(
        (centred * np.where(there, values, 0.0)).sum(axis=0) / np.where(spread > 0, spread, np.nan)
    )
