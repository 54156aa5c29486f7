"""Fill from a model of the indicators together: expectation-maximisation, or chained equations.

Indicators are standardised first, and rows are (unit, period) pairs. Both models are kept proper where there are
fewer rows than indicators by a ridge: a prior as strong as `ridge` × N rows in which the indicators are unrelated.
"""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Floats, Mask, Places


@dataclass(frozen=True, slots=True)
class Model:
    """How to model.

    Attributes:
        method: 'em' (multivariate normal) or 'chained' (each indicator regressed on the others, in turn).
        ridge: weight of the prior, as a share of the rows; cycles: rounds at most; tolerance: largest change of a
            standardised value between rounds at which it stops.
    """

    method: str = "em"
    ridge: float = 0.01
    cycles: int = 100
    tolerance: float = 1e-6


def expected(table: Floats, model: Model) -> Floats:
    """A table (N, I) with each missing cell at its expected value given the row's other cells.

    Rows without any value, and columns without any, stay as they are.
    """
    return _completed(table, model, None)


def drawn(table: Floats, model: Model, rng: np.random.Generator) -> Floats:
    """A table (N, I) with each missing cell drawn from its predictive distribution.

    The parameters' own uncertainty is in the draw: 'em' fits them to a bootstrap sample of the rows, 'chained'
    draws coefficients and residual variance from their posterior.
    """
    return _completed(table, model, rng)


def _completed(table: Floats, model: Model, rng: np.random.Generator | None) -> Floats:
    there = ~np.isnan(table)
    rows, columns = there.any(axis=1), there.any(axis=0)
    part = table[np.ix_(rows, columns)]
    seen = there[np.ix_(rows, columns)]
    mean, deviation = _scales(part, seen)
    z = np.where(seen, (part - mean) / deviation, 0.0)
    complete = _by_expectation if model.method == "em" else _by_chains
    z = complete(z, seen, model, rng)
    filled = table.copy()
    filled[np.ix_(rows, columns)] = np.where(seen, part, z * deviation + mean)
    return filled


def _scales(part: Floats, seen: Mask) -> tuple[Floats, Floats]:
    counts = seen.sum(axis=0)
    mean = np.where(seen, part, 0.0).sum(axis=0) / counts
    variance = (np.where(seen, part - mean, 0.0) ** 2).sum(axis=0) / counts
    return mean, np.where(variance > 0, np.sqrt(variance), 1.0)


def _by_expectation(z: Floats, seen: Mask, model: Model, rng: np.random.Generator | None) -> Floats:
    sample = rng.integers(len(z), size=len(z)) if rng else np.arange(len(z))
    mean, covariance = _fit(z[sample], seen[sample], model)
    filled, spread = _conditional(z, seen, mean, covariance)
    if rng is None:
        return filled
    for pattern, (rows, gaps, among) in spread.items():
        del pattern
        root = np.linalg.cholesky(among + 1e-12 * np.eye(len(among)))
        filled[np.ix_(rows, gaps)] += rng.standard_normal((len(rows), len(gaps))) @ root.T
    return filled


Spread = dict[
    bytes,
    tuple[Places, Places, Floats],
]


def _fit(z: Floats, seen: Mask, model: Model) -> tuple[Floats, Floats]:
    """Mean and covariance by expectation-maximisation."""
    count, width = z.shape
    mean, covariance = np.zeros(width), np.eye(width)
    filled = np.full(z.shape, np.inf)
    for _ in range(model.cycles):
        new, spread = _conditional(z, seen, mean, covariance)
        moved = np.abs(new - filled).max()
        filled = new
        mean = filled.mean(axis=0)
        scatter = (filled - mean).T @ (filled - mean)
        for rows, gaps, among in spread.values():
            scatter[np.ix_(gaps, gaps)] += len(rows) * among
        prior = model.ridge * count
        covariance = (scatter + prior * np.eye(width)) / (count + prior)
        if moved < model.tolerance:
            break
    return mean, covariance


def _conditional(z: Floats, seen: Mask, mean: Floats, covariance: Floats) -> tuple[Floats, Spread]:
    """Missing cells at their conditional mean; with rows, columns and conditional covariance of each pattern."""
    filled = z.copy()
    spread: Spread = {}
    patterns, members = np.unique(seen, axis=0, return_inverse=True)
    for place, pattern in enumerate(patterns):
        gaps, known = np.flatnonzero(~pattern), np.flatnonzero(pattern)
        if not len(gaps):
            continue
        rows = np.flatnonzero(members.ravel() == place)
        across = covariance[np.ix_(gaps, known)]
        slope = np.linalg.solve(covariance[np.ix_(known, known)], across.T).T
        filled[np.ix_(rows, gaps)] = mean[gaps] + (z[np.ix_(rows, known)] - mean[known]) @ slope.T
        among = covariance[np.ix_(gaps, gaps)] - slope @ across.T
        spread[pattern.tobytes()] = (rows, gaps, (among + among.T) / 2)
    return filled, spread


def _by_chains(z: Floats, seen: Mask, model: Model, rng: np.random.Generator | None) -> Floats:
    gaps = (~seen).sum(axis=0)
    # Fewest gaps first; ties by the column's content, not its place, so that the order of indicators cannot matter.
    order = sorted(np.flatnonzero(gaps), key=lambda column: (gaps[column], *np.sort(z[:, column])))
    filled = z.copy()
    cycles = 10 if rng else model.cycles
    for _ in range(cycles):
        before = filled.copy()
        for column in order:
            others = np.delete(filled, column, axis=1)
            known = seen[:, column]
            filled[~known, column] = _regressed(others, filled[:, column], known, model.ridge, rng)
        if rng is None and np.abs(filled - before).max() < model.tolerance:
            break
    return filled


def _regressed(
    others: Floats, target: Floats, known: Mask, ridge: float, rng: np.random.Generator | None
) -> Floats:
    x = np.column_stack([np.ones(len(others)), others])
    count, width = int(known.sum()), x.shape[1]
    penalty = ridge * count * np.eye(width)
    penalty[0, 0] = 1e-12
    precision = x[known].T @ x[known] + penalty
    slope = np.linalg.solve(precision, x[known].T @ target[known])
    if rng is None:
        return np.asarray(x[~known] @ slope)
    residual = target[known] - x[known] @ slope
    freedom = max(count - np.trace(np.linalg.solve(precision, x[known].T @ x[known])), 1.0)
    deviation = np.sqrt((residual @ residual) / rng.chisquare(freedom))
    root = np.linalg.cholesky(np.linalg.inv(precision))
    drawn_slope = slope + deviation * (root @ rng.standard_normal(width))
    return np.asarray(x[~known] @ drawn_slope + deviation * rng.standard_normal(int((~known).sum())))
