"""Exact Sobol' indices of discrete factors, from the target's value at every combination."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.uncertainty.indices import Indices

# Shapley effects need the variance explained by each of the 2^F sets of factors.
_MOST_FOR_SHAPLEY: Final = 8


def enumerated(values: Floats, probabilities: Sequence[Floats]) -> Indices:
    """Indices from the values at all combinations; NaN for a target that is missing at one of them.

    Args:
        values: (C, *T), C combinations, the last factor's alternatives changing fastest.
        probabilities: of each factor's alternatives.
    """
    everything = tuple(range(len(probabilities)))
    flat = values.reshape(*map(len, probabilities), -1)
    size = np.abs(flat).max(axis=everything)
    flat = flat / np.where(size > 0, size, 1.0)
    centred = flat - _mean(flat, probabilities, everything)
    sizes = range(len(everything) + 1)
    if len(everything) > _MOST_FOR_SHAPLEY:
        sizes = range(0)
    wanted = {some for size in sizes for some in combinations(everything, size)}
    wanted |= (
        {(own,) for own in everything} | {_without(everything, own) for own in everything} | {everything}
    )
    explained = {some: _explained(centred, probabilities, some) for some in wanted}
    # What does not vary has a variance of rounding errors.
    variance = np.where(explained[everything] > 1e-28, explained[everything], np.nan)
    shape = (len(everything), *values.shape[1:])
    first = np.stack([explained[(own,)] for own in everything]) / variance
    total = 1 - np.stack([explained[_without(everything, own)] for own in everything]) / variance
    shapley = None
    if len(sizes):
        shapley = np.stack([_shapley(explained, everything, own) for own in everything]) / variance
        shapley = shapley.reshape(shape)
    rows = np.full(values.shape[1:], len(values), np.intp)
    return Indices(first.reshape(shape), total.reshape(shape), rows, shapley=shapley)


def _without(factors: tuple[int, ...], own: int) -> tuple[int, ...]:
    return tuple(other for other in factors if other != own)


def _mean(values: Floats, probabilities: Sequence[Floats], over: Iterable[int]) -> Floats:
    """Expected value over some factors; their axes stay, with length 1."""
    for axis in over:
        weights = probabilities[axis].reshape([-1 if at == axis else 1 for at in range(values.ndim)])
        values = (values * weights).sum(axis=axis, keepdims=True)
    return values


def _explained(centred: Floats, probabilities: Sequence[Floats], some: tuple[int, ...]) -> Floats:
    """Variance (T,) of the expected value given some factors."""
    others = [at for at in range(len(probabilities)) if at not in some]
    given = _mean(centred, probabilities, others)
    return _mean(given**2, probabilities, some).reshape(-1)


def _shapley(explained: Mapping[tuple[int, ...], Floats], factors: tuple[int, ...], own: int) -> Floats:
    """Mean over all orders of the variance a factor adds to those before it (Owen 2014)."""
    effect = np.zeros(explained[factors].shape)
    for size in range(len(factors)):
        weight = factorial(size) * factorial(len(factors) - size - 1) / factorial(len(factors))
        for before in combinations(_without(factors, own), size):
            effect = effect + weight * (explained[tuple(sorted((*before, own)))] - explained[before])
    return effect
