"""Correlations of any table: SciPy as oracle, gaps, ties, columns that do not vary."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from actionlines.measurement.cube import Floats
from actionlines.measurement.statistics import correlations, covariances

CODES = ("a", "b", "c")
# Few distinct values make ties; a value of -9 stands for a gap.
TABLES = arrays(
    np.float64, st.tuples(st.integers(3, 12), st.just(3)), elements=st.integers(-9, 3).map(float)
).map(lambda table: np.where(table < -5, np.nan, table))
ORACLES = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}


@pytest.mark.parametrize("method", ORACLES)
@given(table=TABLES)
def test_pair_equals_scipys_over_the_common_rows(method: str, table: Floats) -> None:
    found = correlations(table, CODES, method)
    both = table[~np.isnan(table[:, :2]).any(axis=1), :2]
    assert found.counts[0, 1] == len(both)
    if len(both) < 2 or (np.ptp(both, axis=0) == 0).any():
        assert np.isnan(found.of("a", "b"))
        return
    assume(len(both) > 2)
    theirs = ORACLES[method](both[:, 0], both[:, 1])
    assert found.of("a", "b") == pytest.approx(theirs.statistic, abs=1e-12)
    if abs(found.of("a", "b")) < 1 - 1e-9:
        assert found.p_values[0, 1] == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("method", ORACLES)
@given(table=TABLES, order=st.permutations(range(3)))
def test_order_of_rows_and_columns_does_not_matter(method: str, table: Floats, order: list[int]) -> None:
    found = correlations(table, CODES, method)
    turned = correlations(table[::-1][:, order], tuple(CODES[place] for place in order), method)
    np.testing.assert_allclose(turned.coefficients, found.coefficients[np.ix_(order, order)], atol=1e-12)


@pytest.mark.parametrize("method", ORACLES)
def test_perfect_agreement_is_one_and_disagreement_minus_one(method: str) -> None:
    rising = np.arange(8.0)
    found = correlations(np.stack([rising, 2 * rising + 1, -rising], axis=1), CODES, method)
    np.testing.assert_allclose(found.coefficients, [[1, 1, -1], [1, 1, -1], [-1, -1, 1]], rtol=1e-12)


@pytest.mark.parametrize("method", ORACLES)
def test_column_that_does_not_vary_has_no_correlation(method: str) -> None:
    table = np.stack([np.arange(9.0), np.full(9, 0.1), np.arange(9.0) ** 2], axis=1)
    found = correlations(table, CODES, method)
    assert np.isnan(found.of("a", "b"))
    assert np.isnan(found.p_values[0, 1])
    assert found.of("a", "c") > 0.9


def test_far_values_that_differ_little_are_correlated_exactly() -> None:
    wave = np.sin(np.arange(40.0))
    table = np.stack([1e9 + wave, 1e9 - wave, wave**2], axis=1)
    expected = np.corrcoef(table, rowvar=False)
    np.testing.assert_allclose(correlations(table, CODES).coefficients, expected, rtol=1e-6)


def test_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of pearson, spearman, kendall"):
        correlations(np.zeros((3, 3)), CODES, "distance")


def test_codes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="2 codes for 3 columns"):
        correlations(np.zeros((3, 3)), ("a", "b"))


@given(TABLES)
def test_covariances_equal_numpys_over_the_common_rows(table: Floats) -> None:
    both = table[~np.isnan(table[:, :2]).any(axis=1), :2]
    assume(len(both) > 1)
    assert covariances(table)[0, 1] == pytest.approx(np.cov(both, rowvar=False)[0, 1], abs=1e-12)


def test_a_column_that_is_constant_over_the_common_rows_has_no_correlation() -> None:
    table = np.array([[-5.0, 1.0, 0.0], [2.0, np.nan, 0.0], [-5.0, 0.0, 0.0], [-5.0, 0.0, 0.0]])
    found = correlations(table, CODES, "pearson")
    assert np.isnan(found.of("a", "b"))
    assert found.counts[0, 1] == 3
