"""Copeland's rule: units compared in pairs, child by child."""

import numpy as np

from actionlines.measurement.cube import Floats


def margins(table: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """How far each unit of a table (N, K) outranks each other one.

    Returns:
        Margin (N, N), the weight of the children in which the row's unit is better less that in which it is worse;
        and (N, N) the weight of the children both units have. The margin is antisymmetric to the last bit, so that
        the order of the units cannot matter.
    """
    margin = np.zeros((len(table), len(table)))
    common = np.zeros_like(margin)
    for values, weight in zip(table.T, weights, strict=True):
        difference = np.sign(values[:, None] - values[None, :])
        both = ~np.isnan(difference)
        margin += np.where(both, weight * difference, 0.0)
        common += np.where(both, weight, 0.0)
    return margin, common


def outranking_matrix(table: Floats, weights: Floats) -> Floats:
    """Share (N, N) of the common weight in which the row's unit is better, ties counting half; NaN without any.

    The diagonal is 0.
    """
    margin, common = margins(table, weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (margin / common + 1) / 2
    np.fill_diagonal(share, 0.0)
    return share


def copeland(table: Floats, weights: Floats) -> Floats:
    """Pairs won less pairs lost, (N,); NaN for a unit without a value."""
    margin, common = margins(table, weights)
    won = np.where(np.abs(margin) > 1e-12 * common, np.sign(margin), 0.0)
    return np.where(np.isnan(table).all(axis=1), np.nan, won.sum(axis=1))
