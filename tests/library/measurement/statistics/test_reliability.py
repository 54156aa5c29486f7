"""Cronbach's alpha, and the fitness and the components of correlations."""

import numpy as np
import pytest
from scipy import stats

from actionlines.measurement.cube import Floats
from actionlines.measurement.statistics import adequacy, components, cronbach, parallel

CODES = ("a", "b", "c", "d")


def one_factor(rows: int, noise: float, seed: int, items: int = 4) -> Floats:
    """Items that share one factor."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((rows, 1)) + noise * rng.standard_normal((rows, items))


def test_alpha_of_items_that_are_one_is_one() -> None:
    column = np.arange(10.0)
    assert cronbach(np.stack([column, column + 5], axis=1), ("a", "b")).alpha == pytest.approx(1)


def test_alpha_is_the_formula_by_hand() -> None:
    table = one_factor(50, 1.0, 1)
    by_hand = 4 / 3 * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    assert cronbach(table, CODES).alpha == pytest.approx(by_hand, rel=1e-12)


def test_alpha_without_an_item_is_that_of_the_others() -> None:
    table = one_factor(50, 1.0, 1)
    table[:, 3] = np.random.default_rng(9).standard_normal(50)
    found = cronbach(table, CODES)
    for place, code in enumerate(CODES):
        others = tuple(other for other in CODES if other != code)
        assert found.without[code] == pytest.approx(
            cronbach(np.delete(table, place, 1), others).alpha, rel=1e-12
        )
    assert max(found.without, key=lambda code: found.without[code]) == "d"
    assert found.without["d"] > found.alpha


def test_interval_is_feldts() -> None:
    table = one_factor(30, 1.0, 2)
    found = cronbach(table, CODES, 0.9)
    by_f = [1 - (1 - found.alpha) * stats.f.ppf(at, 29, 87) for at in (0.95, 0.05)]
    assert found.interval == pytest.approx(tuple(by_f), rel=1e-10)
    assert found.interval[0] < found.alpha < found.interval[1]


def test_interval_holds_the_true_alpha_as_often_as_said() -> None:
    # Items with variance 2 of which 1 is common: alpha is 4/3 · (1 − 4·2/(16 + 4)) = 0.8.
    inside = [
        low <= 0.8 <= high
        for low, high in (cronbach(one_factor(40, 1.0, seed), CODES, 0.9).interval for seed in range(400))
    ]
    assert np.mean(inside) == pytest.approx(0.9, abs=0.04)


def test_single_item_has_no_alpha() -> None:
    found = cronbach(np.arange(5.0)[:, None], ("a",))
    assert np.isnan([found.alpha, *found.interval, found.without["a"]]).all()


def test_adequacy_of_two_columns_is_a_half() -> None:
    """With two columns the partial correlation is the correlation."""
    found = adequacy(one_factor(40, 1.0, 3, items=2), ("a", "b"))
    assert found.kmo == pytest.approx(0.5)
    assert found.by_column == pytest.approx({"a": 0.5, "b": 0.5})


def test_adequacy_is_that_of_partial_correlations_from_regressions() -> None:
    table = one_factor(60, 1.0, 4)
    whole, partial = 0.0, 0.0
    for one in range(4):
        for other in range(one):
            rest = np.column_stack([np.ones(60), np.delete(table, [one, other], axis=1)])
            residuals = [table[:, at] - rest @ np.linalg.lstsq(rest, table[:, at])[0] for at in (one, other)]
            whole += np.corrcoef(table[:, one], table[:, other])[0, 1] ** 2
            partial += np.corrcoef(*residuals)[0, 1] ** 2
    assert adequacy(table, CODES).kmo == pytest.approx(whole / (whole + partial), rel=1e-10)


def test_bartletts_test_keeps_its_level_and_finds_a_common_factor() -> None:
    noise = [
        adequacy(np.random.default_rng(seed).standard_normal((60, 4)), CODES).p_value for seed in range(300)
    ]
    assert np.mean(np.array(noise) < 0.1) == pytest.approx(0.1, abs=0.04)
    found = adequacy(one_factor(60, 1.0, 5), CODES)
    assert (found.freedom, found.rows) == (6, 60)
    assert found.p_value < 1e-6


def test_bartletts_statistic_is_the_formula() -> None:
    table = one_factor(25, 1.0, 6)
    determinant = np.linalg.det(np.corrcoef(table, rowvar=False))
    found = adequacy(table, CODES)
    assert found.bartlett == pytest.approx(-(25 - 1 - 13 / 6) * np.log(determinant), rel=1e-10)
    assert found.p_value == pytest.approx(stats.chi2.sf(found.bartlett, 6), rel=1e-10)


@pytest.mark.parametrize("rows", [1, 3, 4])
def test_fewer_rows_than_columns_have_no_adequacy(rows: int) -> None:
    found = adequacy(one_factor(rows, 1.0, 7), CODES)
    assert np.isnan([found.kmo, found.bartlett, found.p_value]).all()


def test_columns_that_depend_on_each_other_have_no_adequacy() -> None:
    table = one_factor(30, 1.0, 8)
    table[:, 3] = table[:, 0] - table[:, 1]
    assert np.isnan(adequacy(table, CODES).kmo)


def test_components_give_the_correlations_back() -> None:
    table = one_factor(40, 1.0, 9)
    found = components(table, CODES)
    np.testing.assert_allclose(
        found.loadings @ found.loadings.T, np.corrcoef(table, rowvar=False), rtol=1e-10
    )
    assert (found.vectors.sum(axis=0) >= 0).all()
    assert (np.diff(found.eigenvalues) <= 0).all()
    assert found.explained.sum() == pytest.approx(1)


def test_components_of_fewer_rows_than_columns_leave_the_rest_empty() -> None:
    found = components(one_factor(3, 1.0, 10), CODES)
    assert found.eigenvalues[2:] == pytest.approx([0, 0], abs=1e-12)
    assert found.explained.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (np.full((5, 4), np.nan), "0 rows have all values"),
        (
            np.column_stack([np.arange(5.0), np.ones(5), np.arange(5.0) ** 2, np.ones(5)]),
            "b, d does not vary",
        ),
    ],
)
def test_components_of_too_little_are_refused(table: Floats, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        components(table, CODES)


def test_parallel_analysis_retains_the_one_common_factor_and_no_noise() -> None:
    one = parallel(components(one_factor(100, 1.0, 11), CODES), draws=200, seed=1)
    none = parallel(components(np.random.default_rng(3).standard_normal((100, 4)), CODES), draws=200, seed=1)
    assert (one.retained, none.retained) == (1, 0)
    assert (np.diff(one.reference) < 0).all()


def test_parallel_analysis_retains_two_factors_that_are_there() -> None:
    both = np.concatenate([one_factor(200, 0.7, 12, 3), one_factor(200, 0.7, 13, 3)], axis=1)
    assert parallel(components(both, tuple("abcdef")), draws=200).retained == 2


def test_parallel_analysis_is_said_by_its_seed() -> None:
    found = components(one_factor(50, 1.0, 14), CODES)
    one, same, other = (parallel(found, draws=50, seed=seed).reference for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).all()
