"""Imputation by neighbours and models, and many imputations at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.index import Index
from actionlines.measurement.multiple import imputations, pool, scores_over_imputations
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.impute.model import Model, drawn, expected
from actionlines.measurement.steps.impute.neighbours import neighbour_means
from actionlines.problems import InputError
from small_index import compute, cube, document

nan = np.nan


def correlated(rows, seed=1):
    """Three normal columns with known correlations."""
    draws = np.random.default_rng(seed)
    covariance = [[1, 0.8, 0.3], [0.8, 1, 0.5], [0.3, 0.5, 1]]
    return draws.multivariate_normal([10, 20, 30], covariance, rows)


def test_neighbours_are_the_rows_most_alike():
    table = np.array([[1.0, 10.0], [1.1, 12.0], [9.0, 90.0], [1.05, nan]])
    assert neighbour_means(table, 2)[3, 1] == 11.0


def test_equally_near_neighbours_all_count():
    table = np.array([[1.0, 10.0], [3.0, 20.0], [2.0, nan], [9.0, 0.0]])
    assert neighbour_means(table, 1)[2, 1] == 15.0


def test_row_without_any_common_indicator_is_no_neighbour():
    table = np.array([[nan, 10.0, nan], [1.0, nan, 5.0], [2.0, nan, 6.0]])
    found = neighbour_means(table, 1)
    assert np.isnan(found[1, 1])
    assert np.isnan(found[0, 0])


def test_expectation_of_a_nearly_exact_relation_is_the_relation():
    draws = np.random.default_rng(3)
    x = draws.normal(size=200)
    table = np.column_stack([x, 2 * x + 5])
    table[7, 1] = nan
    for method in ("em", "chained"):
        found = expected(table, Model(method, ridge=1e-8, cycles=500, tolerance=1e-10))
        assert found[7, 1] == pytest.approx(2 * x[7] + 5, abs=1e-5), method


def test_expectation_is_the_regression_on_what_is_there():
    table = correlated(4000)
    truth = table.copy()
    gaps = np.random.default_rng(2).random(4000) < 0.2
    table[gaps, 0] = nan
    found = expected(table, Model("em", ridge=1e-6, cycles=500, tolerance=1e-9))
    design = np.column_stack([np.ones((~gaps).sum()), truth[~gaps, 1:]])
    slope = np.linalg.lstsq(design, truth[~gaps, 0], rcond=None)[0]
    # Gaps in one column only: the maximum likelihood regression is that of the complete rows.
    wanted = np.column_stack([np.ones(gaps.sum()), truth[gaps, 1:]]) @ slope
    np.testing.assert_allclose(found[gaps, 0], wanted, atol=2e-4)


@pytest.mark.parametrize("method", ["em", "chained"])
def test_drawn_values_have_the_spread_of_what_is_missing(method):
    table = correlated(800)
    gaps = np.random.default_rng(2).random(800) < 0.3
    truth = table[gaps, 0].copy()
    table[gaps, 0] = nan
    draws = np.array([drawn(table, Model(method), np.random.default_rng([4, n]))[gaps, 0] for n in range(30)])
    # Conditional variance of the first column given the others: 1 − r² = 0.3467 in the limit.
    assert np.mean(draws.var(axis=0)) == pytest.approx(0.36, abs=0.05)
    assert abs((draws.mean(axis=0) - truth).mean()) < 0.1


def test_more_indicators_than_units_are_no_obstacle():
    draws = np.random.default_rng(5)
    table = draws.normal(size=(6, 12))
    table[0, 3] = table[4, 7] = nan
    for method in ("em", "chained"):
        assert np.isfinite(expected(table, Model(method))).all()


@given(st.permutations(range(4)), st.permutations(range(12)))
def test_models_do_not_depend_on_order(columns, rows):
    table = np.random.default_rng(6).normal(size=(12, 4))
    table[[1, 5, 5], [2, 0, 3]] = nan
    for model in (Model("em", cycles=40), Model("chained", cycles=40)):
        shuffled = expected(table[np.ix_(rows, columns)], model)
        np.testing.assert_allclose(shuffled, expected(table, model)[np.ix_(rows, columns)], rtol=1e-6)


def test_model_flags_what_it_filled_and_leaves_empty_rows():
    values = np.random.default_rng(7).normal(size=(8, 3))
    values[2, 1] = nan
    values[4] = nan
    result = compute(values, {"step": "impute", "method": "em"})
    flags = result.cube.flags[0]
    assert flags[2, 1] == int(Flag.IMPUTED_MODEL)
    assert flags[4].tolist() == [int(Flag.MISSING)] * 3
    messages = [one.message for one in result.stages[0].result.decisions]
    assert messages[1] == "b: 1 values filled by em, 1 stay missing."


def test_mean_without_any_value_stays_missing():
    result = compute([[nan, 1.0], [nan, 3.0]], {"step": "impute", "method": "mean"})
    assert np.isnan(result.cube.values[0, :, 0]).all()


def test_value_is_filled_in_only_where_asked():
    step = {"step": "impute", "method": "value", "value": 0, "indicators": ["b"]}
    assert compute([[nan, nan]], step).cube.values[0, 0].tolist()[1] == 0.0
    assert np.isnan(compute([[nan, nan]], step).cube.values[0, 0, 0])


def test_unknown_grouping_is_refused():
    with pytest.raises(InputError, match="the data have no grouping “region”"):
        compute([[nan], [1.0]], {"step": "impute", "method": "mean", "group": "region"})


def test_periods_that_are_no_years_are_refused_over_time():
    with pytest.raises(InputError, match="“first” is not a year"):
        compute([[[nan]], [[1.0]]], {"step": "impute", "method": "linear"}, periods=("first", "second"))


def test_carrying_ends_at_the_greatest_gap():
    step = {"step": "impute", "method": "latest", "max_gap": 2}
    values = [[[1.0]], [[nan]], [[nan]], [[nan]]]
    found = compute(values, step, periods=("2000", "2001", "2002", "2003")).cube.values.ravel()
    np.testing.assert_array_equal(found, [1.0, 1.0, 1.0, nan])


def gappy_index(method):
    steps = ({"step": "impute", "method": method}, {"step": "normalise"}, {"step": "aggregate"})
    values = np.random.default_rng(8).normal(10, 1, size=(12, 3))
    values[0, 0] = values[3, 1] = nan
    return Index(Specification.of(document(3, *steps))), cube(values)


@pytest.mark.parametrize("method", ["em", "chained", "mean", "median"])
def test_only_units_with_gaps_vary_over_imputations_of_their_own_gaps(method):
    index, data = gappy_index(method)
    params = index.steps[0].params
    found = imputations(data, params, 20, seed=1)
    varying = (found != found[0]).any(axis=0)
    np.testing.assert_array_equal(varying, np.isnan(data.values))
    scores = scores_over_imputations(index, data, 20, seed=1)
    assert scores.shape == (20, 1, 12)
    assert pool(scores).between[0, 0] > 0


def test_draw_is_the_same_whoever_makes_it():
    index, data = gappy_index("chained")
    params = index.steps[0].params
    whole = imputations(data, params, 6, seed=9)
    np.testing.assert_array_equal(imputations(data, params, 2, seed=9, first=4), whole[4:])


def test_method_without_distribution_cannot_be_drawn_from():
    index, data = gappy_index("neighbours")
    with pytest.raises(InputError, match="the method “neighbours” has nothing to draw from"):
        imputations(data, index.steps[0].params, 2, seed=1)


def test_group_draws_come_from_the_units_own_group():
    data = Cube.of(
        np.array([[1.0], [2.0], [nan], [100.0], [200.0]]),
        list("ABCDE"),
        ["a"],
        groups={"g": ["x", "x", "x", "y", "y"]},
    )
    specification = Specification.of(document(1, {"step": "impute", "method": "mean", "group": "g"}))
    found = imputations(data, specification.bound[0].params, 50, seed=1)[:, 0, 2, 0]
    assert set(found) == {1.0, 2.0}


def test_pooling_follows_rubin():
    found = pool(np.array([[1.0], [2.0], [3.0]]), np.array([[0.5], [0.5], [0.5]]))
    assert found.estimate[0] == 2.0
    assert found.between[0] == 1.0
    assert found.total[0] == pytest.approx(0.5 + 4 / 3)
    assert found.missing[0] == pytest.approx((4 / 3) / (0.5 + 4 / 3))
    assert found.freedom[0] == pytest.approx(2 / found.missing[0] ** 2)
