"""Cronbach's alpha: whether the children of an element measure one thing."""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.statistics.correlation import covariances


@dataclass(frozen=True, slots=True)
class Alpha:
    """Reliability of K items over N units.

    Attributes:
        alpha: Cronbach's (1951); NaN for one item, or items whose sum does not vary.
        interval: its confidence interval after Feldt (1965), which assumes normal values and takes N to be the units
            with all values; NaN with fewer than two such units.
        without: item to the alpha of the others; higher than `alpha` where the item does not fit.
        units: N.
    """

    alpha: float
    interval: tuple[float, float]
    without: dict[str, float]
    units: int


def cronbach(table: Floats, codes: tuple[str, ...], level: float = 0.95) -> Alpha:
    """Alpha of the columns of a table (N, K), from covariances of pairs over their common rows.

    Args:
        table: NaN is missing; codes: of the columns; level: of the interval.
    """
    matrix = covariances(table)
    alpha = _alpha(matrix)
    without = {
        code: _alpha(np.delete(np.delete(matrix, place, 0), place, 1)) for place, code in enumerate(codes)
    }
    units = int((~np.isnan(table)).all(axis=1).sum())
    return Alpha(alpha, _interval(alpha, units, len(codes), level), without, units)


def _alpha(matrix: Floats) -> float:
    count, total = len(matrix), float(matrix.sum())
    if count < 2 or not abs(total) > 1e-28 * float(np.abs(matrix).sum()):
        return float("nan")
    return float(count / (count - 1) * (1 - np.trace(matrix) / total))


def _interval(alpha: float, units: int, items: int, level: float) -> tuple[float, float]:
    from scipy.special import fdtri

    if units < 2 or items < 2 or np.isnan(alpha):
        return float("nan"), float("nan")
    between, within = units - 1, (units - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(between, within, (1 + way * level) / 2)) for way in (1, -1))
    return low, high
