"""The peer's example index, and the design of its sensitivity analysis, from the shared vectors."""

from functools import cache

import numpy as np

import coin
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty import Alternative, Choice, Factor, WeightSets


@cache
def result() -> Result:
    """The example, computed."""
    return Index(coin.specification(*coin.EXAMPLE)).compute(coin.source())


@cache
def panel() -> Result:
    """The example over five years, with everything pooled that the peer cannot pool in its sensitivity analysis."""
    pooled = [
        {**step, "pooled": True} if step["step"] in ("treat", "normalise") else step for step in coin.EXAMPLE
    ]
    return Index(coin.specification(*pooled)).compute(coin.panel())


def weight_sets() -> tuple[dict[str, float], ...]:
    """The 100 sets of weights of the peer's design."""
    rows = coin.rows("sensitivity/weight_sets.csv")
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
        for row in coin.rows(f"sensitivity/{name}_design.csv")
    ]
