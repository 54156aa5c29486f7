"""What the peer does wrongly, done rightly: each test names one defect of COINr 1.1.14, run and seen."""

import numpy as np
import pytest

from actionlines.measurement.comparison import removals
from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.aggregate.outranking import copeland, outranking_matrix
from actionlines.measurement.steps.treat.functions import FUNCTIONS
from actionlines.measurement.steps.treat.winsorise import winsorised
from actionlines.measurement.trends import trends
from actionlines.problems import InputError
from coin import EXAMPLE, meta, panel, rows, specification, stage
from shared import needs_shared
from small_index import compute, cube, document

nan = np.nan
LONG_TAIL = [[float(value)] for value in (1, 2, 3, 4, 5, 6, 7, 8, 9, 4000)]


def test_log_of_the_global_innovation_index_draws_the_tail_in():
    found = FUNCTIONS["log_gii"](np.array([[1.0, 2.0, 3.0, 100.0]]))[0]
    # ln(99·(x − 1)/99 + 1) = ln x for a minimum of 1 and a maximum of 100
    np.testing.assert_allclose(found, np.log([1.0, 2.0, 3.0, 100.0]), rtol=1e-14)


def test_treatment_by_that_log_is_flagged_only_with_changed_values():
    result = compute(LONG_TAIL, {"step": "treat", "limit": 0, "then": "log_gii"})
    changed = result.cube.values[0, :, 0] != np.array(LONG_TAIL)[:, 0]
    assert changed.any()
    assert ((result.cube.flags[0, :, 0] & int(Flag.TRANSFORMED)) != 0).all()


def test_power_mean_skips_missing_values():
    result = compute([[1.0, nan, 3.0]], {"step": "aggregate", "method": "power", "power": 2})
    assert result.scores()[0, 0] == pytest.approx(np.sqrt((1 + 9) / 2), rel=1e-15)


def test_copeland_is_a_method_like_any_other():
    result = compute([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]], {"step": "aggregate", "method": "copeland"})
    assert result.scores()[0].tolist() == [0.0, 0.0, 0.0]


def test_copeland_with_gaps_does_not_depend_on_the_order_of_units():
    table, weights = np.array([[1.0, nan, 2.0], [2.0, 1.0, nan], [nan, 3.0, 1.0]]), np.ones(3)
    scores = copeland(table, weights)
    for order in ([1, 0, 2], [2, 1, 0], [1, 2, 0]):
        np.testing.assert_array_equal(copeland(table[order], weights), scores[order])


def test_outranking_of_two_units_with_gaps_sums_to_one():
    share = outranking_matrix(np.array([[1.0, nan, 2.0], [2.0, 1.0, 2.0]]), np.ones(3))
    # In common: the first child, lost, and the third, equal.
    assert share[0, 1] == 0.25
    assert share[1, 0] == 0.75


def test_trend_of_a_window_uses_the_windows_own_years():
    data = cube([[[100.0]], [[200.0]], [[400.0]]], periods=("2020", "2021", "2022"))
    found = trends(data, periods=("2021", "2022"))
    assert found.rates[0, 0] == pytest.approx(1.0)
    assert (found.first[0, 0], found.latest[0, 0]) == (2021, 2022)


def test_imputation_over_time_leaves_other_indicators_in_their_years():
    values = np.array([[[1.0, 10.0]], [[nan, 20.0]], [[3.0, 30.0]]])
    specification = Specification.of(document(2, {"step": "impute", "method": "linear", "indicators": ["a"]}))
    found = Index(specification).compute(cube(values, ("2020", "2021", "2022"))).cube.values[:, 0]
    assert found.tolist() == [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]


@needs_shared
def test_weights_by_component_are_never_negative_and_say_who_runs_against_the_others():
    result = Index(specification({"step": "weights", "method": "component", "level": 2})).compute(
        stage("pipeline/normalised.csv")
    )
    raw = {row["iCode"]: float(row["Weight"]) for row in rows("multivariate/pca_weights_level2.csv")}
    assert raw["Social"] < -0.7  # the peer's weight of a pillar
    assert min(result.cube.weights.values()) >= 0
    assert [one.subject for one in result.stages[0].result.decisions] == ["Social"]


@needs_shared
def test_two_treatments_in_one_index_are_both_run_again_without_an_indicator():
    steps = [{"step": "treat", "limit": 1, "then": "none"}, {"step": "treat", "name": "again"}, *EXAMPLE[-2:]]
    whole = specification(*steps)
    found = removals(whole, stage("pipeline/screened.csv"), codes=["LPI"])
    smaller = Index(whole.without("LPI")).compute(
        stage("pipeline/screened.csv").only([c for c in meta() if c != "LPI"])
    )
    np.testing.assert_array_equal(found[0].second_scores, smaller.scores())
    assert [one.step.name for one in smaller.stages] == ["treat", "again", "normalise", "aggregate"]


