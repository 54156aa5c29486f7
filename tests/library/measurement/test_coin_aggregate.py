"""Aggregation equal to the peers'."""

import json

import numpy as np
import pytest

from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.aggregate.outranking import outranking_matrix
from coin import COIN, assert_same, document, rows, stage, table
from shared import needs_shared

pytestmark = needs_shared

COMPLETE, GAPS = "normalise/minmax_1_100.csv", "aggregate/gaps_input.csv"
CASES = {
    "amean": (COMPLETE, {}),
    "gmean": (COMPLETE, {"method": "geometric"}),
    "hmean": (COMPLETE, {"method": "harmonic"}),
    "median": (COMPLETE, {"method": "median"}),
    "genmean_p2": (COMPLETE, {"method": "power", "power": 2}),
    "genmean_pm2": (COMPLETE, {"method": "power", "power": -2}),
    "copeland_all_levels": (COMPLETE, {"method": "copeland"}),
    "amean_gmean_hmean": (COMPLETE, {"levels": {"3": {"method": "geometric"}, "4": {"method": "harmonic"}}}),
    "amean_amean_gmean": (COMPLETE, {"levels": {"4": {"method": "geometric"}}}),
    "amean_weights_random": (COMPLETE, {}),
    "gmean_weights_random": (COMPLETE, {"method": "geometric"}),
    "hmean_weights_random": (COMPLETE, {"method": "harmonic"}),
    "copeland_weights_random": (COMPLETE, {"method": "copeland"}),
    "gaps_amean": (GAPS, {}),
    "gaps_gmean_weights_random": (GAPS, {"method": "geometric"}),
    "gaps_amean_thresh09": (GAPS, {"availability": 0.9}),
    "gaps_amean_thresh_080610": (
        GAPS,
        {"levels": {"2": {"availability": 0.8}, "3": {"availability": 0.6}, "4": {"availability": 1.0}}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_elements_are_the_peers(name):
    source, settings = CASES[name]
    whole = document({"step": "aggregate", **settings})
    if "weights_random" in name:
        weights = {row["iCode"]: float(row["Weight"]) for row in rows("aggregate/weights_random.csv")}
        for one in (*whole["elements"], *whole["indicators"]):
            one["weight"] = weights[one["code"]]
    result = Index(Specification.of(whole)).compute(stage(source))
    codes = list(rows(f"aggregate/{name}.csv")[0])[1:]
    _, wanted = table(f"aggregate/{name}.csv", codes)
    assert_same(np.stack([result.scores(code)[0] for code in codes], axis=-1), wanted)


def test_outranking_matrix_is_the_peers():
    physical = ["LPI", "Flights", "Ship", "Bord", "Elec", "Gas", "ConSpeed", "Cov4G"]
    cube = stage("pipeline/normalised.csv").only(physical)
    units, wanted = table("aggregate/outrank_matrix_Physical.csv", list(cube.units))
    assert units == list(cube.units)
    found = outranking_matrix(cube.values[0], np.ones(len(physical)))
    assert_same(found, wanted)
    with (COIN / "aggregate" / "outrank_Physical.json").open(encoding="utf-8") as file:
        dominant = json.load(file)
    assert int((found == 1).sum()) == dominant["nDominant"]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("mpi_pos", {"method": "mazziotta_pareto", "sample": True}),
        ("mpi_neg", {"method": "mazziotta_pareto", "sample": True, "penalty": 1}),
        ("owa_at_least_3", {"method": "ordered", "order": [1, 1, 1, 0, 0, 0, 0, 0]}),
        ("owa_more_than_3", {"method": "ordered", "order": [0, 0, 0, 0, 0, 1, 1, 1]}),
    ],
)
def test_composites_are_the_other_peers(name, settings):
    codes = list(rows("compind/input_z100_10_Physical.csv")[0])[1:]
    units, values = table("compind/input_z100_10_Physical.csv", codes)
    specification = Specification.of(
        {
            "index": {"code": "X"},
            "indicators": [{"code": code, "parent": "X"} for code in codes],
            "steps": [{"step": "aggregate", **settings}],
        }
    )
    scores = Index(specification).compute(Cube.of(values, units, codes)).scores()[0]
    assert_same(scores, table("compind/composites_Physical.csv", [name])[1][:, 0])
