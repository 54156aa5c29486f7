"""Skewness and kurtosis, corrected for bias."""

import numpy as np

from actionlines.measurement.cube import Floats


def skewness_and_kurtosis(values: Floats, axis: int | tuple[int, ...] = -1) -> tuple[Floats, Floats]:
    """The estimators G1 and G2 (excess kurtosis) along `axis`, missing values left out.

    G1 = √(n(n−1))/(n−2) · m₃/m₂^1.5 and G2 = (n−1)/((n−2)(n−3)) · ((n+1)(m₄/m₂² − 3) + 6), after Joanes and Gill
    (1998), "Comparing measures of sample skewness and kurtosis". NaN for constant values, for fewer than 3 values
    (skewness) and fewer than 4 (kurtosis).
    """
    missing = np.isnan(values)
    gaps = bool(missing.any())
    count = (~missing).sum(axis=axis).astype(np.float64) if gaps else np.float64(_size(values, axis))
    total = (
        np.where(missing, 0.0, values).sum(axis=axis, keepdims=True)
        if gaps
        else values.sum(axis=axis, keepdims=True)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = values - total / np.expand_dims(count, axis if np.ndim(count) else ())
        if gaps:
            deviation[missing] = 0.0
        square = deviation * deviation
        second = square.sum(axis=axis) / count
        third = (square * deviation).sum(axis=axis) / count
        fourth = (square * square).sum(axis=axis) / count
        skewness = np.sqrt(count * (count - 1)) / (count - 2) * third / second**1.5
        kurtosis = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * (fourth / second**2 - 3) + 6)
    # Rounding leaves a constant a variance of some 1e-32 of its square: that is none.
    flat = second <= 1e-28 * (total.reshape(second.shape) / count) ** 2
    return (
        np.where(flat | (count < 3), np.nan, skewness),
        np.where(flat | (count < 4), np.nan, kurtosis),
    )


def _size(values: Floats, axis: int | tuple[int, ...]) -> int:
    size = 1
    for one in (axis,) if isinstance(axis, int) else axis:
        size *= values.shape[one]
    return size
