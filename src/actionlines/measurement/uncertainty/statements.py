"""What can be said about scores and ranks that are uncertain: intervals, probabilities, groups.

Arrays are (N, …) over N draws. `shares` (N,) are the draws' probabilities where they are not equal, as in an
enumeration; None otherwise.
"""

import numpy as np

from actionlines.measurement.cube import Floats, Mask, Places
from actionlines.measurement.uncertainty.evaluation import Ranks


def quantiles(values: Floats, at: Floats, shares: Floats | None) -> Floats:
    """Quantiles (Q, K) of columns (N, K), missing values left out; NaN for a column without any.

    Draws of equal probability are a sample: between two order statistics the quantile is interpolated (type 7 of
    Hyndman and Fan 1996). With shares the distribution is known: the quantile is the least value that is not
    exceeded with at least the wanted probability.
    """
    found = np.full((len(at), values.shape[1]), np.nan)
    for place in range(values.shape[1]):
        column = values[:, place]
        there = ~np.isnan(column)
        column = column[there]
        if not len(column):
            continue
        if shares is None:
            found[:, place] = np.quantile(column, at)
        else:
            order = np.argsort(column, kind="stable")
            heaped = np.cumsum(shares[there][order])
            # 0.95 of 20 equal shares are 19 of them, whatever rounding says.
            where = np.searchsorted(heaped, at * heaped[-1] - 1e-12, side="left")
            found[:, place] = column[order][np.minimum(where, len(column) - 1)]
    return found


def rank_probabilities(order: Ranks, shares: Floats | None) -> Floats:
    """Probability (U, U) of each rank 1 … U of each unit, from ranks (N, U), 0 for none.

    Rows sum to the probability that the unit has a rank at all.
    """
    count = order.shape[1]
    found = np.empty((count, count))
    for unit in range(count):
        heap = np.bincount(order[:, unit], shares, minlength=count + 1)
        found[unit] = heap[1:]
    return found / (len(order) if shares is None else shares.sum())


def pairwise(order: Ranks, shares: Floats | None) -> Floats:
    """Probability (U, U) that the row's unit has a better rank than the column's, among the draws that have both.

    Ties count for neither: the two probabilities of a pair need not sum to 1. NaN on the diagonal, and for pairs
    that are never together.
    """
    found = np.full((order.shape[1], order.shape[1]), np.nan)
    ranked = np.flatnonzero(order.any(axis=0))
    columns = np.ascontiguousarray(order[:, ranked].T)
    count = len(columns)
    gaps = not columns.all()
    # Tied units have the rank of the first of them: without ties the ranks sum to 1 + 2 + … .
    ties = gaps or bool((columns.sum(axis=0, dtype=np.int64) != count * (count + 1) // 2).any())
    whole = float(len(order)) if shares is None else float(shares.sum())

    def heap(mask: Mask) -> float:
        return float(np.count_nonzero(mask) if shares is None else shares @ mask)

    for first, one in enumerate(columns):
        for second, two in enumerate(columns[first + 1 :], start=first + 1):
            pair = (ranked[first], ranked[second])
            if gaps:
                there = (one > 0) & (two > 0)
                both, better, worse = heap(there), heap((one < two) & there), heap((one > two) & there)
            else:
                both, better = whole, heap(one < two)
                worse = heap(one > two) if ties else whole - better
            if both > 0:
                found[pair], found[pair[::-1]] = better / both, worse / both
    return found


def indistinguishable(probabilities: Floats, level: float) -> Mask:
    """Pairs (U, U) of which neither is better with a probability of at least `level`; a unit is like itself."""
    better = np.nan_to_num(probabilities) >= level
    return np.asarray(~(better | better.T))


def groups(alike: Mask, ordered: Places) -> Places:
    """Numbers (U,) of groups from the best, 1 …: each begins at the first unit that its predecessor's first beats.

    `ordered` are the places of the units that are grouped, best first; others get 0.
    """
    found = np.zeros(len(alike), np.intp)
    number, first = 0, -1
    for unit in ordered:
        if first < 0 or not alike[first, unit]:
            number, first = number + 1, int(unit)
        found[unit] = number
    return found
