"""Intervals, probabilities of ranks and of pairs, groups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actionlines.measurement.ranking import ranks
from actionlines.measurement.uncertainty.evaluation import Ranks
from actionlines.measurement.uncertainty.statements import (
    groups,
    indistinguishable,
    pairwise,
    quantiles,
    rank_probabilities,
)

# Few distinct scores make ties; a score of 0 is none.
ORDERS = arrays(
    np.float64, st.tuples(st.integers(1, 9), st.just(4)), elements=st.integers(0, 4).map(float)
).map(
    lambda scores: np.nan_to_num(ranks(np.where(scores > 0, scores, np.nan), descending=True)).astype(
        np.uint16
    )
)


def test_quantiles_of_draws_are_interpolated_and_skip_what_is_missing() -> None:
    values = np.array([[1.0, np.nan], [2.0, np.nan], [4.0, np.nan], [np.nan, np.nan]])
    found = quantiles(values, np.array([0.0, 0.25, 0.5]), None)
    assert found[:, 0].tolist() == [1.0, 1.5, 2.0]
    assert np.isnan(found[:, 1]).all()


def test_quantiles_with_shares_are_values_of_the_distribution() -> None:
    values = np.array([[3.0], [1.0], [2.0]])
    found = quantiles(values, np.array([0.05, 0.2, 0.3, 0.9]), np.array([0.5, 0.2, 0.3]))
    assert found[:, 0].tolist() == [1.0, 1.0, 2.0, 3.0]


def test_rank_probabilities_of_certain_ranks_are_one() -> None:
    order = np.array([[1, 2, 0], [1, 2, 0]], np.uint16)
    assert rank_probabilities(order, None).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_pair_that_is_always_tied_is_better_in_neither_way() -> None:
    found = pairwise(np.array([[1, 1], [1, 1]], np.uint16), None)
    assert (found[0, 1], found[1, 0]) == (0, 0)
    assert np.isnan(np.diag(found)).all()


def test_pair_counts_only_draws_that_have_both() -> None:
    order = np.array([[1, 2], [1, 0], [2, 1], [1, 2]], np.uint16)
    found = pairwise(order, None)
    assert (found[0, 1], found[1, 0]) == (2 / 3, 1 / 3)


def test_shares_weigh_pairs_and_ranks() -> None:
    order, shares = np.array([[1, 2], [2, 1]], np.uint16), np.array([0.75, 0.25])
    assert pairwise(order, shares)[0, 1] == 0.75
    assert rank_probabilities(order, shares).tolist() == [[0.75, 0.25], [0.25, 0.75]]


@given(ORDERS)
def test_pairs_equal_those_counted_one_by_one(order: Ranks) -> None:
    found = pairwise(order, None)
    for first in range(4):
        for second in range(4):
            both = [row for row in order.tolist() if row[first] and row[second]]
            if first == second or not both:
                assert np.isnan(found[first, second])
            else:
                assert found[first, second] == sum(row[first] < row[second] for row in both) / len(both)


@given(ORDERS)
def test_equal_shares_say_the_same_as_none(order: Ranks) -> None:
    shares = np.full(len(order), 1 / len(order))
    np.testing.assert_allclose(pairwise(order, shares), pairwise(order, None), rtol=1e-12)
    np.testing.assert_allclose(rank_probabilities(order, shares), rank_probabilities(order, None), atol=1e-12)


def test_groups_begin_where_the_first_unit_of_the_group_before_is_beaten_for_certain() -> None:
    better = np.array(
        [
            [np.nan, 0.6, 0.97, 1.0],
            [0.4, np.nan, 0.8, 0.99],
            [0.03, 0.2, np.nan, 0.7],
            [0.0, 0.01, 0.3, np.nan],
        ]
    )
    alike = indistinguishable(better, 0.95)
    assert alike[0].tolist() == [True, True, False, False]
    assert groups(alike, np.array([0, 1, 2, 3])).tolist() == [1, 1, 2, 2]
    assert groups(alike, np.array([0, 1, 2])).tolist() == [1, 1, 2, 0]
