"""Weights optimised so that the elements' correlations with the index are as important as wanted."""

from collections.abc import Callable

import numpy as np

from actionlines.measurement.cube import Floats


def by_importance(
    elements: Floats, index: Callable[[Floats], Floats], targets: Floats
) -> tuple[Floats, Floats, float]:
    """Weights (K,) under which the correlations with the index stand in the ratio of `targets`.

    Args:
        elements: scores (N, K); index: weights (K,) to the index (N,); targets: wanted importance (K,), above 0.

    Returns:
        Weights that sum to 1; each element's share of the correlations (K,); and the largest difference of a share
        from what was wanted, which is not 0 when no positive weights can reach it.

    Raises:
        ValueError: fewer than three complete rows.
    """
    from scipy.optimize import least_squares

    complete = ~np.isnan(elements).any(axis=1)
    if complete.sum() < 3:
        raise ValueError("fewer than three units have all values")
    wanted = targets / targets.sum()

    def shares(weights: Floats) -> Floats:
        whole = index(weights)
        both = complete & ~np.isnan(whole)
        found = np.array([np.corrcoef(column[both], whole[both])[0, 1] for column in elements.T])
        return np.asarray(found / found.sum())

    def weights_of(logs: Floats) -> Floats:
        raw = np.exp(np.append(logs, 0.0))
        return np.asarray(raw / raw.sum())

    def distance(logs: Floats) -> Floats:
        return np.asarray(shares(weights_of(logs)) - wanted)

    start = np.zeros(len(targets) - 1)
    found = least_squares(distance, start, bounds=(-12, 12), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    weights: Floats = weights_of(found.x)
    reached = shares(weights)
    return weights, reached, float(np.abs(reached - wanted).max())
