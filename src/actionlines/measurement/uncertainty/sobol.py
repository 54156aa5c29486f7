"""Sobol' indices from the matrices of Saltelli's design, with a bootstrap of whole rows.

The first-order index is estimated by mean(f_B · (f_AB − f_A))/V after Saltelli et al. (2010), with the mean of f_A
and f_B taken from all three first: uncentred, its error grows with the square of the mean. The total index is
Jansen's (1999) mean((f_A − f_AB)²)/2V. V is the variance of f_A and f_B together.
"""

import numpy as np

from actionlines.measurement.cube import Floats, Mask, Places
from actionlines.measurement.uncertainty.indices import Indices


def estimated(values: Floats, *, resamples: int, level: float, seed: int) -> Indices:
    """Indices from a target's values.

    Args:
        values: (N, F + 2, *T): of each row, matrices A, B, AB₁ … AB_F. A row with a missing value is left out, for
            the target that misses it.
        resamples: of the bootstrap, 0 for none; level: of its intervals (percentiles); seed: of its random numbers.
    """
    target = values.shape[2:]
    flat = values.reshape(*values.shape[:2], -1)
    used: Mask = np.asarray(~np.isnan(flat).any(axis=1))
    rows = used.sum(axis=0)
    sums = _sums(flat, used)
    first, total = _indices(sums.sum(axis=0)[None], rows[None])
    first_ends = total_ends = None
    if resamples:
        ends = _bootstrap(sums, used, resamples, level, seed)
        first_ends, total_ends = (end.reshape(2, -1, *target) for end in ends)
    shape = (flat.shape[1] - 2, *target)
    return Indices(
        first[0].reshape(shape), total[0].reshape(shape), rows.reshape(target), first_ends, total_ends
    )


def _sums(flat: Floats, used: Mask) -> Floats:
    """What each row adds to the sums the indices are made of, (N, 2 + 3F, T).

    f_A + f_B, f_A² + f_B², then for each factor f_B(f_AB − f_A), f_AB − f_A and (f_A − f_AB)²; about the mean of
    f_A and f_B and as shares of the largest value, which changes no index and keeps squares small.
    """
    kept = np.where(used[:, None], flat, 0.0)
    size = np.abs(kept).max(axis=(0, 1), initial=0.0)
    kept /= np.where(size > 0, size, 1.0)
    count = np.maximum(used.sum(axis=0), 1)
    kept = np.where(used[:, None], kept - kept[:, :2].sum(axis=(0, 1)) / (2 * count), 0.0)
    a, b, mixed = kept[:, 0], kept[:, 1], kept[:, 2:]
    step = mixed - a[:, None]
    squares = a**2 + b**2
    return np.concatenate([(a + b)[:, None], squares[:, None], b[:, None] * step, step, step**2], axis=1)


def _indices(sums: Floats, rows: Floats | Places) -> tuple[Floats, Floats]:
    """First and total indices (B, F, T) from sums (B, 2 + 3F, T) over `rows` (B, T) rows."""
    factors = (sums.shape[1] - 2) // 3
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = sums / rows[:, None]
        mean = whole[:, 0] / 2
        variance = whole[:, 1] / 2 - mean**2
        # A target that does not vary leaves a variance of rounding errors.
        variance = np.where(variance > 1e-28, variance, np.nan)[:, None]
        product, step, square = (whole[:, 2 + at * factors : 2 + (at + 1) * factors] for at in range(3))
        return (product - mean[:, None] * step) / variance, square / 2 / variance


def _bootstrap(sums: Floats, used: Mask, resamples: int, level: float, seed: int) -> tuple[Floats, Floats]:
    """Percentile intervals (2, F, T) of both indices; a resample draws whole rows, variance and all."""
    count = len(sums)
    rng = np.random.default_rng([seed, count])
    times = rng.multinomial(count, np.full(count, 1 / count), size=resamples).astype(np.float64)
    drawn = (times @ sums.reshape(count, -1)).reshape(resamples, *sums.shape[1:])
    first, total = _indices(drawn, times @ used.astype(np.float64))
    ends = np.array([(1 - level) / 2, (1 + level) / 2])
    return _percentiles(first, ends), _percentiles(total, ends)


def _percentiles(resampled: Floats, ends: Floats) -> Floats:
    """Percentiles over the first axis; NaN where a resample is NaN throughout."""
    found = np.full((2, *resampled.shape[1:]), np.nan)
    there = ~np.isnan(resampled).all(axis=0)
    found[:, there] = np.nanquantile(resampled[:, there], ends, axis=0)
    return found
