"""Scores that a method does not define: they must not be taken for missing ones.

In a draw, the geometric mean of a pillar with a negative value is no number. Were it left as a missing pillar, the
index above it would be the mean of the other pillars, and nobody would see. Without draws such values are errors.
"""

from dataclasses import replace

import numpy as np

from actionlines.measurement.cube import Cube, Mask
from actionlines.measurement.steps.aggregate import Group


def without_undefined(cube: Cube, groups: tuple[Group, ...]) -> Cube:
    """The cube without scores above an element that has enough children and yet no score.

    Args:
        cube: with draws, just aggregated; groups: how, lower levels first.
    """
    column = cube.column
    elements = [group.element for group in groups if group.element in column]
    logs = any(group.method == "geometric" for group in groups)
    if not logs and not np.isnan(cube.values[..., cube.columns(elements)]).any():
        return cube
    values = cube.values.copy()
    undefined: dict[str, Mask] = {}
    for group in groups:
        if group.element not in column:
            continue
        own = _own(cube, group)
        for child in group.children:
            if child in undefined:
                own = own | undefined[child]
        undefined[group.element] = own
        values[..., column[group.element]][own] = np.nan
    return replace(cube, values=values)


def _own(cube: Cube, group: Group) -> Mask:
    """Where the element itself is not defined, (D, P, U)."""
    weights = dict(zip(group.children, group.weights, strict=True))
    children = [
        code
        for code in group.children
        if code in cube.column and np.any(cube.weights.get(code, weights[code]))
    ]
    part = cube.values[..., cube.columns(children)]
    needed = max(1.0, group.availability * len(group.children) - 1e-9)
    enough = (~np.isnan(part)).sum(axis=-1) >= needed
    undefined: Mask = np.isnan(cube.values[..., cube.column[group.element]]) & enough
    # A logarithm of a negative value is no missing value either.
    return np.asarray(undefined | (part < 0).any(axis=-1)) if group.method == "geometric" else undefined
