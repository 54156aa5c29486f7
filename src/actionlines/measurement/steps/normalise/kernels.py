"""The methods, each over tables (T, N, K): N values of K indicators, directed so that more is better where
nothing else is said.

Every function returns an array of the same shape. NaN stays NaN; where the method divides by a spread of 0 the
result is NaN, and the step says so.
"""

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.ranking import ranks


def extremes(tables: Floats) -> tuple[Floats, Floats]:
    """Least and greatest value of each indicator, (T, 1, K)."""
    return np.fmin.reduce(tables, axis=-2, keepdims=True), np.fmax.reduce(tables, axis=-2, keepdims=True)


def moments(tables: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation (n − 1) of each indicator, (T, 1, K)."""
    there = ~np.isnan(tables)
    count = there.sum(axis=-2, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, tables, 0.0).sum(axis=-2, keepdims=True) / count
        square = np.where(there, tables - mean, 0.0) ** 2
        return mean, np.sqrt(square.sum(axis=-2, keepdims=True) / (count - 1))


def minmax(tables: Floats, low: Floats, high: Floats) -> Floats:
    """(x − min)/(max − min), stretched to [low, high], each (K,)."""
    least, greatest = extremes(tables)
    return (tables - least) / (greatest - least) * (high - low) + low


def scaled(tables: Floats, lowest: Floats, highest: Floats, low: Floats, high: Floats) -> Floats:
    """(x − lowest)/(highest − lowest) with given bounds, stretched to [low, high], each (K,)."""
    return (tables - lowest) / (highest - lowest) * (high - low) + low


def zscore(tables: Floats, mean: Floats, deviation: Floats) -> Floats:
    """(x − mean)/sd, moved to the given mean and standard deviation, each (K,)."""
    centre, spread = moments(tables)
    return (tables - centre) / np.where(spread > 0, spread, np.nan) * deviation + mean


def rank(tables: Floats, ties: str) -> Floats:
    """Ranks, the best value having the highest."""
    return ranks(tables, -2, ties)


def percentile_rank(tables: Floats, ties: str) -> Floats:
    """(rank − 1)/(n − 1): 0 for the worst, 1 for the best."""
    count = (~np.isnan(tables)).sum(axis=-2, keepdims=True)
    return (ranks(tables, -2, ties) - 1) / np.where(count > 1, count - 1.0, np.nan)


def distance_to_max(tables: Floats) -> Floats:
    """1 − (max − x)/(max − min)."""
    least, greatest = extremes(tables)
    return 1 - (greatest - tables) / (greatest - least)


def distance_to(tables: Floats, reference: Floats, cap: Floats) -> Floats:
    """1 − (reference − x)/(reference − min), at most 1 where `cap` (K,) is 1; reference (T, 1, K) or (K,)."""
    least, _ = extremes(tables)
    distance = 1 - (reference - tables) / (reference - least)
    return np.where((cap == 1) & (distance > 1), 1.0, distance)


def centred_range(tables: Floats, middle: Floats, low: Floats, high: Floats) -> Floats:
    """(x − middle)/(max − min), so that the middle becomes the centre of [low, high], each (K,); middle (T, 1, K).

    With [70, 130] and the mean of a base year this is the scale of the adjusted Mazziotta–Pareto index.
    """
    least, greatest = extremes(tables)
    return (tables - middle) / (greatest - least) * (high - low) + (low + high) / 2


def fraction_of_max(tables: Floats, direction: Floats) -> Floats:
    """x/max where more is better, 1 − x/max where less is; not directed, direction (K,) is 1 or −1."""
    _, greatest = extremes(tables)
    fraction = tables / np.where(greatest == 0, np.nan, greatest)
    return np.where(direction > 0, fraction, 1 - fraction)


def goalposts(tables: Floats, worst: Floats, best: Floats, low: Floats, high: Floats) -> Floats:
    """(x − worst)/(best − worst), stretched to [low, high]; not directed, since the goalposts say the direction."""
    return (tables - worst) / (best - worst) * (high - low) + low
