"""Benefit of the doubt: every unit under the weights that are best for it."""

import numpy as np

from actionlines.measurement.cube import Floats


def benefit_of_the_doubt(table: Floats, least_share: float = 0.0) -> tuple[Floats, Floats]:
    """Scores and weights of the units of a table (N, K).

    For each unit: the weights w ≥ 0 that make Σ w·x greatest, under which no peer gets more than 1. Peers are the
    units that have a value in all children the unit has. `least_share` is the part of its own score that every
    child must give at least. After Cherchye et al. (2007), "An introduction to benefit of the doubt composite
    indicators".

    Returns:
        Scores (N,) from 0 to 1, and weights (N, K), 0 for missing children; NaN for a unit without positive value.

    Raises:
        ValueError: negative values.
    """
    from scipy.optimize import linprog

    if np.nanmin(table, initial=0.0) < 0:
        raise ValueError("benefit of the doubt needs values of at least 0")
    scores = np.full(len(table), np.nan)
    weights = np.full(table.shape, np.nan)
    there = ~np.isnan(table)
    for row, own in enumerate(table):
        have = np.flatnonzero(there[row])
        if not len(have) or not own[have].any():
            continue
        peers = table[there[:, have].all(axis=1)][:, have]
        limits, bounds = [peers], [np.ones(len(peers))]
        if least_share:
            share = least_share * np.tile(own[have], (len(have), 1)) - np.diag(own[have])
            limits, bounds = [*limits, share], [*bounds, np.zeros(len(have))]
        found = linprog(-own[have], np.vstack(limits), np.concatenate(bounds), method="highs")
        if found.success:
            scores[row] = -found.fun
            weights[row] = 0.0
            weights[row, have] = found.x
    return scores, weights
