"""Exact Sobol' indices: the peer's design enumerated, and functions whose indices are known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.cube import Floats
from actionlines.measurement.uncertainty import Sensitivity, sensitivity
from actionlines.measurement.uncertainty.enumeration import enumerated
from library.measurement.uncertainty.asem import factors, result
from shared import needs_shared

EQUAL = [np.full(2, 0.5), np.full(3, 1 / 3)]


@pytest.fixture(scope="module")
def asem() -> Sensitivity:
    return sensitivity(result(), factors(), best=10)


def variance_of_means(values: Floats, shape: tuple[int, ...], kept: tuple[int, ...]) -> float:
    """Variance of the mean given the factors kept, by sorting all combinations into heaps."""
    heaps: dict[tuple[int, ...], list[float]] = {}
    for number, choice in enumerate(product(*map(range, shape))):
        heaps.setdefault(tuple(choice[at] for at in kept), []).append(float(values[number]))
    return float(np.var([np.mean(heap) for heap in heaps.values()]))


@needs_shared
def test_indices_of_the_peers_design_are_the_exact_ones(asem: Sensitivity) -> None:
    assert asem.shift.first.round(4).tolist() == [0.0320, 0.0878, 0.1215, 0.5381]
    assert asem.shift.total.round(4).tolist() == [0.0535, 0.2775, 0.2000, 0.7214]


@needs_shared
def test_indices_of_the_peers_design_equal_those_from_heaps_of_replicates(asem: Sensitivity) -> None:
    shape, values = (5, 2, 100, 2), asem.uncertainty.rank_shift
    variance = float(np.var(values))
    first = [variance_of_means(values, shape, (own,)) / variance for own in range(4)]
    others = [tuple(at for at in range(4) if at != own) for own in range(4)]
    total = [1 - variance_of_means(values, shape, kept) / variance for kept in others]
    np.testing.assert_allclose(asem.shift.first, first, rtol=1e-12)
    np.testing.assert_allclose(asem.shift.total, total, rtol=1e-12)


@needs_shared
def test_every_unit_has_its_own_indices_of_score_rank_and_membership(asem: Sensitivity) -> None:
    assert asem.top is not None
    assert asem.score.first.shape == asem.rank.total.shape == asem.top.first.shape == (4, 1, 51)
    assert asem.score.first_interval is None
    never_or_always = np.isnan(asem.top.first[0])
    within = asem.uncertainty.within(10)
    assert (never_or_always == ((within == 0) | (within == 1))).all()
    assert (asem.score.first <= asem.score.total + 1e-12).all()


@needs_shared
def test_enumeration_has_no_error_and_no_history(asem: Sensitivity) -> None:
    assert (asem.error, asem.history, asem.failures) == (0.0, (), ())


def test_factors_that_only_add_up_share_the_variance_by_their_own() -> None:
    values = np.add.outer([0.0, 2.0], [0.0, 3.0, 6.0]).ravel()
    found = enumerated(values, EQUAL)
    assert found.shapley is not None
    np.testing.assert_allclose(found.first, [1 / 7, 6 / 7], rtol=1e-12)
    np.testing.assert_allclose(found.total, found.first, rtol=1e-12)
    np.testing.assert_allclose(found.shapley, found.first, rtol=1e-12)


def test_factors_that_only_act_together_have_no_first_order_index() -> None:
    values = np.multiply.outer([-1.0, 1.0], [-1.0, 0.0, 1.0]).ravel()
    found = enumerated(values, EQUAL)
    np.testing.assert_allclose(found.first, 0, atol=1e-12)
    np.testing.assert_allclose(found.total, 1, rtol=1e-12)


def test_probabilities_of_alternatives_weigh_the_variance() -> None:
    values = np.add.outer([0.0, 1.0], [0.0, 1.0]).ravel()
    found = enumerated(values, [np.array([0.9, 0.1]), np.array([0.5, 0.5])])
    np.testing.assert_allclose(found.first, [0.09 / 0.34, 0.25 / 0.34], rtol=1e-12)


def test_target_that_does_not_vary_has_no_indices() -> None:
    found = enumerated(np.full(6, 0.1), EQUAL)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total).all()


def test_target_missing_at_one_combination_has_no_indices() -> None:
    values = np.arange(12.0).reshape(6, 2)
    values[3, 0] = np.nan
    found = enumerated(values, EQUAL)
    assert np.isnan(found.first[:, 0]).all()
    assert not np.isnan(found.first[:, 1]).any()


@given(st.lists(st.floats(-1e6, 1e6), min_size=12, max_size=12).filter(lambda many: np.ptp(many) > 1e-3))
def test_shapley_effects_sum_to_one_and_lie_between_first_and_total(many: list[float]) -> None:
    found = enumerated(np.array(many), [np.full(2, 0.5), np.full(3, 1 / 3), np.array([0.25, 0.75])])
    assert found.shapley is not None
    assert found.shapley.sum() == pytest.approx(1, abs=1e-9)
    assert (found.first - 1e-9 <= found.shapley).all()
    assert (found.shapley <= found.total + 1e-9).all()


@given(st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_indices_do_not_depend_on_the_unit_of_the_target(scale: float, offset: float) -> None:
    values = np.array([0.0, 1.0, 4.0, 2.0, 2.0, 7.0])
    plain, moved = enumerated(values, EQUAL), enumerated(values * scale + offset * scale, EQUAL)
    np.testing.assert_allclose(moved.first, plain.first, rtol=1e-6)
    np.testing.assert_allclose(moved.total, plain.total, rtol=1e-6)
