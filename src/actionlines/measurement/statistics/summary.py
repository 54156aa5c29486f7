"""The summary of each indicator: location, spread, shape, availability, and what looks wrong."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Mask
from actionlines.measurement.moments import skewness_and_kurtosis

FLAGS: Final = ("available", "nonzero", "unique", "outliers")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below or beyond what an indicator is flagged.

    Attributes:
        available, nonzero, unique: least shares of cells with a value, of non-zero values among them, and of distinct
            values among them.
        skewness, kurtosis: an indicator has outliers when |skewness| is above the one and kurtosis above the other.
    """

    available: float = 0.65
    nonzero: float = 0.5
    unique: float = 0.5
    skewness: float = 2.0
    kurtosis: float = 3.5


@dataclass(frozen=True, slots=True)
class Summary:
    """One indicator over N cells.

    Attributes:
        code: of the indicator; count: N.
        minimum, maximum, mean, median: of the values; deviation: standard deviation (n − 1).
        skewness, kurtosis: corrected for bias, as in `moments`; NaN for constant or very few values.
        available: how many cells have a value; nonzero: how many values are not 0; unique: how many are distinct;
            same: how often the most frequent one stands.
        flags: names of `FLAGS` that apply.
    """

    code: str
    count: int
    minimum: float
    maximum: float
    mean: float
    median: float
    deviation: float
    skewness: float
    kurtosis: float
    available: int
    nonzero: int
    unique: int
    same: int
    flags: tuple[str, ...]


def summaries(cube: Cube, period: str = "", thresholds: Thresholds | None = None) -> list[Summary]:
    """Summaries of the indicators of a cube without draws, units that screening took out left aside.

    Args:
        period: one period, '' for the values of all periods together.

    Raises:
        KeyError: no such period.
    """
    table, here = table_of(cube, period)
    return [
        _summary(code, column[here], thresholds or Thresholds())
        for code, column in zip(cube.indicators, table.T, strict=True)
    ]


def table_of(cube: Cube, period: str = "") -> tuple[Floats, Mask]:
    """A cube's values as a table (N, I), of one period or ('') of all; and which rows are included, (N,).

    Raises:
        KeyError: no such period.
    """
    if period and period not in cube.periods:
        raise KeyError(period)
    place = slice(None) if not period else slice(cube.periods.index(period), cube.periods.index(period) + 1)
    return np.asarray(cube.values[place].reshape(-1, cube.values.shape[-1])), cube.included[place].ravel()


def _summary(code: str, column: Floats, thresholds: Thresholds) -> Summary:
    values = column[~np.isnan(column)]
    available, nonzero = len(values), int(np.count_nonzero(values))
    _, counts = np.unique(values, return_counts=True)
    skewness, kurtosis = (
        (float(one) for one in skewness_and_kurtosis(values)) if available else (np.nan, np.nan)
    )
    shares = (
        available / max(len(column), 1) < thresholds.available,
        nonzero < thresholds.nonzero * available,
        len(counts) < thresholds.unique * available,
        abs(skewness) > thresholds.skewness and kurtosis > thresholds.kurtosis,
    )
    some = values if available else np.array([np.nan])
    return Summary(
        code,
        len(column),
        float(some.min()),
        float(some.max()),
        float(some.mean()),
        float(np.median(some)),
        float(some.std(ddof=1)) if available > 1 else np.nan,
        skewness,
        kurtosis,
        available,
        nonzero,
        len(counts),
        int(counts.max(initial=0)),
        tuple(flag for flag, low in zip(FLAGS, shares, strict=True) if low),
    )
