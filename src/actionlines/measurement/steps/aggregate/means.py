"""Means of the children of an element, missing ones left out and their weight shared by the others.

Values are (…, P, U, K) for K children, weights (K,) or (D, K), one row for each draw. Results are (…, P, U); NaN
where no child with weight is there, and where the mean is not defined.
"""

import numpy as np

from actionlines.measurement.cube import Floats, Mask


def weighted_sum(values: Floats, weights: Floats) -> Floats:
    """Σ weight × value over the last axis."""
    if weights.ndim == 1:
        return np.asarray(values @ weights)
    if values.ndim == 3:
        return np.asarray(np.moveaxis(values @ weights.T, -1, 0))
    flat = values.reshape(values.shape[0], -1, values.shape[-1])
    return np.asarray(flat @ weights[:, :, None]).reshape(values.shape[:-1])


def arithmetic(values: Floats, weights: Floats) -> Floats:
    """Σ w·x / Σ w."""
    missing = np.isnan(values)
    if not missing.any():
        total: Floats = weights.sum(axis=-1)
        return weighted_sum(values, weights) / (total if weights.ndim == 1 else total[:, None, None])
    total = weighted_sum((~missing).astype(np.float64), weights)
    return weighted_sum(np.where(missing, 0.0, values), weights) / np.where(total > 0, total, np.nan)


def power(values: Floats, weights: Floats, exponent: float) -> Floats:
    """(Σ w·x^p / Σ w)^(1/p), the geometric mean at p = 0; NaN for negative values, 0 where a value is 0 and p ≤ 0."""
    # 0 · ln 0 would be NaN: a child without weight must not count, whatever its value.
    safe = np.where(weightless(values, weights), 1.0, values)
    positive = np.where(safe < 0, np.nan, safe)
    with np.errstate(divide="ignore", invalid="ignore"):
        if exponent == 0:
            mean = np.exp(arithmetic(np.log(positive), weights))
        else:
            mean = arithmetic(positive**exponent, weights) ** (1 / exponent)
    # A negative value makes the mean undefined; it is not merely missing.
    return np.where((safe < 0).any(axis=-1), np.nan, mean)


def weightless(values: Floats, weights: Floats) -> Mask:
    """Which cells have a value but no weight, broadcast to the values."""
    none = weights == 0 if weights.ndim == 1 else (weights == 0)[:, None, None, :]
    return np.asarray(none & ~np.isnan(values))


def median(values: Floats, weights: Floats) -> Floats:
    """The weighted median: half of the weight below it, half above; the middle of two values where they meet."""
    wide = weights if weights.ndim == 1 else weights[:, None, None, :]
    values, shares = np.broadcast_arrays(values, wide)
    shares = np.where(np.isnan(values), 0.0, shares)
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    heaped = np.cumsum(np.take_along_axis(shares, order, axis=-1), axis=-1)
    half = heaped[..., -1:] / 2
    slack = 1e-12 * heaped[..., -1:]
    lower = np.argmax(heaped >= half - slack, axis=-1)[..., None]
    upper = np.argmax(heaped > half + slack, axis=-1)[..., None]
    middle = (np.take_along_axis(ordered, lower, -1) + np.take_along_axis(ordered, upper, -1)) / 2
    return np.where(half > 0, middle, np.nan)[..., 0]


def spread(values: Floats, weights: Floats, *, sample: bool) -> tuple[Floats, Floats]:
    """Weighted mean and variance over the children, divided by n or, as of a sample, by n − 1."""
    mean = arithmetic(values, weights)
    variance = arithmetic((values - mean[..., None]) ** 2, weights)
    if not sample:
        return mean, variance
    count = (~np.isnan(values)).sum(axis=-1)
    return mean, variance * np.where(count > 1, count / np.maximum(count - 1, 1), 0.0)


def mazziotta_pareto(values: Floats, weights: Floats, sign: float, *, sample: bool) -> Floats:
    """Mean + sign × sd × (sd / mean): sign −1 punishes unbalance where more is better, 1 where less is.

    After De Muro, Mazziotta and Pareto (2011), who divide by n; some programs divide by n − 1 (`sample`).
    """
    mean, variance = spread(values, weights, sample=sample)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(mean + sign * variance / mean)


def mean_min(values: Floats, weights: Floats, alpha: float, beta: float) -> Floats:
    """Mean − α(√((mean − min)² + β²) − β): α = 0 is the mean, α = 1 and β = 0 the minimum (Tarabusi, Guarini)."""
    mean = arithmetic(values, weights)
    least = np.fmin.reduce(np.where(weightless(values, weights), np.inf, values), axis=-1)
    return np.asarray(mean - alpha * (np.sqrt((mean - least) ** 2 + beta**2) - beta))


def ordered(values: Floats, weights: Floats, order: Floats) -> Floats:
    """Ordered weighted average: `order` (K,) weighs the best, second, … value; the children's weights do not count.

    Missing children have no place in the order: the first weights are used, scaled to sum to 1.
    """
    del weights
    falling = -np.sort(-values, axis=-1)
    return arithmetic(falling, order)
