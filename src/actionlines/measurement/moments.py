"""Skewness and kurtosis, corrected for bias."""

import numpy as np

from actionlines.measurement.cube import Floats


def skewness_and_kurtosis(values: Floats, axis: int = -1) -> tuple[Floats, Floats]:
    """The estimators G1 and G2 (excess kurtosis) along `axis`, missing values left out.

    G1 = √(n(n−1))/(n−2) · m₃/m₂^1.5 and G2 = (n−1)/((n−2)(n−3)) · ((n+1)(m₄/m₂² − 3) + 6), after Joanes and Gill
    (1998), "Comparing measures of sample skewness and kurtosis". NaN for constant values, for fewer than 3 values
    (skewness) and fewer than 4 (kurtosis).
    """
    missing = np.isnan(values)
    gaps = bool(missing.any())
    known = np.where(missing, 0.0, values) if gaps else values
    count = (
        (~missing).sum(axis=axis, keepdims=True).astype(np.float64)
        if gaps
        else np.float64(values.shape[axis])
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = known.sum(axis=axis, keepdims=True) / count
        deviation = values - mean
        if gaps:
            deviation[missing] = 0.0
        square = deviation * deviation
        second = square.sum(axis=axis, keepdims=True) / count
        third = (square * deviation).sum(axis=axis, keepdims=True) / count
        fourth = (square * square).sum(axis=axis, keepdims=True) / count
        skewness = np.sqrt(count * (count - 1)) / (count - 2) * third / second**1.5
        kurtosis = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * (fourth / second**2 - 3) + 6)
        # Rounding leaves a constant a variance of some 1e-32 of its square: that is none.
        flat = second <= 1e-28 * mean**2
    skewness = np.where(flat | (count < 3), np.nan, skewness)
    kurtosis = np.where(flat | (count < 4), np.nan, kurtosis)
    return np.squeeze(skewness, axis), np.squeeze(kurtosis, axis)
