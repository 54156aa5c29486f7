"""Results, comparisons and trends equal to the peer's."""

import numpy as np
import pytest

from actionlines.measurement.comparison import compare, removals
from actionlines.measurement.index import Index
from actionlines.measurement.profile import profile
from actionlines.measurement.trends import trends
from coin import EXAMPLE, assert_same, panel, rows, source, specification, stage, table
from shared import needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def result():
    return Index(specification(*EXAMPLE)).compute(source())


def by_unit(result, values):
    return dict(zip(result.cube.units, values[0].tolist(), strict=True))


@pytest.mark.parametrize("file", ["aggregates_ranks", "full_ranks"])
def test_ranks_are_the_peers(result, file):
    wanted = rows(f"results/{file}.csv")
    for code in list(wanted[0])[1:]:
        found = by_unit(result, result.ranks(code))
        assert found == {row["uCode"]: float(row[code]) for row in wanted}, code


def test_ranks_inside_groups_are_the_peers(result):
    wanted = rows("results/aggregates_groupranks_GDP_group.csv")
    for code in list(wanted[0])[2:]:
        found = by_unit(result, result.ranks(code, within="GDP_group"))
        assert found == {row["uCode"]: float(row[code]) for row in wanted}, code


def test_scores_to_two_decimals_are_the_peers(result):
    scores = by_unit(result, result.scores())
    for row in rows("results/summary_scores_rounded2.csv"):
        assert round(scores[row["uCode"]], 2) == float(row["Index"])


def test_effective_weights_are_the_peers(result):
    found = result.effective_weights()
    wanted = {row["iCode"]: float(row["EffWeight"]) for row in rows("results/effective_weights.csv")}
    assert set(found) == set(wanted)
    for code, weight in wanted.items():
        assert_same(found[code], weight)


def test_standings_of_a_unit_are_the_peers(result):
    standings = {one.code: one for one in profile(result, "IND").standings}
    for row in rows("results/unit_summary_IND.csv"):
        assert standings[row["Code"]].score == pytest.approx(float(row["Score"]), rel=1e-7)
        assert standings[row["Code"]].rank == float(row["Rank"])


def test_strengths_and_weaknesses_of_a_unit_are_the_peers():
    # The peer ranks the raw values.
    result = Index(specification({"step": "normalise"}, {"step": "aggregate"})).compute(source())
    found = profile(result, "ESP")
    assert [(one.code, one.rank) for one in found.strengths] == [
        (row["Code"], float(row["Rank"])) for row in rows("results/strengths_ESP.csv")
    ]
    # Two indicators share the last place, rank 33; the peer shows the one, we the other.
    wanted = {row["Code"]: float(row["Rank"]) for row in rows("results/weaknesses_ESP.csv")}
    assert sorted(one.rank for one in found.weaknesses) == sorted(wanted.values())
    standings = {one.code: one.rank for one in found.standings}
    assert {code: standings[code] for code in wanted} == wanted


def test_scores_without_each_pillar_are_the_peers():
    found = removals(specification(*EXAMPLE), source(), level=2)
    scores, ranks = rows("compare/remove_level2_scores.csv"), rows("compare/remove_level2_ranks.csv")
    shifts = {
        row["element"]: float(row["MeanAbsDiff"]) for row in rows("compare/remove_level2_meanabsdiff.csv")
    }
    for one in found:
        assert_same(one.second_scores[0], [float(row[one.name]) for row in scores])
        assert_same(one.second_ranks[0], [float(row[one.name]) for row in ranks])
        assert_same(one.mean_rank_shift[0], shifts[one.name])
    assert len(found) == len(shifts) - 1


def test_index_without_two_indicators_has_the_peers_ranks():
    whole = specification(*EXAMPLE)
    first = Index(whole).compute(source())
    second = Index(whole.without("LPI", "Forest")).compute(source())
    found = compare(first, second)
    wanted = rows("compare/drop_LPI_Forest_ranks.csv")
    assert_same(found.first_ranks[0], [float(row["coin.1"]) for row in wanted])
    assert_same(found.second_ranks[0], [float(row["coin.2"]) for row in wanted])
    assert_same(found.rank_shifts[0], [float(row["Diff"]) for row in wanted])


def test_arithmetic_against_geometric_mean_is_the_peers():
    nominal = specification(*EXAMPLE[:-2], {"step": "normalise", "range": [1, 100]}, {"step": "aggregate"})
    geometric = nominal.changed(("steps.aggregate.method", "geometric"))
    first = Index(specification(*EXAMPLE)).compute(source())
    found = compare(first, Index(geometric).compute(source()))
    for kind, pair in (
        ("ranks", (found.first_ranks, found.second_ranks)),
        ("scores", (found.first_scores, found.second_scores)),
    ):
        wanted = rows(f"compare/amean_vs_gmean_{kind}.csv")
        for values, column in zip(pair, ("coin.1", "coin.2"), strict=True):
            assert_same(values[0], [float(row[column]) for row in wanted])


@pytest.mark.parametrize(
    ("file", "method", "latest"),
    [("CAGR", "growth", 0), ("prc_change", "change", 0), ("CAGR_latest3", "growth", 3)],
)
def test_trends_are_the_peers(file, method, latest):
    found = trends(panel(), method, latest=latest)
    wanted = rows(f"panel/trends_{file}.csv")
    column = file.removesuffix("_latest3")
    for row in wanted:
        where = found.units.index(row["uCode"]), found.indicators.index(row["iCode"])
        # Where the fitted first value is close to 0 its digits cancel: 1e-11 is what double precision leaves.
        wanted_rate = float(row[column]) if row[column] else np.nan
        np.testing.assert_allclose(
            found.rates[where], wanted_rate, rtol=1e-11 if method == "change" else 1e-12
        )
        assert found.available[where] == float(row.get("Avail_use_latest") or row["Avail"])
        if row["t_latest"]:
            assert found.latest[where] == float(row["t_latest"])
            assert found.first[where] == float(row.get("t_first_use_latest") or row["t_first"])
    assert wanted


def test_stage_files_hold_the_units_in_ascending_order():
    units, _ = table("pipeline/raw.csv", ["LPI"])
    assert units == sorted(units) == list(stage("pipeline/raw.csv").units)
