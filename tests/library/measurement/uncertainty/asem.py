"""The peer's example index, its data, and the design of its sensitivity analysis, from the shared vectors."""

import csv
from functools import cache
from typing import Any

import numpy as np

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.measurement.specification import Specification
from actionlines.measurement.uncertainty import Alternative, Choice, Factor, WeightSets
from shared import SHARED

COIN = SHARED / "data" / "coin"
VARIABLES = ("Area", "Energy", "GDP", "Population")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of the shared vectors."""
    with (COIN / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float:
    """A number, NaN for an empty cell."""
    return float(text) if text else float("nan")


def document() -> dict[str, Any]:
    """The specification of the example as the peer builds it."""
    meta = table("inputs/asem_iMeta.csv")
    indicators = [
        {
            "code": row["iCode"],
            "parent": row["Parent"],
            "direction": int(row["Direction"]),
            "weight": float(row["Weight"]),
            **({"denominator": row["Denominator"]} if row["Denominator"] else {}),
        }
        for row in meta
        if row["Level"] == "1"
    ]
    elements = [
        {"code": row["iCode"], "parent": row["Parent"], "weight": float(row["Weight"])}
        for level in ("3", "2")
        for row in meta
        if row["Level"] == level
    ]
    return {
        "index": {"code": "Index", "variables": list(VARIABLES)},
        "elements": elements,
        "indicators": indicators,
        "steps": [
            {"step": "denominate"},
            {"step": "impute", "method": "mean", "group": "EurAsia_group"},
            {"step": "screen", "available": 0.9},
            {"step": "treat", "limit": 5},
            {"step": "normalise", "method": "minmax"},
            {"step": "aggregate", "method": "arithmetic"},
        ],
    }


def cube(name: str = "inputs/asem_iData.csv") -> Cube:
    """The data of one year, or of five."""
    rows = table(name)
    periods = sorted({row["Time"] for row in rows})
    units = sorted({row["uCode"] for row in rows})
    codes = [one["code"] for one in document()["indicators"]]
    place = {(row["Time"], row["uCode"]): row for row in rows}
    ordered = [[place[period, unit] for unit in units] for period in periods]
    values = [[[number(row[code]) for code in codes] for row in rows] for rows in ordered]
    variables = {code: [[number(row[code]) for row in rows] for rows in ordered] for code in VARIABLES}
    groups = {"EurAsia_group": np.array([[row["EurAsia_group"] for row in rows] for rows in ordered])}
    return Cube.of(
        np.array(values),
        units,
        codes,
        periods,
        variables={code: np.array(series) for code, series in variables.items()},
        groups=groups,
    )


@cache
def result() -> Result:
    """The example, computed."""
    return Index(Specification.of(document())).compute(cube())


@cache
def panel() -> Result:
    """The example over five years, with everything pooled that the peer cannot pool in its sensitivity analysis."""
    base = document()
    base["steps"][3]["pooled"] = base["steps"][4]["pooled"] = True
    return Index(Specification.of(base)).compute(cube("inputs/asem_iData_panel.csv"))


def weight_sets() -> tuple[dict[str, float], ...]:
    """The 100 sets of weights of the peer's design."""
    rows = table("sensitivity/weight_sets.csv")
    return tuple({code: float(cell) for code, cell in row.items() if code != "set"} for row in rows)


def factors() -> tuple[Factor, ...]:
    """The four factors of the peer's design: 5 × 2 × 100 × 2 combinations."""
    minmax = (("steps.normalise.method", "minmax"), ("steps.normalise.range", [1, 100]))
    zscore = (("steps.normalise.method", "zscore"), ("steps.normalise.centre", [10, 2]))
    return (
        Choice.of("winmax", "steps.treat.limit", [1, 2, 3, 4, 5]),
        Choice("normalisation", (Alternative("minmax_1_100", minmax), Alternative("zscore_10_2", zscore))),
        WeightSets("weights", weight_sets()),
        Choice.of("aggregation", "steps.aggregate.method", ["arithmetic", "geometric"]),
    )


def combinations(name: str) -> list[int]:
    """The numbers, in our enumeration, of the combinations that a design of the peer takes."""
    return [
        int(
            np.ravel_multi_index(
                (
                    int(row["winmax"]) - 1,
                    ("minmax_1_100", "zscore_10_2").index(row["norm"]),
                    int(row["weight_set"]) - 1,
                    ("amean", "gmean").index(row["agg"]),
                ),
                (5, 2, 100, 2),
            )
        )
        for row in table(f"sensitivity/{name}_design.csv")
    ]
