"""Ranks, with ties said: 'min' (1 2 2 4), 'max' (1 3 3 4), 'average' (1 2.5 2.5 4)."""

from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats

TIES: Final = ("min", "max", "average")


def ranks(values: Floats, axis: int = -1, ties: str = "min", *, descending: bool = False) -> Floats:
    """Ranks along `axis`, from 1; a missing value has none (NaN).

    Ascending, the lowest value has rank 1; descending, the highest.
    """
    rows = np.moveaxis(np.asarray(values, np.float64), axis, -1)
    signed = -rows if descending else rows
    order = np.argsort(signed, axis=-1, kind="stable")  # missing values come last
    ordered = np.take_along_axis(signed, order, axis=-1)
    count = rows.shape[-1]
    place = np.arange(count)
    new = np.ones(ordered.shape, np.bool_)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    first = np.maximum.accumulate(np.where(new, place, 0), axis=-1)
    if ties == "min":
        found = first + 1.0
    else:
        end = np.ones(ordered.shape, np.bool_)
        end[..., :-1] = new[..., 1:]
        flipped = np.flip(np.where(end, place, count - 1), axis=-1)
        last = np.flip(np.minimum.accumulate(flipped, axis=-1), axis=-1)
        found = last + 1.0 if ties == "max" else (first + last) / 2 + 1.0
    result = np.empty(rows.shape)
    np.put_along_axis(result, order, found, axis=-1)
    result[np.isnan(rows)] = np.nan
    return np.moveaxis(result, -1, axis)
