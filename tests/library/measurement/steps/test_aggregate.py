"""Aggregation: methods, thresholds, draws of weights, derivatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.aggregate.doubt import benefit_of_the_doubt
from actionlines.measurement.steps.aggregate.gradients import DIFFERENTIABLE, gradient
from actionlines.measurement.steps.aggregate.step import Aggregate, Group
from actionlines.measurement.steps.aggregate.step import run as aggregate
from actionlines.problems import InputError
from small_index import LETTERS, compute, cube, document

nan = np.nan


def score(row, weight=None, **settings):
    weights = weight or [1] * len(row)
    return compute([row], {"step": "aggregate", **settings}, weight=weights).scores()[0, 0]


def test_weighted_median_lies_where_half_of_the_weight_is():
    assert score([1.0, 2.0, 9.0], [1, 1, 3], method="median") == 9.0
    assert score([1.0, 2.0, 9.0], [2, 1, 1], method="median") == 1.5
    assert score([1.0, nan, 9.0], method="median") == 5.0


def test_mean_min_goes_from_mean_to_minimum():
    assert score([1.0, 5.0], method="mean_min", alpha=0) == 3.0
    assert score([1.0, 5.0], method="mean_min") == 1.0
    assert score([1.0, 5.0], method="mean_min", alpha=0.5) == 2.0


def test_mazziotta_pareto_subtracts_the_penalty_of_unbalance():
    assert score([1.0, 5.0], method="mazziotta_pareto") == pytest.approx(3 - 4 / 3)
    assert score([1.0, 5.0], method="mazziotta_pareto", penalty=1) == pytest.approx(3 + 4 / 3)
    assert score([3.0, nan], method="mazziotta_pareto") == 3.0


def test_ordered_weights_belong_to_places():
    assert score([1.0, 5.0, 3.0], method="ordered", order=[2, 1, 0]) == pytest.approx((2 * 5 + 3) / 3)
    assert score([1.0, nan, 3.0], method="ordered", order=[2, 1, 0]) == pytest.approx((2 * 3 + 1) / 3)


def test_zero_makes_a_geometric_or_harmonic_mean_zero():
    assert score([0.0, 5.0], method="geometric") == 0.0
    assert score([0.0, 5.0], method="harmonic") == 0.0


def test_value_without_weight_does_not_count_in_any_mean():
    for settings in (
        {"method": "geometric"},
        {"method": "harmonic"},
        {"method": "median"},
        {"method": "mean_min"},
        {},
    ):
        assert score([4.0, 0.0], [1, 0], **settings) == pytest.approx(4.0), settings


def test_threshold_counts_children_whatever_the_binary_fraction():
    row = [1.0, 1.0, 1.0, nan, nan]
    assert score(row, availability=0.6) == 1.0
    assert np.isnan(score(row, availability=0.61))


def test_reason_names_what_is_missing_and_how_many_are_needed():
    result = compute([[1.0, nan, nan]], {"step": "aggregate", "availability": 0.5})
    assert [one.reason for one in result.missing()] == ["X has 1 of 3, 2 needed; missing: b, c."]


def test_benefit_of_the_doubt_gives_one_to_whom_nobody_outdoes():
    scores, weights = benefit_of_the_doubt(np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]]))
    np.testing.assert_allclose(scores, [1.0, 1.0, 0.8], rtol=1e-9)
    np.testing.assert_allclose(weights[2], [0.2, 0.2], rtol=1e-9)


def test_benefit_of_the_doubt_with_least_shares_keeps_every_child():
    table = np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    scores, weights = benefit_of_the_doubt(table, 0.4)
    shares = weights * table / scores[:, None]
    assert (shares >= 0.4 - 1e-9).all()


def test_benefit_of_the_doubt_compares_with_those_who_have_the_same_children():
    scores, weights = benefit_of_the_doubt(np.array([[4.0, nan], [8.0, 1.0]]))
    np.testing.assert_allclose(scores, [0.5, 1.0])
    assert weights[0, 1] == 0.0


def test_benefit_of_the_doubt_is_a_method_of_an_index():
    values = [[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]]
    found = compute(values, {"step": "aggregate", "method": "benefit_of_the_doubt"}).scores()[0]
    np.testing.assert_allclose(found, [1.0, 1.0, 0.8], rtol=1e-9)
    with pytest.raises(InputError, match="a negative value cannot go into a benefit of the doubt mean"):
        compute([[-1.0, 1.0]], {"step": "aggregate", "method": "benefit_of_the_doubt"})


def test_ordered_needs_a_weight_for_every_place():
    with pytest.raises(InputError, match="“X” has 3 children, and `order` 2 weights"):
        Specification.of(document(3, {"step": "aggregate", "method": "ordered", "order": [1, 1]}))


WEIGHTS = arrays(float, (3, 4), elements=st.integers(1, 9).map(float))
TABLES = arrays(float, (5, 4), elements=st.one_of(st.integers(1, 9).map(float), st.just(nan)))


@given(
    TABLES,
    WEIGHTS,
    st.sampled_from(
        ["arithmetic", "geometric", "harmonic", "median", "copeland", "mazziotta_pareto", "mean_min"]
    ),
)
def test_drawn_weights_give_what_each_set_gives_alone(table, weights, method):
    data = cube(table)
    step = {"step": "aggregate", "method": method}
    bound = Specification.of(document(4, step)).bound[0]
    drawn = bound(data.with_weights({code: weights[:, place] for place, code in enumerate("abcd")})).cube
    assert drawn.values.shape == (3, 1, 5, 5)
    for draw, row in enumerate(weights):
        alone = compute(table, step, weight=row.tolist()).scores()
        np.testing.assert_allclose(drawn.series("X")[draw], alone, rtol=1e-12)


@pytest.mark.parametrize("method", DIFFERENTIABLE)
@given(
    st.lists(st.integers(2, 40), min_size=4, max_size=4, unique=True).map(lambda row: np.array(row, float)),
    st.lists(st.integers(1, 5), min_size=4, max_size=4).map(lambda row: np.array(row, float)),
)
def test_derivatives_are_those_of_small_steps(method, row, weights):
    group = Group(
        "X", tuple("abcd"), tuple(weights), method, power=3.0, order=(4.0, 3.0, 2.0, 1.0), alpha=0.5, beta=0.3
    )

    def value(values):
        return aggregate(cube(values), Aggregate((group,))).cube.series("X")[0]

    step = 1e-6
    rows = np.concatenate([row + step * np.eye(4), row - step * np.eye(4)])
    ends = value(rows)
    np.testing.assert_allclose(gradient(group, row, weights), (ends[:4] - ends[4:]) / (2 * step), atol=1e-6)


def test_children_that_tie_share_a_derivative():
    group = Group("X", ("a", "b", "c"), (1.0, 1.0, 1.0), "mean_min")
    np.testing.assert_allclose(gradient(group, np.array([1.0, 1.0, 4.0]), np.ones(3)), [0.5, 0.5, 0.0])


def test_change_tells_new_indicators_from_better_values():
    values = [[[10.0, 20.0, nan]], [[12.0, 20.0, 40.0]]]
    found = compute(values, {"step": "aggregate"}, periods=("2020", "2021")).change("2020", "2021")
    assert found.parts[0].tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert found.coverage[0] == pytest.approx(24.0 - 16.0)
    assert found.after[0] - found.before[0] == pytest.approx(9.0)


def test_change_of_an_unknown_period_is_refused():
    with pytest.raises(InputError, match="the data have no period “2019”"):
        compute([[[1.0]], [[2.0]]], {"step": "aggregate"}, periods=("2020", "2021")).change("2019", "2021")


def test_copeland_has_no_contributions():
    result = compute([[1.0, 2.0], [2.0, 1.0]], {"step": "aggregate", "method": "copeland"})
    with pytest.raises(InputError, match="scores of “X” cannot be decomposed"):
        result.contributions()


def test_deep_and_ragged_hierarchies_are_aggregated_from_below():
    whole = {
        "index": {"code": "X"},
        "elements": [{"code": "P", "parent": "X"}, {"code": "Q", "parent": "P"}],
        "indicators": [{"code": code, "parent": parent} for code, parent in zip("abc", "QQP", strict=True)],
        "steps": [{"step": "aggregate"}],
    }
    whole["indicators"].append({"code": "d", "parent": "X"})
    result = Index(Specification.of(whole)).compute(cube([[1.0, 3.0, 6.0, 10.0]]))
    assert [result.scores(code)[0, 0] for code in ("Q", "P", "X")] == [2.0, 4.0, 7.0]
    assert result.effective_weights() == {
        "X": 1,
        "P": 0.5,
        "d": 0.5,
        "Q": 0.25,
        "c": 0.25,
        "a": 0.125,
        "b": 0.125,
    }
    assert result.tree.levels == {"a": 1, "b": 1, "c": 1, "d": 1, "Q": 2, "P": 3, "X": 4}
    assert LETTERS[:4] == "".join(one.code for one in result.tree.indicators)
