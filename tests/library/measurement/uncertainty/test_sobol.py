"""The estimator of Sobol' indices: Ishigami's function, SciPy and SALib as oracles, the bootstrap."""

import numpy as np
import pytest
from SALib.analyze import sobol as salib
from scipy.stats import sobol_indices

from actionlines.measurement.cube import Floats
from actionlines.measurement.uncertainty import Choice, sensitivity
from actionlines.measurement.uncertainty.design import saltelli
from actionlines.measurement.uncertainty.points import Points
from actionlines.measurement.uncertainty.sobol import estimated
from library.measurement.uncertainty.asem import factors, result
from shared import needs_shared

# Of Ishigami's function with a = 7, b = 0.1: Saltelli et al. (2008), "Global sensitivity analysis: the primer".
FIRST = [0.3139, 0.4424, 0.0]
TOTAL = [0.5576, 0.4424, 0.2437]


def ishigami(points: Floats) -> Floats:
    """The function at points (…, 3) of the unit cube."""
    x, y, z = np.moveaxis(np.pi * (2 * points - 1), -1, 0)
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def values(rows: int, seed: int = 1) -> Floats:
    """The function over Saltelli's design, (rows, 5)."""
    sides = Points(6, seed).rows(0, rows).reshape(rows, 2, 3)
    design = np.stack(
        [np.stack([sides[:, side, at] for at, side in enumerate(one)], -1) for one in saltelli(3)], 1
    )
    return ishigami(design)


def test_matrices_are_a_b_and_a_with_one_factor_from_b() -> None:
    assert saltelli(2) == ((0, 0), (1, 1), (1, 0), (0, 1))


def test_indices_of_ishigamis_function_are_within_the_error() -> None:
    """Root mean square error over 20 scramblings of 1,024 points: 0.010 for first-order indices is expected."""
    found = [estimated(values(1024, seed), resamples=0, level=0.95, seed=0) for seed in range(20)]
    first = np.sqrt(np.mean([np.square(one.first - FIRST) for one in found], axis=0))
    total = np.sqrt(np.mean([np.square(one.total - TOTAL) for one in found], axis=0))
    assert (first < 0.013).all()
    assert (total < 0.010).all()
    assert found[0].first_interval is None


def test_indices_equal_scipys() -> None:
    ours = values(256)
    found = estimated(ours, resamples=0, level=0.95, seed=0)
    mixed = np.moveaxis(ours[:, 2:], 1, 0)[:, None]
    theirs = sobol_indices(func={"f_A": ours[None, :, 0], "f_B": ours[None, :, 1], "f_AB": mixed}, n=256)
    np.testing.assert_allclose(found.first, theirs.first_order, rtol=1e-12)
    np.testing.assert_allclose(found.total, theirs.total_order, rtol=1e-12)


def test_indices_agree_with_salibs() -> None:
    ours = values(4096)
    found = estimated(ours, resamples=100, level=0.95, seed=0)
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1]] * 3}
    flat = ours[:, [0, 2, 3, 4, 1]].ravel()  # SALib puts B last in a row
    theirs = salib.analyze(problem, flat, calc_second_order=False, seed=1)
    # Its variance is of all matrices and it standardises by them: near, not equal.
    np.testing.assert_allclose(found.first, theirs["S1"], atol=2e-3)
    np.testing.assert_allclose(found.total, theirs["ST"], atol=2e-3)
    assert found.total_interval is not None
    half = (found.total_interval[1] - found.total_interval[0]) / 2
    np.testing.assert_allclose(half, theirs["ST_conf"], rtol=0.4)


def test_several_targets_are_estimated_as_if_alone() -> None:
    one, two = values(128, 1), values(128, 2)
    both = estimated(np.stack([one, two], axis=-1), resamples=50, level=0.9, seed=3)
    alone = estimated(two, resamples=50, level=0.9, seed=3)
    assert both.total_interval is not None
    assert alone.total_interval is not None
    np.testing.assert_allclose(both.first[:, 1], alone.first, rtol=1e-12)
    np.testing.assert_allclose(both.total_interval[:, :, 1], alone.total_interval, rtol=1e-10)


def test_bootstrap_equals_one_that_resamples_rows_by_hand() -> None:
    ours = values(64)
    found = estimated(ours, resamples=20, level=0.8, seed=5)
    counts = np.random.default_rng([5, 64]).multinomial(64, np.full(64, 1 / 64), size=20)
    by_hand = [
        estimated(np.repeat(ours, times, axis=0), resamples=0, level=0.8, seed=0).total for times in counts
    ]
    assert found.total_interval is not None
    np.testing.assert_allclose(found.total_interval, np.quantile(by_hand, [0.1, 0.9], axis=0), rtol=1e-9)


def test_intervals_hold_the_true_indices_about_as_often_as_said() -> None:
    hits = []
    for seed in range(40):
        found = estimated(values(256, seed), resamples=200, level=0.95, seed=seed)
        assert found.total_interval is not None
        hits.append((found.total_interval[0] <= TOTAL) & (found.total_interval[1] >= TOTAL))
    # Sobol' points are better than the independent ones the bootstrap takes them for: more, not fewer.
    assert np.mean(hits) >= 0.9


def test_row_with_a_missing_value_is_left_out_and_counted() -> None:
    ours = values(128)
    gap = ours.copy()
    gap[5, 3] = np.nan
    found = estimated(gap, resamples=10, level=0.95, seed=0)
    expected = estimated(np.delete(ours, 5, axis=0), resamples=0, level=0.95, seed=0)
    assert int(found.rows) == 127
    np.testing.assert_allclose(found.first, expected.first, rtol=1e-12)
    np.testing.assert_allclose(found.total, expected.total, rtol=1e-12)


def test_target_that_does_not_vary_has_no_indices() -> None:
    found = estimated(np.full((16, 5), 0.1), resamples=10, level=0.95, seed=0)
    assert np.isnan(found.first).all()
    assert found.total_interval is not None
    assert np.isnan(found.total_interval).all()


def test_large_mean_does_not_spoil_the_estimate() -> None:
    ours = values(256)
    far = estimated(ours + 1e6, resamples=0, level=0.95, seed=0)
    near = estimated(ours, resamples=0, level=0.95, seed=0)
    np.testing.assert_allclose(far.first, near.first, rtol=1e-6, atol=1e-8)


@needs_shared
def test_sampled_indices_of_the_peers_design_come_close_to_the_exact_ones() -> None:
    """The stated error at N = 1,024 is 0.010 (first) and 0.006 (total); three times that is allowed here."""
    found = sensitivity(result(), factors(), draws=1024, seed=3, exact=False, resamples=100)
    np.testing.assert_allclose(found.shift.first, [0.0320, 0.0878, 0.1215, 0.5381], atol=0.03)
    np.testing.assert_allclose(found.shift.total, [0.0535, 0.2775, 0.2000, 0.7214], atol=0.02)
    assert [rows for rows, _, _ in found.history] == [128, 256, 512, 1024]
    assert 0 < found.error < 0.1
    assert found.uncertainty.draws == 2048


@needs_shared
def test_factor_that_changes_nothing_has_indices_of_zero() -> None:
    idle = Choice.of("idle", "steps.screen.nonzero", [0.0, 0.001])
    found = sensitivity(result(), (*factors()[:2], idle), draws=64, seed=1, exact=False, resamples=0)
    assert found.shift.total[2] == 0
    assert found.shift.first[2] == pytest.approx(0, abs=1e-12)
