"""Fill from the unit's own other indicators, compared on one scale."""

import numpy as np

from actionlines.measurement.cube import Floats


def row_centres(
    values: Floats, directions: Floats, blocks: list[list[int]], median: bool, normalise: bool
) -> Floats:
    """What a missing cell would be filled with: the unit's mean (median) over the indicators of its block.

    Args:
        values: (…, P, U, I); directions: (I,) of 1 and -1; blocks: columns that belong together.
        normalise: bring each indicator to 0–100 by its range over the units first, and back afterwards.

    Returns:
        Array in the shape of `values`; NaN where the unit has no value in the block.
    """
    scaled, low, span = values, np.zeros(()), np.ones(())
    if normalise:
        signed = values * directions
        low = np.fmin.reduce(signed, axis=-2, keepdims=True)
        span = np.fmax.reduce(signed, axis=-2, keepdims=True) - low
        with np.errstate(invalid="ignore", divide="ignore"):
            scaled = (signed - low) / span * 100
    filled = np.full(values.shape, np.nan)
    for block in blocks:
        part = scaled[..., block]
        there = ~np.isnan(part)
        counts = there.sum(axis=-1, keepdims=True)
        if median:
            centre = np.nanmedian(np.where(counts == 0, 0.0, part), axis=-1, keepdims=True)
        else:
            centre = np.where(there, part, 0.0).sum(axis=-1, keepdims=True) / np.maximum(counts, 1)
        filled[..., block] = np.where(counts == 0, np.nan, centre)
    return (filled / 100 * span + low) * directions if normalise else filled