def test_winsorising_never_passes_its_limit_at_a_tie():
    # The next set of tied values would bring the points moved from 2 to 6.
    column = np.array([[1.0, 1.1, 1.2, 1.3, 5.0, 5.0, 5.0, 5.0, 90.0, 95.0] + [1.0] * 20])
    found, low, high = winsorised(column, np.array([0.1]), np.array([-9.0]), np.array([5]), np.array([False]))
    assert (low[0], high[0]) == (0, 2)
    assert int((found != column).sum()) == 2


def test_forced_treatment_is_done_even_where_the_test_passes():
    values = [[float(value)] for value in (1, 2, 3, 4, 6)]
    step = {"step": "treat", "limit": 1, "then": "none", "indicators": {"a": {"force": True}}}
    assert compute(values, {**step, "indicators": {}}).cube.values[0, :, 0].tolist() == [1, 2, 3, 4, 6]
    assert compute(values, step).cube.values[0, :, 0].tolist() == [1, 2, 3, 4, 4]


def test_mean_without_any_weight_present_is_missing_with_a_reason():
    result = compute([[nan, 5.0], [1.0, 5.0]], {"step": "aggregate"}, weight=[1, 0])
    assert np.isnan(result.scores()[0, 0])
    assert result.scores()[0, 1] == 1.0
    assert [(one.unit, one.reason) for one in result.missing()] == [
        ("A", "X is not defined for its values, or those present have no weight.")
    ]


@pytest.mark.parametrize("method", ["harmonic", "geometric"])
def test_negative_value_under_such_a_mean_is_refused(method):
    with pytest.raises(InputError) as refused:
        compute([[-1.0, 2.0]], {"step": "aggregate", "method": method})
    assert str(refused.value).startswith(
        f"column X: a of A is -1.0: a negative value cannot go into a {method} mean."
    )


def test_goalposts_of_an_indicator_hold_for_panels_too():
    step = {"step": "normalise", "method": "goalposts", "pooled": True}
    result = compute([[[0.0], [5.0]], [[10.0], [20.0]]], step, periods=("2020", "2021"), goalposts=[[0, 10]])
    assert result.cube.values[..., 0].tolist() == [[0.0, 50.0], [100.0, 100.0]]


def test_goalposts_of_an_indicator_where_less_is_better_say_worst_then_best():
    step = {"step": "normalise", "method": "goalposts"}
    result = compute([[30.0], [20.0], [10.0]], step, goalposts=[[30, 10]])
    assert result.cube.values[0, :, 0].tolist() == [0.0, 50.0, 100.0]


def test_elements_of_one_level_can_be_made_by_different_means():
    whole = {
        "index": {"code": "X"},
        "elements": [{"code": "P", "parent": "X"}, {"code": "Q", "parent": "X"}],
        "indicators": [{"code": code, "parent": "P" if code in "ab" else "Q"} for code in "abcd"],
        "steps": [{"step": "aggregate", "elements": {"P": {"method": "geometric"}}}],
    }
    result = Index(Specification.of(whole)).compute(cube([[1.0, 4.0, 1.0, 4.0]]))
    assert (result.scores("P")[0, 0], result.scores("Q")[0, 0]) == (2.0, 2.5)


@needs_shared
def test_panel_normalised_over_all_years_can_lose_an_element():
    steps = (
        {"step": "impute", "method": "linear"},
        {"step": "normalise", "pooled": True},
        {"step": "aggregate"},
    )
    found = removals(specification(*steps), panel(), level=3)
    assert [one.name for one in found] == ["Conn", "Sust"]
    assert all(one.mean_rank_shift.shape == (5,) for one in found)


def test_fraction_of_max_where_less_is_better_falls_with_the_value_and_takes_zeros():
    result = compute(
        [[0.0], [5.0], [10.0]], {"step": "normalise", "method": "fraction_of_max"}, direction=[-1]
    )
    assert result.cube.values[0, :, 0].tolist() == [1.0, 0.5, 0.0]


def test_linear_imputation_takes_a_series_with_one_value():
    data = cube([[[nan]], [[7.0]], [[nan]]], ("2020", "2021", "2022"))
    found = Index(Specification.of(document(1, {"step": "impute", "method": "linear"}))).compute(data).cube
    assert found.values.ravel().tolist() == [7.0, 7.0, 7.0]


def test_group_imputation_leaves_values_that_are_there():
    data = Cube.of(np.array([[1.0], [nan], [9.0]]), ["A", "B", "C"], ["a"], groups={"g": ["x", "x", "y"]})
    step = {"step": "impute", "method": "mean", "group": "g"}
    found = Index(Specification.of(document(1, step))).compute(data).cube
    assert found.values[0, :, 0].tolist() == [1.0, 1.0, 9.0]
