"""Weights from people: points that experts give, and comparisons in pairs."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats

# Mean consistency index of random comparisons of K elements, K = 1, 2, …: Saaty (1980), as used since.
_RANDOM_INDEX: Final = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


def by_budget(points: Sequence[Mapping[str, float]], codes: Sequence[str]) -> Floats:
    """The mean of the experts' points (budget allocation), each expert's brought to sum to 1 over `codes`."""
    given = np.array([[expert.get(code, 0.0) for code in codes] for expert in points])
    return np.asarray((given / given.sum(axis=1, keepdims=True)).mean(axis=0))


def by_comparisons(ratios: Floats) -> tuple[Floats, float]:
    """Weights (K,) and consistency ratio of comparisons in pairs, (K, K), by the principal eigenvector (AHP).

    `ratios[i, j]` says how many times more important i is than j. A consistency ratio above 0.1 is commonly taken
    for too inconsistent.
    """
    values, vectors = np.linalg.eig(ratios)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    count = len(ratios)
    index = (values[first].real - count) / (count - 1) if count > 1 else 0.0
    random = _RANDOM_INDEX[min(count, len(_RANDOM_INDEX)) - 1]
    return weights / weights.sum(), float(index / random) if random else 0.0
