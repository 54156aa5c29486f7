"""Functions that draw in a long tail, each over columns (K, N) of values, missing ones left out."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.moments import skewness_and_kurtosis


def _range(columns: Floats) -> tuple[Floats, Floats]:
    low = np.fmin.reduce(columns, axis=-1, keepdims=True)
    return low, np.fmax.reduce(columns, axis=-1, keepdims=True)


def _mirrored(function: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    """The function for right tails, and its mirror image for left tails."""

    def both(columns: Floats) -> Floats:
        left = np.nan_to_num(skewness_and_kurtosis(columns)[0]) < 0
        sign = np.where(left, -1.0, 1.0)[..., None]
        return np.asarray(sign * function(sign * columns))

    return both


def log_ct(columns: Floats) -> Floats:
    """ln(x − min + 0.01·(max − min)): the log of the JRC's COIN Tool."""
    low, high = _range(columns)
    return np.log(columns - low + 0.01 * (high - low))


def log_ct_orig(columns: Floats) -> Floats:
    """ln(x − min + 1), an older form of it; its strength depends on the unit."""
    low, _ = _range(columns)
    return np.log(columns - low + 1)


def _log_gii(columns: Floats) -> Floats:
    low, high = _range(columns)
    return np.log((np.abs(high) - 1) * (columns - low) / (high - low) + 1)


def box_cox(columns: Floats, power: float) -> Floats:
    """(x^power − 1)/power, ln x at power 0; columns that reach 0 or below are first moved to start at 1."""
    low, _ = _range(columns)
    positive = np.where(low > 0, columns, columns - low + 1)
    return np.log(positive) if power == 0 else (positive**power - 1) / power


def box_cox_best(columns: Floats) -> Floats:
    """Box-Cox with the power of highest likelihood, each column its own, within [−5, 5]."""
    from scipy.optimize import minimize_scalar
    from scipy.stats import boxcox_llf

    treated = np.full(columns.shape, np.nan)
    for row, column in enumerate(columns):
        seen = ~np.isnan(column)
        low = column[seen].min()
        positive = column[seen] if low > 0 else column[seen] - low + 1

        def unlikely(power: float, data: Floats = positive) -> float:
            return -float(boxcox_llf(power, data))

        power = float(minimize_scalar(unlikely, bounds=(-5, 5), method="bounded", options={"xatol": 1e-10}).x)
        treated[row] = box_cox(column[None], power)[0]
    return treated


FUNCTIONS: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "none": lambda columns: columns,
    "log_ct": log_ct,
    "log_ct_plus": _mirrored(log_ct),
    "log_ct_orig": log_ct_orig,
    # Global Innovation Index: ln((max − 1)(x − min)/(max − min) + 1), mirrored for left tails.
    "log_gii": _mirrored(_log_gii),
    "box_cox": box_cox_best,
}
