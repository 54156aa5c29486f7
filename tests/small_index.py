"""A small index for tests: indicators a, b, c, … under one or two elements."""

import numpy as np

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def document(count, *steps, **fields):
    """An index X of `count` indicators; `fields` give each indicator's own (direction, weight, goalposts, …)."""
    indicators = [{"code": LETTERS[place], "parent": "X"} for place in range(count)]
    for name, values in fields.items():
        for one, value in zip(indicators, values, strict=True):
            one[name] = value
    return {"index": {"code": "X"}, "indicators": indicators, "steps": list(steps)}


def cube(values, periods=("",), **more):
    """Units A, B, … of a table (U, I) or (P, U, I)."""
    array = np.asarray(values, float)
    return Cube.of(
        array, list(LETTERS.upper()[: array.shape[-2]]), list(LETTERS[: array.shape[-1]]), periods, **more
    )


def compute(values, *steps, periods=("",), **fields):
    """The result of these steps on a table."""
    data = cube(values, periods)
    return Index(Specification.of(document(data.values.shape[-1], *steps, **fields))).compute(data)
