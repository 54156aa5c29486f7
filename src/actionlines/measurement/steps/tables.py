"""A cube's array as tables, one for every set of values that is looked at together."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)


def stacked(array: NDArray[Scalar], pooled: bool) -> NDArray[Scalar]:
    """An array (…, P, U, I) as tables (T, N, I): each period its own, or all periods of a draw in one; a view."""
    rows = array.shape[-2] * (array.shape[-3] if pooled else 1)
    return array.reshape(-1, rows, array.shape[-1])
