"""Winsorise: move the outermost values inwards until skewness and kurtosis pass, or the limit is reached."""

import numpy as np

from actionlines.measurement.cube import Floats, Mask, Places
from actionlines.measurement.moments import skewness_and_kurtosis


def passes(skewness: Floats, kurtosis: Floats, most_skewness: Floats, most_kurtosis: Floats) -> Mask:
    """Whether columns need no treatment: |skewness| or kurtosis below its threshold; constants pass."""
    with np.errstate(invalid="ignore"):
        fails = (np.abs(skewness) >= most_skewness) & (kurtosis >= most_kurtosis)
    return np.asarray(~fails)


def winsorised(
    columns: Floats, most_skewness: Floats, most_kurtosis: Floats, limit: Places, force: Mask
) -> tuple[Floats, Places, Places]:
    """Move the ends of columns (K, N) in.

    One set of tied values at a time takes the next inner value, on the side of the longer tail as it is then. A set
    is only moved when all points moved so far and it stay within the limit.

    Args:
        columns: values, NaN missing; most_skewness, most_kurtosis: thresholds (K,) of `passes`.
        limit: points moved at most, (K,); force: go to the limit even where the column passes, (K,).

    Returns:
        Columns (K, N), and numbers of points moved at the low and at the high end, (K,) each.
    """
    ordered = np.sort(columns, axis=-1)
    count = (~np.isnan(columns)).sum(axis=-1)
    low, high = np.zeros(len(columns), np.intp), np.zeros(len(columns), np.intp)
    result = columns.copy()
    active = np.arange(len(columns))
    while len(active):
        skewness, kurtosis = skewness_and_kurtosis(result[active])
        open_ = ~passes(skewness, kurtosis, most_skewness[active], most_kurtosis[active]) | force[active]
        active, right = active[open_], skewness[open_] > 0
        new_low, new_high = _next(ordered[active], count[active], low[active], high[active], right)
        able = (new_low + new_high <= limit[active]) & (new_low + new_high < count[active])
        active = active[able]
        low[active], high[active] = new_low[able], new_high[able]
        rows = np.arange(len(active))
        mine = ordered[active]
        least = mine[rows, low[active]][:, None]
        most = mine[rows, count[active] - 1 - high[active]][:, None]
        result[active] = np.clip(columns[active], least, most)
    return result, low, high


def _next(ordered: Floats, count: Places, low: Places, high: Places, right: Mask) -> tuple[Places, Places]:
    """Points moved at either end once the outermost set of the longer tail has moved one value in."""
    rows = np.arange(len(ordered))
    most = ordered[rows, count - 1 - high][:, None]
    least = ordered[rows, low][:, None]
    with np.errstate(invalid="ignore"):
        beyond_high = (ordered >= most).sum(axis=-1)
        beyond_low = (ordered <= least).sum(axis=-1)
    return np.where(right, low, beyond_low), np.where(right, beyond_high, high)
