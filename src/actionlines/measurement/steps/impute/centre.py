"""Fill with the mean or median of the indicator over units, or over the units of the same group."""

import numpy as np

from actionlines.measurement.cube import Floats, Labels, Mask


def centres(values: Floats, labels: Labels | None, median: bool, pooled: bool) -> Floats:
    """What a missing cell would be filled with.

    Args:
        values: (…, P, U, I); labels: groups (P, U), '' for none, or None to take all units together.
        median: the median instead of the mean; pooled: over all periods instead of the cell's own.

    Returns:
        Array that broadcasts to the shape of `values`; NaN where the group has no value, or the unit no group.
    """
    if labels is None:
        return _centre(values, np.ones(values.shape[-3:-1], np.bool_), median, pooled)
    filled = np.full(values.shape, np.nan)
    for label in np.unique(labels[labels != ""]):
        members = labels == label
        centre = np.broadcast_to(_centre(values, members, median, pooled), values.shape)
        filled[..., members, :] = centre[..., members, :]
    return filled


def _centre(values: Floats, members: Mask, median: bool, pooled: bool) -> Floats:
    axis = (-3, -2) if pooled else -2
    seen = np.where(members[..., None], values, np.nan)
    there = ~np.isnan(seen)
    counts = there.sum(axis=axis, keepdims=True)
    if median:
        # Columns without any value give NaN; a 0 in their place keeps nanmedian from warning.
        safe = np.where(counts == 0, 0.0, seen)
        centre: Floats = np.nanmedian(safe, axis=axis, keepdims=True)
    else:
        centre = np.where(there, seen, 0.0).sum(axis=axis, keepdims=True) / np.maximum(counts, 1)
    return np.where(counts == 0, np.nan, centre)
