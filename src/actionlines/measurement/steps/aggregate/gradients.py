"""How an element's score answers to each child: partial derivatives of the means.

Values are (…, K), weights (K,); results are (…, K), 0 for a missing child.
"""

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.steps.aggregate.means import arithmetic, power, spread
from actionlines.measurement.steps.aggregate.step import POWERS, Group

DIFFERENTIABLE = ("arithmetic", *POWERS, "power", "median", "mazziotta_pareto", "ordered", "mean_min")


def gradient(group: Group, values: Floats, weights: Floats) -> Floats:
    """∂ element / ∂ child.

    At a kink (a tie in a median, a minimum or an order) the children that share it share its derivative.

    Raises:
        KeyError: the method compares units with each other and has no derivative.
    """
    if group.method not in DIFFERENTIABLE:
        raise KeyError(group.method)
    there = ~np.isnan(values)
    shares = np.where(there, weights, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = shares / shares.sum(axis=-1, keepdims=True)
        if group.method == "arithmetic":
            found = shares
        elif group.method in POWERS or group.method == "power":
            found = _of_power(values, weights, shares, POWERS.get(group.method, group.power))
        elif group.method == "mazziotta_pareto":
            found = _of_mazziotta_pareto(values, weights, shares, group)
        elif group.method == "mean_min":
            found = _of_mean_min(values, weights, shares, group)
        else:
            found = _of_order(values, shares, group)
    return np.where(there & np.isfinite(found), found, 0.0)


def _of_power(values: Floats, weights: Floats, shares: Floats, exponent: float) -> Floats:
    mean = power(values[None], weights, exponent)[0] if values.ndim == 2 else power(values, weights, exponent)
    return np.asarray(shares * (values / mean[..., None]) ** (exponent - 1))


def _of_mazziotta_pareto(values: Floats, weights: Floats, shares: Floats, group: Group) -> Floats:
    mean, variance = (one[..., None] for one in spread(values, weights, sample=group.sample))
    count = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    scale = np.where(count > 1, count / np.maximum(count - 1, 1), 0.0) if group.sample else 1.0
    return np.asarray(
        shares + group.penalty * (2 * scale * shares * (values - mean) / mean - variance * shares / mean**2)
    )


def _of_mean_min(values: Floats, weights: Floats, shares: Floats, group: Group) -> Floats:
    mean = arithmetic(values, weights)[..., None]
    least = np.fmin.reduce(np.where(shares > 0, values, np.inf), axis=-1, keepdims=True)
    lowest = (values == least) / (values == least).sum(axis=-1, keepdims=True)
    distance = mean - least
    root = np.sqrt(distance**2 + group.beta**2)
    steepness = np.where(root > 0, distance / root, 0.0)
    return np.asarray(shares - group.alpha * steepness * (shares - lowest))


def _of_order(values: Floats, shares: Floats, group: Group) -> Floats:
    """Of a median or an ordered mean: the weight of the place each child has in the order."""
    if group.method == "ordered":
        order = np.array(group.order[: values.shape[-1]])
        count = (~np.isnan(values)).sum(axis=-1, keepdims=True)
        heads = np.where(np.arange(len(order)) < count, order, 0.0)
        by_place = heads / heads.sum(axis=-1, keepdims=True)
        places = np.argsort(
            np.argsort(-np.where(np.isnan(values), -np.inf, values), axis=-1, kind="stable"), axis=-1
        )
        return _shared(values, np.take_along_axis(by_place, places, axis=-1))
    rising = np.argsort(np.where(np.isnan(values), np.inf, values), axis=-1, kind="stable")
    heaped = np.cumsum(np.take_along_axis(shares, rising, axis=-1), axis=-1)
    before = np.concatenate([np.zeros((*heaped.shape[:-1], 1)), heaped[..., :-1]], axis=-1)
    slack = 1e-12
    lower = (before < 0.5 - slack) & (heaped >= 0.5 - slack)
    upper = (before <= 0.5 + slack) & (heaped > 0.5 + slack)
    found = np.zeros(values.shape)
    np.put_along_axis(found, rising, (lower.astype(float) + upper) / 2, axis=-1)
    return _shared(values, found)


def _shared(values: Floats, found: Floats) -> Floats:
    """Equal values get the mean of what their places get."""
    same = values[..., :, None] == values[..., None, :]
    return np.asarray((same * found[..., None, :]).sum(axis=-1) / np.maximum(same.sum(axis=-1), 1))
