"""Fill from the same unit's other periods: the latest value, a constant between values, a straight line."""

from typing import Final

import numpy as np

from actionlines.measurement.cube import Bits, Flag, Floats, Mask, Places

METHODS: Final = ("latest", "constant", "linear")


def fill(values: Floats, years: Floats, method: str, max_gap: float) -> tuple[Floats, Bits]:
    """Fill along the periods.

    'latest' carries the last value forward. 'constant' does so too, and carries the first value back. 'linear'
    draws a straight line between neighbouring values and carries the ends flat; a series with one value is flat.

    Args:
        values: (…, P, U, I); years: (P,) ascending, as numbers.
        max_gap: years from the missing cell to the nearest value used, at most.

    Returns:
        Filled values, and the bits (…, P, U, I) CARRIED or INTERPOLATED where something was filled.
    """
    missing = np.isnan(values)
    before, after = _neighbours(missing)
    count = values.shape[-3]
    back = np.take_along_axis(values, np.maximum(before, 0), axis=-3)
    ahead = np.take_along_axis(values, np.minimum(after, count - 1), axis=-3)
    here = years[:, None, None]
    since = np.where(before >= 0, here - years[np.maximum(before, 0)], np.inf)
    until = np.where(after < count, years[np.minimum(after, count - 1)] - here, np.inf)
    near_back, near_ahead = since <= max_gap, until <= max_gap
    filled = np.full(values.shape, np.nan)
    bits = np.zeros(values.shape, np.uint16)
    if method == "linear":
        between = missing & np.isfinite(since) & np.isfinite(until) & (near_back | near_ahead)
        with np.errstate(invalid="ignore", divide="ignore"):
            line = back + (ahead - back) * (since / (since + until))
        filled[between], bits[between] = line[between], Flag.INTERPOLATED
        forward = missing & near_back & np.isinf(until)
    else:
        forward = missing & near_back
    filled[forward], bits[forward] = back[forward], Flag.CARRIED
    if method != "latest":
        backward = missing & np.isinf(since) & near_ahead
        filled[backward], bits[backward] = ahead[backward], Flag.CARRIED
    return np.where(missing, filled, values), bits


def _neighbours(
    missing: Mask,
) -> tuple[Places, Places]:
    """Places, along the periods, of the nearest value before (-1: none) and after (P: none) every cell."""
    count = missing.shape[-3]
    place = np.arange(count).reshape(-1, 1, 1)
    before = np.maximum.accumulate(np.where(missing, -1, place), axis=-3)
    after = np.flip(
        np.minimum.accumulate(np.flip(np.where(missing, count, place), axis=-3), axis=-3), axis=-3
    )
    return before, after
