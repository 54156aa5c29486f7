"""Normalisation equal to the peer's."""

import numpy as np
import pytest

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from coin import after, assert_same, document, meta, rows, stage, table
from shared import needs_shared

pytestmark = needs_shared

OF_TREATED = {
    "minmax_0_100": {},
    "minmax_1_100": {"range": [1, 100]},
    "zscore_0_1": {"method": "zscore"},
    "zscore_10_2": {"method": "zscore", "centre": [10, 2]},
    "rank_min": {"method": "rank"},
    "rank_average": {"method": "rank", "ties": "average"},
    "rank_max": {"method": "rank", "ties": "max"},
    "prank_min": {"method": "percentile_rank"},
    "borda_min": {"method": "borda"},
    "dist2max": {"method": "distance_to_max"},
    "dist2ref_row5": {"method": "distance_to_reference", "reference": "BGR"},
    "dist2ref_row5_cap": {"method": "distance_to_reference", "reference": "BGR", "cap": True},
    "scaled_0_100": {"method": "scaled", "bounds": [0, 100]},
}
OF_RAW = {
    "raw_minmax_0_100": {},
    "raw_prank_min": {"method": "percentile_rank"},
    "raw_rank_min": {"method": "rank"},
    "raw_zscore_0_1": {"method": "zscore"},
    "raw_dist2targ": {"method": "distance_to_target"},
    "raw_dist2targ_cap": {"method": "distance_to_target", "cap": True},
}


@pytest.mark.parametrize("name", OF_TREATED)
def test_treated_indicators_are_normalised_as_by_the_peer(name):
    found = after(stage("pipeline/treated.csv"), {"step": "normalise", **OF_TREATED[name]})
    assert_same(found.values[0], table(f"normalise/{name}.csv", list(meta()))[1])


@pytest.mark.parametrize("name", OF_RAW)
def test_indicators_with_gaps_are_normalised_as_by_the_peer(name):
    found = after(stage("pipeline/raw.csv"), {"step": "normalise", **OF_RAW[name]})
    assert_same(found.values[0], table(f"normalise/{name}.csv", list(meta()))[1])


@pytest.mark.parametrize(
    ("name", "cap"), [("raw_goalposts_trunc", "both"), ("raw_goalposts_notrunc", "none")]
)
def test_goalposts_are_taken_as_by_the_peer(name, cap):
    posts = {row["iCode"]: row for row in rows("normalise/goalposts_targets_meta.csv")}
    whole = document({"step": "normalise", "method": "goalposts"})
    for one in whole["indicators"]:
        ends = [float(posts[one["code"]][f"goalpost_{end}"]) for end in ("lower", "upper")]
        one |= {"goalposts": ends if one["direction"] == 1 else ends[::-1], "cap": cap}
    found = Index(Specification.of(whole)).compute(stage("pipeline/raw.csv")).cube
    assert_same(found.values[0], table(f"normalise/{name}.csv", list(meta()))[1])


def test_fraction_of_max_is_the_peers_where_more_is_better():
    rising = [code for code, row in meta().items() if row["Direction"] == "1"]
    cube = stage("pipeline/treated.csv").only(rising)
    specification = Specification.of(
        {
            "index": {"code": "X"},
            "indicators": [{"code": code, "parent": "X"} for code in rising],
            "steps": [{"step": "normalise", "method": "fraction_of_max"}],
        }
    )
    assert_same(Index(specification).compute(cube).cube.values[0], table("normalise/fracmax.csv", rising)[1])


def test_adjusted_mazziotta_pareto_index_is_the_other_peers():
    found = rows("compind/ampi_input.csv")
    codes = list(found[0])[2:]
    periods, units = sorted({row["Time"] for row in found}), sorted({row["uCode"] for row in found})
    cells = {(row["Time"], row["uCode"]): [float(row[code]) for code in codes] for row in found}
    cube = Cube.of(
        np.array([[cells[period, unit] for unit in units] for period in periods]), units, codes, periods
    )
    specification = Specification.of(
        {
            "index": {"code": "X"},
            "indicators": [{"code": code, "parent": "X"} for code in codes],
            "steps": [
                {
                    "step": "normalise",
                    "method": "centred_range",
                    "range": [70, 130],
                    "base": "2018",
                    "pooled": True,
                },
                {"step": "aggregate", "method": "mazziotta_pareto"},
            ],
        }
    )
    scores = Index(specification).compute(cube).scores()
    _, wanted = table("compind/ampi_neg_rounded3.csv", periods)
    np.testing.assert_array_equal(np.round(scores.T, 3), wanted)
