"""What an analysis says: intervals, probabilities, groups, convergence, failures; and indices on top."""

import numpy as np
import pytest

from actionlines.measurement.uncertainty import (
    Alternative,
    Choice,
    Errors,
    Noise,
    Uncertainty,
    sensitivity,
    uncertainty,
)
from library.measurement.uncertainty import small
from library.measurement.uncertainty.asem import panel
from shared import needs_shared

FACTORS = [Noise("pillars", ("P", "Q"), 0.5), Errors("errors", relative=0.05)]


@pytest.fixture(scope="module")
def found() -> Uncertainty:
    return uncertainty(small.result(), FACTORS, draws=512, seed=1)


def test_score_interval_holds_the_wanted_share_of_the_draws(found: Uncertainty) -> None:
    low, high = found.score_interval(0.8)
    inside = ((found.scores >= low) & (found.scores <= high)).mean(axis=0)
    np.testing.assert_allclose(inside, 0.8, atol=0.005)


def test_rank_interval_has_whole_ranks_and_holds_at_least_the_wanted_share(found: Uncertainty) -> None:
    low, high = found.rank_interval(0.8)
    assert (low == low.round()).all()
    assert (high == high.round()).all()
    assert (((found.ranks >= low) & (found.ranks <= high)).mean(axis=0) >= 0.8).all()


def test_probability_of_being_among_the_first_grows_to_one(found: Uncertainty) -> None:
    by_rank = np.stack([found.within(rank) for rank in range(7)])
    assert (by_rank[0] == 0).all()
    assert (np.diff(by_rank, axis=0) >= 0).all()
    assert (by_rank[6] == 1).all()
    np.testing.assert_allclose(
        by_rank[1:], np.cumsum(found.rank_probabilities, axis=-1).transpose(2, 0, 1), rtol=1e-12
    )
    assert by_rank[1].sum() == pytest.approx(1)


def test_pair_probabilities_are_those_of_the_scores(found: Uncertainty) -> None:
    better = (found.scores[:, 0, :, None] > found.scores[:, 0, None, :]).mean(axis=0)
    off = ~np.eye(6, dtype=bool)
    np.testing.assert_allclose(found.pairwise[0][off], better[off], rtol=1e-12)


def test_groups_number_all_ranked_units_from_the_best(found: Uncertainty) -> None:
    number = found.groups(0.95)[0]
    best = int(np.argmin(found.nominal_ranks[0]))
    assert number[best] == 1
    assert set(number.tolist()) == set(range(1, int(number.max()) + 1))
    strict, loose = found.groups(0.999)[0], found.groups(0.6)[0]
    assert strict.max() <= number.max() <= loose.max()


def test_rank_shift_is_the_mean_distance_from_the_nominal_ranks(found: Uncertainty) -> None:
    expected = np.abs(found.ranks.astype(int) - found.nominal_ranks).mean(axis=(1, 2))
    assert (found.rank_shift == expected).all()


def test_convergence_compares_the_first_half_with_all() -> None:
    few = uncertainty(small.result(), FACTORS, draws=16, seed=1).convergence()
    many = uncertainty(small.result(), FACTORS, draws=8192, seed=1).convergence()
    assert (few.exact, many.exact, many.draws) == (False, False, 8192)
    assert many.score < 0.02 < few.score
    assert many.stable


def test_one_draw_has_no_convergence() -> None:
    assert not uncertainty(small.result(), FACTORS, draws=1, seed=1).convergence().stable


def test_enumeration_needs_no_convergence() -> None:
    choice = Choice.of("mean", "steps.aggregate.method", ["arithmetic", "geometric"])
    assert uncertainty(small.result(), [choice]).convergence().stable


def test_more_combinations_than_the_limit_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = [
        Choice.of(code, f"elements.{code}.weight", [1.0 + step / 10 for step in range(4)])
        for code in ("P", "Q")
    ]
    assert uncertainty(small.result(), choices).exact
    monkeypatch.setattr("actionlines.measurement.uncertainty.analysis.MOST_COMBINATIONS", 15)
    assert not uncertainty(small.result(), choices, draws=8).exact
    assert uncertainty(small.result(), choices, exact=True).exact


def test_enumeration_of_a_continuous_factor_is_refused() -> None:
    with pytest.raises(ValueError, match="only discrete factors"):
        uncertainty(small.result(), FACTORS, exact=True)


@pytest.mark.parametrize(("analysis", "draws"), [(uncertainty, 0), (sensitivity, 1)])
def test_too_few_draws_are_refused(analysis: object, draws: int) -> None:
    with pytest.raises(ValueError, match="needed"):
        analysis(small.result(), FACTORS, draws=draws)  # type: ignore[operator]


def test_sensitivity_of_scores_is_that_of_a_sum_whose_parts_are_known() -> None:
    """The index is P/3 + 2Q/3: errors of `a` and `c` add up, each with a variance of its own."""
    factors = [Errors("of a", absolute=3.0, series=("a",)), Errors("of c", absolute=0.3, series=("c",))]
    found = sensitivity(small.result(), factors, draws=1024, seed=1)
    parts = np.array([(3.0 / 2 / 3) ** 2, (3.0 / 2 * 2 / 3) ** 2])
    expected = np.repeat((parts / parts.sum())[:, None], 6, axis=1)
    np.testing.assert_allclose(found.score.first[:, 0], expected, atol=0.02)
    np.testing.assert_allclose(found.score.total[:, 0], expected, atol=0.02)


def test_failures_of_mixed_matrices_are_counted_by_the_sensitivity() -> None:
    below = (("steps.normalise.method", "minmax"), ("steps.normalise.range", [0, 100]))
    values = small.VALUES.copy()
    values[:, 1] = 7.0
    choice = Choice("method", (Alternative("goalposts"), Alternative("minmax", below)))
    found = sensitivity(
        small.result(small.cube(values)),
        [choice, Noise("pillars", ("P",))],
        draws=64,
        seed=1,
        exact=False,
        resamples=20,
    )
    failed = sum(len(failure.replicates) for failure in found.failures)
    assert 0 < found.uncertainty.failed < failed < 64 * 4
    assert found.uncertainty.failed == int(np.isnan(found.uncertainty.scores).all(axis=(1, 2)).sum())
    assert (found.score.rows < 64).all()
    assert int(found.shift.rows) < 64


def test_membership_among_the_first_has_indices_when_asked_for() -> None:
    assert sensitivity(small.result(), FACTORS, draws=32).top is None
    found = sensitivity(small.result(), FACTORS, draws=32, best=3)
    assert found.top is not None
    assert found.top.total.shape == (2, 1, 6)
    assert found.best == 3


@needs_shared
def test_panel_with_everything_pooled_is_analysed_whole() -> None:
    found = sensitivity(
        panel(),
        [
            Choice.of("winmax", "steps.treat.limit", [3, 5]),
            Choice.of("aggregation", "steps.aggregate.method", ["arithmetic", "geometric"]),
            Noise("weights", ("Conn", "Sust"), 0.25),
        ],
        draws=64,
        seed=1,
        resamples=20,
    )
    assert found.uncertainty.periods == ("2018", "2019", "2020", "2021", "2022")
    assert found.uncertainty.failed == 0
    assert found.rank.total.shape == (3, 5, 51)
    assert found.uncertainty.score_interval().shape == (2, 5, 51)
    assert (found.shift.total > 0).any()
