"""Outlier treatment equal to the peer's."""

import json
import math

import numpy as np
import pytest

from actionlines.measurement.index import Index
from actionlines.measurement.moments import skewness_and_kurtosis
from actionlines.measurement.steps.treat.functions import FUNCTIONS, box_cox
from actionlines.measurement.steps.treat.winsorise import winsorised
from coin import COIN, assert_same, meta, rows, specification, stage, table
from shared import needs_shared

pytestmark = needs_shared

SPECS = {
    "winmax5_logCT": {},
    "winmax1_logCT": {"limit": 1},
    "winmax2_logCT": {"limit": 2},
    "winmax10_logCT": {"limit": 10},
    "winmax1_logCTplus": {"limit": 1, "then": "log_ct_plus"},
    "winmax1_logCTorig": {"limit": 1, "then": "log_ct_orig"},
    "strict_skew1_kurt2": {"skewness": 1, "kurtosis": 2},
    "winmax1_logCT_combined": {"limit": 1, "combine": True},
}


def treated(name):
    return Index(specification({"step": "treat", **SPECS[name]})).compute(stage("pipeline/screened.csv"))


@pytest.mark.parametrize("name", SPECS)
def test_treated_values_are_the_peers(name):
    _, wanted = table(f"treat/{name}.csv", list(meta()))
    assert_same(treated(name).cube.values[0], wanted)


@pytest.mark.parametrize("name", SPECS)
def test_decisions_are_the_peers(name):
    wanted = {row["iCode"]: row for row in rows(f"treat/{name}_summary.csv")}
    decisions = {one.subject: one.values for one in treated(name).stages[0].result.decisions}
    assert set(decisions) == set(wanted)
    for code, row in wanted.items():
        found = decisions[code]
        assert_same(found["skewness"], float(row["check_SkewKurt0.Skew"]))
        assert_same(found["kurtosis"], float(row["check_SkewKurt0.Kurt"]))
        assert (row["check_SkewKurt0.Pass"] == "false") == ("winsorised_high" in found)
        if row["winsorise.nwin"]:
            assert found["winsorised_low"] + found["winsorised_high"] == int(row["winsorise.nwin"])
            assert_same(found["winsorised_skewness"], float(row["check_SkewKurt1.Skew"]))
            assert_same(found["winsorised_kurtosis"], float(row["check_SkewKurt1.Kurt"]))
        if row.get("check_SkewKurt2.Skew"):
            assert_same(found["final_skewness"], float(row["check_SkewKurt2.Skew"]))
            assert_same(found["final_kurtosis"], float(row["check_SkewKurt2.Kurt"]))
            assert found["passes"] == (row["check_SkewKurt2.Pass"] == "true")


def test_skewness_and_kurtosis_of_raw_indicators_are_the_peers():
    wanted = {row["iCode"]: row for row in rows("treat/skew_kurt_raw.csv")}
    skewness, kurtosis = skewness_and_kurtosis(stage("pipeline/raw.csv").values, -2)
    for place, code in enumerate(meta()):
        assert_same(skewness[0, place], float(wanted[code]["skew"]))
        assert_same(kurtosis[0, place], float(wanted[code]["kurt"]))


@pytest.fixture(scope="module")
def cases():
    def read(values):
        return (
            np.array([math.nan if one is None else one for one in values], float)
            if isinstance(values, list)
            else values
        )

    with (COIN / "treat" / "vector_cases.json").open(encoding="utf-8") as file:
        return {key: read(value) for key, value in json.load(file).items()}


@pytest.mark.parametrize(
    ("case", "function"),
    [
        ("log_CT", FUNCTIONS["log_ct"]),
        ("log_CT_plus", FUNCTIONS["log_ct_plus"]),
        ("log_CT_orig", FUNCTIONS["log_ct_orig"]),
        ("boxcox_0", lambda columns: box_cox(columns, 0)),
        ("boxcox_0.5", lambda columns: box_cox(columns, 0.5)),
        ("boxcox_m1", lambda columns: box_cox(columns, -1)),
    ],
)
def test_function_of_one_vector_is_the_peers(cases, case, function):
    # The file has 15 significant digits.
    np.testing.assert_allclose(function(cases["x"][None])[0], cases[case], rtol=1e-14, atol=0)


def test_mirrored_log_of_a_left_tail_is_the_peers(cases):
    found = FUNCTIONS["log_ct_plus"](cases["log_CT_plus_negskew_input"][None])[0]
    np.testing.assert_allclose(found, cases["log_CT_plus_negskew"], rtol=1e-14, atol=0)


@pytest.mark.parametrize("limit", [1, 5])
def test_winsorised_vector_is_the_peers(cases, limit):
    wanted = cases[f"winsorise_winmax{limit}"]
    found, low, high = winsorised(
        cases["x"][None], np.array([2.0]), np.array([3.5]), np.array([limit]), np.array([False])
    )
    assert_same(found[0], [math.nan if one is None else one for one in wanted["x"]])
    assert (low[0], high[0]) == (0, wanted["nwin"])
