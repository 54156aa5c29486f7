"""Every kind of picture, of a small index and of the peer's example."""

from functools import cache
from typing import Any

import altair
import numpy as np

from actionlines.measurement import Cube, Index, Result, Specification
from actionlines.measurement.pictures import (
    Picture,
    change,
    contributions,
    correlations,
    probabilities,
    radar,
    ranked,
    sunburst,
)
from actionlines.measurement.profile import profile
from actionlines.measurement.statistics import correlations as correlate
from actionlines.measurement.statistics import table_of
from actionlines.measurement.uncertainty import Choice, Uncertainty, uncertainty

UNITS = ("AAA", "BBB", "CCC", "DDD")
DOCUMENT: dict[str, Any] = {
    "index": {"code": "S", "title": {"en": "Small index", "fr": "Petit indice"}, "rounding": 1},
    "elements": [
        {"code": "P", "parent": "S", "title": "Paths"},
        {"code": "Q", "parent": "S", "title": "Quays", "weight": 3},
    ],
    "indicators": [
        {"code": "a", "parent": "P", "goalposts": [0, 100], "unit": "per cent"},
        {"code": "b", "parent": "P", "goalposts": [250, 0]},
        {"code": "c", "parent": "Q", "goalposts": [0, 10]},
        {"code": "d", "parent": "Q", "goalposts": [0, 100]},
    ],
    "steps": [
        {"step": "normalise", "method": "goalposts", "range": [0, 100]},
        {"step": "aggregate", "method": "arithmetic", "availability": 1.0},
    ],
}
VALUES = [
    [[10, 200, 3, 40], [20, 180, 5, 10], [35, 150, 4, 80], [np.nan, 1, 1, 1]],
    [[30, 100, 3, 20], [20, 180, 5, 10], [55, 150, 6, 80], [np.nan, 1, 1, 1]],
]


@cache
def small() -> Result:
    """Two pillars, four indicators, four units of which one has no score, two years."""
    names = {"AAA": "Aland", "BBB": "Beland", "CCC": "Celand", "DDD": "Deland"}
    return computed(DOCUMENT, np.array(VALUES, float), names=names)


def small_with(steps: list[dict[str, Any]], missing: tuple[int, int, int]) -> Result:
    """The small index with other steps, and without one value."""
    values = np.array(VALUES, float)
    values[missing] = np.nan
    return computed({**DOCUMENT, "steps": steps}, values)


def computed(document: dict[str, Any], values: Any, **more: Any) -> Result:
    """The index of a document."""
    cube = Cube.of(values, UNITS, ("a", "b", "c", "d"), ("2023", "2024"), **more)
    return Index(Specification.of(document)).compute(cube)


@cache
def varied() -> Uncertainty:
    """The small index under three weights of a pillar, all enumerated."""
    return uncertainty(small(), [Choice.of("weight", "elements.P.weight", [0.5, 1, 9])])


def pictures(result: Result, uncertain: Uncertainty, unit: str, earlier: str, **more: Any) -> list[Picture]:
    """One picture of each kind."""
    leaves = tuple(one.code for one in result.tree.indicators)
    table, here = table_of(result.cube.only(leaves), "")
    return [
        ranked(result, uncertain, **more),
        probabilities(uncertain, **more),
        contributions(result, **more),
        correlations(correlate(table[here], leaves), result.tree, **more),
        sunburst(result.tree, **more),
        radar(result, profile(result, unit), level=1 if result is small() else 0, **more),
        change(result, unit, earlier, result.cube.periods[-1], **more),
    ]


def values(found: Picture, *keys: str) -> list[dict[str, Any]]:
    """The data of the first layer that has these fields."""
    layers = [found.specification, *found.specification["layer"]]
    data = [layer["data"]["values"] for layer in layers if "data" in layer]
    return next(rows for rows in data if rows and set(keys) <= set(rows[0]))


def check_schema(found: Picture) -> None:
    """Fail unless Vega-Lite's schema knows the document."""
    altair.Chart.from_dict(found.document)
