"""A small index to vary: two pillars, four indicators, six units."""

from typing import Any

import numpy as np

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.measurement.specification import Specification

UNITS = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
VALUES = np.array(
    [
        [10.0, 200.0, 3.0, 40.0],
        [20.0, 180.0, 5.0, 10.0],
        [35.0, 150.0, 4.0, 80.0],
        [50.0, 120.0, 9.0, 20.0],
        [65.0, 100.0, 6.0, 60.0],
        [90.0, 50.0, 8.0, 90.0],
    ]
)


def document(*factors: dict[str, Any], steps: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The specification, with factors under [uncertainty]."""
    return {
        "index": {"code": "S"},
        "elements": [{"code": "P", "parent": "S"}, {"code": "Q", "parent": "S", "weight": 2}],
        "indicators": [
            {"code": "a", "parent": "P", "goalposts": [0, 100]},
            {"code": "b", "parent": "P", "goalposts": [250, 0]},
            {"code": "c", "parent": "Q", "goalposts": [0, 10]},
            {"code": "d", "parent": "Q", "goalposts": [0, 100]},
        ],
        "steps": steps
        or [
            {"step": "normalise", "method": "goalposts"},
            {"step": "aggregate", "method": "arithmetic"},
        ],
        **({"uncertainty": {"factors": list(factors)}} if factors else {}),
    }


def cube(values: Any = VALUES, periods: tuple[str, ...] = ("2024",), **more: Any) -> Cube:
    """The data."""
    return Cube.of(np.asarray(values), UNITS, ("a", "b", "c", "d"), periods, **more)


def result(
    data: Cube | None = None, *factors: dict[str, Any], steps: list[dict[str, Any]] | None = None
) -> Result:
    """The index, computed."""
    return Index(Specification.of(document(*factors, steps=steps))).compute(
        data if data is not None else cube()
    )
