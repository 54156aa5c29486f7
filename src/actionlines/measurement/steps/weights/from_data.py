"""Weights of K elements from their values, a table (N, K) of normalised scores; each set sums to 1."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats


def complete_rows(table: Floats) -> Floats:
    """The rows without a missing value."""
    return np.asarray(table[~np.isnan(table).any(axis=1)])


def correlations(table: Floats) -> Floats:
    """Pearson correlations (K, K) over the complete rows.

    Raises:
        ValueError: fewer than three complete rows, or a column that does not vary.
    """
    rows = complete_rows(table)
    if len(rows) < 3:
        raise ValueError("fewer than three units have all values")
    if (np.ptp(rows, axis=0) == 0).any():
        raise ValueError("an element does not vary")
    return np.atleast_2d(np.corrcoef(rows, rowvar=False))


def first_component(table: Floats) -> tuple[Floats, float]:
    """Loadings (K,) of the first principal component of the correlations, and its share of the variance.

    Eigenvectors have no sign of their own: this one is turned so that its loadings sum to more than 0.
    """
    values, vectors = np.linalg.eigh(correlations(table))
    loadings = vectors[:, -1] * (1 if vectors[:, -1].sum() >= 0 else -1)
    return loadings, float(values[-1] / values.sum())


def by_component(table: Floats) -> Floats:
    """Squared loadings of the first component: the part each element has in its variance; never negative.

    After the OECD and JRC's Handbook on constructing composite indicators (2008), step 6.
    """
    return first_component(table)[0] ** 2


def by_entropy(table: Floats) -> Floats:
    """Shannon's entropy: the more unevenly an element is spread over the units, the more it weighs.

    Raises:
        ValueError: negative values, or an element whose values are all 0.
    """
    rows = complete_rows(table)
    if len(rows) < 2 or (rows < 0).any() or (rows.sum(axis=0) == 0).any():
        raise ValueError("entropy needs values of at least 0, not all of them 0, of two units or more")
    share = rows / rows.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.where(share > 0, share * np.log(share), 0.0).sum(axis=0)
    unevenness = 1 + information / np.log(len(rows))
    return _to_one(unevenness)


def by_critic(table: Floats) -> Floats:
    """CRITIC: standard deviation times disagreement, Σ (1 − r), with the other elements (Diakoulaki et al. 1995)."""
    rows = complete_rows(table)
    disagreement = (1 - correlations(table)).sum(axis=0)
    return _to_one(rows.std(axis=0, ddof=1) * disagreement)


def _to_one(weights: Floats) -> Floats:
    positive = np.maximum(weights, 0.0)
    total = positive.sum()
    return positive / total if total > 0 else np.full(len(weights), 1 / len(weights))


FROM_DATA: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "component": by_component,
    "entropy": by_entropy,
    "critic": by_critic,
}
