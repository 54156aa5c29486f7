"""Scores of one element from normalised indicators that all draws share, under weights of their own.

The step `aggregate` gives every element to every draw. Here, where only weights vary and means are arithmetic or
geometric, indicators stay without an axis of draws and nothing is computed that the element does not need. Sums go
child by child, not through a matrix product, so that a draw's score does not depend on the draws beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Mask
from actionlines.measurement.steps.aggregate import Group

METHODS: Final = ("arithmetic", "geometric")


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """One child or element.

    Attributes:
        values: (P, U) or (D, P, U); of no meaning where it is not there.
        there: whether it has a value, (P, U), the same in all draws; undefined: whether its mean is none, (P, U) or
            (D, P, U).
    """

    values: Floats
    there: Mask
    undefined: Mask


def tail_scores(cube: Cube, groups: tuple[Group, ...], element: str) -> Floats | None:
    """Scores (D, P, U) of an element, or None where this way does not lead.

    Args:
        cube: normalised, without draws in its values; its weights may have them.
        groups: of the step `aggregate`, lower levels first.
    """
    by_element = {group.element: group for group in groups}
    if cube.values.ndim > 3 or element not in by_element:
        return None
    needed = _below(by_element, element)
    if any(by_element[code].method not in METHODS for code in needed) or _weightless(
        cube, by_element, needed
    ):
        return None
    nodes: dict[str, _Node] = {}
    for group in groups:
        if group.element in needed:
            children = [code for code in group.children if code in cube.column or code in nodes]
            if children:
                found = [nodes[code] if code in nodes else _leaf(cube, code) for code in children]
                nodes[group.element] = _mean(group, found, [_weight(cube, group, code) for code in children])
    if element not in nodes:
        return None
    found_ = nodes[element]
    scores = np.where(found_.there & ~found_.undefined, found_.values, np.nan)
    return scores if scores.ndim == 3 else scores[None]


def _below(by_element: Mapping[str, Group], element: str) -> set[str]:
    """The element and the elements below it."""
    return {element}.union(
        *(_below(by_element, child) for child in by_element[element].children if child in by_element)
    )


def _weightless(cube: Cube, by_element: Mapping[str, Group], needed: set[str]) -> bool:
    """Whether a weight is 0 in some draw: who counts then differs between draws."""
    return any(
        not np.all(_weight(cube, by_element[code], child))
        for code in needed
        for child in by_element[code].children
    )


def _weight(cube: Cube, group: Group, child: str) -> Floats:
    """A child's weight, () or (D, 1, 1)."""
    own = group.weights[group.children.index(child)]
    weight = np.asarray(cube.weights.get(child, own), np.float64)
    return weight[:, None, None] if weight.ndim else weight


def _leaf(cube: Cube, code: str) -> _Node:
    values = cube.series(code)
    there: Mask = ~np.isnan(values)
    return _Node(np.where(there, values, 0.0), there, np.zeros(there.shape, np.bool_))


def _mean(group: Group, children: list[_Node], weights: list[Floats]) -> _Node:
    count = sum(child.there.astype(np.intp) for child in children)
    there: Mask = np.asarray(count >= max(1.0, group.availability * len(group.children) - 1e-9))
    undefined: Mask = reduce(np.logical_or, (child.undefined for child in children))
    geometric = group.method == "geometric"
    values = [child.values for child in children]
    if geometric:
        negative = reduce(np.logical_or, (child.there & (child.values < 0) for child in children))
        undefined = undefined | (there & negative)
        with np.errstate(divide="ignore", invalid="ignore"):
            values = [np.log(np.where(child.there, child.values, 1.0)) for child in children]
    with np.errstate(invalid="ignore", divide="ignore"):
        total = reduce(np.add, (weight * one for weight, one in zip(weights, values, strict=True)))
        mean = total / _denominator(children, weights)
        mean = np.exp(mean) if geometric else mean
    # Where it is not there, a zero keeps the sums above it clean.
    return _Node(np.where(there & ~undefined, mean, 0.0), there, undefined)


def _denominator(children: list[_Node], weights: list[Floats]) -> Floats:
    """Sum of the weights of the children that are there: (), (D, 1, 1), (P, U) or (D, P, U)."""
    whole: Floats = reduce(np.add, weights)
    same = all((child.there == children[0].there).all() for child in children)
    if same:
        return whole
    return np.asarray(
        reduce(np.add, (weight * child.there for weight, child in zip(weights, children, strict=True)))
    )
