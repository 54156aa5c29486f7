"""What each factor does to the index."""

from dataclasses import replace

import numpy as np
import pytest

from actionlines.measurement.cube import Floats
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.uncertainty import (
    Alternative,
    Choice,
    Dirichlet,
    Errors,
    Imputation,
    Noise,
    Range,
    WeightSets,
    uncertainty,
)
from actionlines.problems import InputError
from library.measurement.uncertainty import small


def test_choice_gives_the_scores_of_each_specification() -> None:
    computed = small.result()
    choice = Choice.of("mean", "steps.aggregate.method", ["arithmetic", "geometric", "harmonic"])
    found = uncertainty(computed, [choice])
    for draw, method in enumerate(["arithmetic", "geometric", "harmonic"]):
        alone = Index(computed.specification.changed(("steps.aggregate.method", method))).compute(
            small.cube()
        )
        assert (found.scores[draw] == alone.scores()).all()


def test_alternative_without_changes_is_the_nominal_index() -> None:
    as_it_is = Alternative("as specified")
    other = Alternative("no indicator a", (("indicators.a.weight", 0.0),))
    found = uncertainty(small.result(), [Choice("drop", (as_it_is, other))])
    assert (found.scores[0] == found.nominal_scores).all()
    assert (found.scores[1, 0] != found.nominal_scores[0]).all()


def test_probabilities_of_alternatives_are_those_of_the_draws() -> None:
    choice = Choice.of("mean", "steps.aggregate.method", ["arithmetic", "geometric"], [0.75, 0.25])
    sampled = uncertainty(small.result(), [choice], draws=1024, seed=2, exact=False)
    share = (sampled.scores[:, 0, 0] == sampled.nominal_scores[0, 0]).mean()
    assert share == pytest.approx(0.75, abs=0.002)
    exact = uncertainty(small.result(), [choice])
    assert exact.shares is not None
    assert exact.shares.tolist() == [0.75, 0.25]
    low, high = sorted(exact.scores[:, 0, 0].tolist())  # the geometric mean, then the arithmetic one
    assert exact.score_quantiles(0.2, 0.3)[:, 0, 0].tolist() == [low, high]


def test_range_changes_a_setting_in_every_draw() -> None:
    computed = small.result(
        steps=[{"step": "normalise", "method": "goalposts"}, {"step": "aggregate", "method": "power"}]
    )
    found = uncertainty(computed, [Range("exponent", "steps.aggregate.power", 0.0, 2.0)], draws=16, seed=1)
    assert len({float(score) for score in found.scores[:, 0, 0]}) == 16
    ends = [
        Index(computed.specification.changed(("steps.aggregate.power", power))).compute(small.cube()).scores()
        for power in (0.0, 2.0)
    ]
    assert (found.scores >= ends[0]).all()
    assert (found.scores <= ends[1]).all()


def test_range_of_goalposts_reaches_the_indicator() -> None:
    found = uncertainty(
        small.result(), [Range("best", "indicators.a.goalposts[2]", 100, 200)], draws=8, seed=1
    )
    assert (found.scores[:, 0] < found.nominal_scores[0]).all()


def weights_of(found: Floats) -> Floats:
    """The share of pillar P in the index of the first unit, whose pillars have the scores 15 and 35."""
    return np.asarray((35 - found[:, 0, 0]) / (35 - 15))


def test_noise_moves_each_weight_evenly_by_its_share() -> None:
    found = uncertainty(small.result(), [Noise("pillars", ("P", "Q"), 0.25)], draws=4096, seed=1)
    share = weights_of(found.scores)
    assert small.result().scores("P")[0, 0] == pytest.approx(15)
    # P weighs 1 ± 0.25 and Q 2 ± 0.5: the share lies between 0.75/(0.75 + 2.5) and 1.25/(1.25 + 1.5).
    assert share.min() == pytest.approx(0.75 / 3.25, abs=0.01)
    assert share.max() == pytest.approx(1.25 / 2.75, abs=0.01)
    points = np.linspace(0.75, 1.25, 401)
    mean = (points[:, None] / (points[:, None] + 2 * points[None])).mean()
    assert share.mean() == pytest.approx(mean, abs=1e-4)


def test_dirichlet_with_a_concentration_has_its_mean_and_variance() -> None:
    factor = Dirichlet("experts", {"S": ("P", "Q")}, concentration=8)
    share = weights_of(uncertainty(small.result(), [factor], draws=8192, seed=1).scores)
    assert share.mean() == pytest.approx(1 / 3, abs=1e-3)
    assert share.var() == pytest.approx((1 / 3) * (2 / 3) / 9, rel=0.01)


def test_dirichlet_without_concentration_makes_all_shares_equally_likely() -> None:
    factor = Dirichlet("any", {"S": ("P", "Q")})
    share = weights_of(uncertainty(small.result(), [factor], draws=4096, seed=1).scores)
    np.testing.assert_allclose(np.quantile(share, [0.1, 0.5, 0.9]), [0.1, 0.5, 0.9], atol=0.01)


def test_sets_replace_weights_and_leave_the_others() -> None:
    factor = WeightSets("experts", ({"P": 1, "Q": 1}, {"P": 0, "Q": 5}))
    found = uncertainty(small.result(), [factor])
    np.testing.assert_allclose(weights_of(found.scores), [0.5, 0.0], atol=1e-12)


def test_noise_multiplies_the_sets_before_it() -> None:
    sets = WeightSets("experts", ({"P": 1, "Q": 1}, {"P": 1, "Q": 1}))
    found = uncertainty(small.result(), [sets, Noise("doubt", ("P",), 0.5)], draws=256, seed=1)
    share = weights_of(found.scores)
    assert share.min() == pytest.approx(0.5 / 1.5, abs=0.01)
    assert share.max() == pytest.approx(1.5 / 2.5, abs=0.01)


def test_noise_moves_the_weights_a_step_has_settled() -> None:
    steps = [
        {"step": "normalise", "method": "goalposts"},
        {"step": "weights", "method": "given", "level": 2, "values": {"P": 3, "Q": 1}},
        {"step": "aggregate", "method": "arithmetic"},
    ]
    found = uncertainty(small.result(steps=steps), [Noise("pillars", ("P",), 0.1)], draws=64, seed=1)
    assert weights_of(found.scores).mean() == pytest.approx(0.75, abs=0.005)


def test_standard_errors_of_the_data_become_those_of_the_index() -> None:
    errors = np.zeros((6, 4))
    errors[0, 0] = 4.0  # a of the first unit: 4 points of 100, half of P, a third of the index
    computed = small.result(small.cube(errors=errors))
    found = uncertainty(computed, [Errors("sampling")], draws=4096, seed=1)
    assert found.scores[:, 0, 0].std() == pytest.approx(4 / 2 / 3, rel=0.01)
    assert found.scores[:, 0, 0].mean() == pytest.approx(found.nominal_scores[0, 0], abs=0.005)
    assert (found.scores[:, 0, 1:] == found.nominal_scores[0, 1:]).all()


def test_relative_errors_are_shares_of_the_values() -> None:
    found = uncertainty(
        small.result(), [Errors("five per cent", relative=0.05, series=("c",))], draws=2048, seed=1
    )
    deviation = found.scores[:, 0].std(axis=0)
    # c has goalposts 0 and 10, half of Q, which is two thirds of the index.
    np.testing.assert_allclose(deviation, small.VALUES[:, 2] * 0.05 * 10 / 3, rtol=0.05)


def test_rounding_moves_values_evenly_within_half_a_unit() -> None:
    found = uncertainty(
        small.result(), [Errors("rounding", "uniform", absolute=0.5, series=("a",))], draws=512, seed=1
    )
    reach = np.abs(found.scores - found.nominal_scores).max(axis=(0, 1))
    assert (reach <= 0.5 / 6 + 1e-12).all()
    assert (reach > 0.49 / 6).all()


def test_lognormal_errors_keep_values_positive_and_their_mean() -> None:
    found = uncertainty(
        small.result(),
        [Errors("lognormal", "lognormal", relative=1.0, series=("c",))],
        draws=8192,
        seed=1,
        element="c",
    )
    uncapped = small.result().specification.changed(("indicators.c.cap", "none"))
    free = uncertainty(
        Index(uncapped).compute(small.cube()),
        [Errors("lognormal", "lognormal", relative=1.0, series=("c",))],
        draws=8192,
        seed=1,
        element="c",
    )
    assert (found.scores > 0).all()
    np.testing.assert_allclose(free.scores.mean(axis=0)[0], small.VALUES[:, 2] * 10, rtol=0.02)


def test_missing_value_stays_missing_under_errors() -> None:
    values = small.VALUES.copy()
    values[2, 3] = np.nan
    steps = [{"step": "normalise", "method": "goalposts"}, {"step": "aggregate", "availability": 1.0}]
    found = uncertainty(
        small.result(small.cube(values), steps=steps), [Errors("all", absolute=1.0)], draws=32, seed=1
    )
    assert np.isnan(found.scores[:, 0, 2]).all()
    assert not np.isnan(np.delete(found.scores, 2, axis=2)).any()
    assert found.absent.tolist() == [[0] * 6]


def test_variables_move_with_their_series() -> None:
    base = small.document(steps=[{"step": "denominate"}, *small.document()["steps"]])
    base["index"]["variables"] = ["people"]
    base["indicators"][0]["denominator"] = "people"
    data = small.cube(variables={"people": np.ones(6)})
    computed = Index(Specification.of(base)).compute(data)
    found = uncertainty(
        computed, [Errors("people", relative=0.1, series=("people",))], draws=256, seed=1, element="a"
    )
    assert (found.scores.std(axis=0) > 0).all()
    np.testing.assert_allclose(np.median(found.scores, axis=0)[0], small.VALUES[:, 0], rtol=0.01)


def test_imputed_data_sets_differ_where_values_are_missing_only() -> None:
    values = small.VALUES.copy()
    values[1, 2] = np.nan
    steps = [{"step": "impute", "method": "em"}, *small.document()["steps"]]
    found = uncertainty(
        small.result(small.cube(values), steps=steps), [Imputation("gaps", "impute", 8)], seed=1
    )
    assert (found.exact, found.draws) == (True, 8)
    spread = np.ptp(found.scores[:, 0], axis=0)
    assert spread[1] > 0
    assert (np.delete(spread, 1) == 0).all()


def test_imputed_data_sets_go_together_with_errors() -> None:
    values = small.VALUES.copy()
    values[1, 2] = np.nan
    steps = [{"step": "impute", "method": "em"}, *small.document()["steps"]]
    computed = small.result(small.cube(values), steps=steps)
    factors = [Imputation("gaps", "impute", 4), Errors("errors", absolute=0.5)]
    found = uncertainty(computed, factors, draws=32, seed=1)
    assert found.failed == 0
    assert not np.isnan(found.scores).any()
    assert (found.scores.std(axis=0) > 0).all()


def test_draws_of_one_row_do_not_depend_on_the_others() -> None:
    factors = [Noise("pillars", ("P", "Q")), Errors("errors", absolute=0.5)]
    few, many = (uncertainty(small.result(), factors, draws=draws, seed=9) for draws in (8, 40))
    assert (few.scores == many.scores[:8]).all()


def test_seed_says_every_number() -> None:
    factors = [Dirichlet("any", {"S": ("P", "Q")}), Errors("errors", absolute=0.5)]
    one, same, other = (
        uncertainty(small.result(), factors, draws=16, seed=seed).scores for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert (one != other).any()


def test_units_that_screening_takes_out_in_some_draws_are_absent_there() -> None:
    values = small.VALUES.copy()
    values[4, :2] = np.nan
    steps = [{"step": "screen", "available": 0.4}, *small.document()["steps"]]
    computed = small.result(small.cube(values), steps=steps)
    found = uncertainty(computed, [Choice.of("screen", "steps.screen.available", [0.4, 0.9])])
    assert found.absent.tolist() == [[0, 0, 0, 0, 1, 0]]
    assert np.isnan(found.scores[1, 0, 4])
    assert found.failed == 0


def test_draw_that_cannot_be_computed_is_counted_with_its_reason() -> None:
    values = small.VALUES.copy()
    values[:, 1] = 7.0
    computed = small.result(small.cube(values))
    choice = Choice.of("normalisation", "steps.normalise.method", ["goalposts", "minmax", "rank"])
    found = uncertainty(computed, [choice])
    assert (found.failed, found.draws) == (1, 3)
    ((reason, count),) = found.failure_counts.items()
    assert count == 1
    assert "b cannot be normalised by minmax" in reason
    assert found.failures[0].replicates == (1,)
    assert np.isnan(found.scores[1]).all()
    ends = found.score_quantiles(0, 1)[:, 0, 0]
    assert ends.tolist() == sorted([found.scores[0, 0, 0], found.scores[2, 0, 0]])


def test_unit_without_a_mean_in_a_draw_is_missing_there_and_counted() -> None:
    geometric = (("steps.normalise.method", "zscore"), ("steps.aggregate.method", "geometric"))
    choice = Choice("method", (Alternative("as specified"), Alternative("z-scores, geometric", geometric)))
    found = uncertainty(small.result(), [choice])
    zscores = Index(found.nominal.specification.changed(geometric[0])).compute(small.cube())
    below = (zscores.stage("normalise").result.cube.values < 0).any(axis=-1)
    assert found.absent.tolist() == below.astype(int).tolist() == [[1, 1, 1, 1, 0, 0]]
    assert found.failed == 0


def test_factor_moves_panels_with_everything_pooled() -> None:
    values = np.stack([small.VALUES, small.VALUES * 1.05, small.VALUES * 0.9 + 3])
    steps = [{"step": "normalise", "method": "minmax", "pooled": True}, {"step": "aggregate"}]
    computed = small.result(small.cube(values, ("2022", "2023", "2024")), steps=steps)
    factors = [Noise("pillars", ("P", "Q")), Errors("errors", relative=0.02)]
    found = uncertainty(computed, factors, draws=64, seed=1)
    assert found.scores.shape == (64, 3, 6)
    assert found.rank_interval().shape == (2, 3, 6)
    assert found.pairwise.shape == (3, 6, 6)
    assert (found.scores.std(axis=0) > 0).all()


def test_single_replicate_equals_the_index_of_the_moved_data() -> None:
    found = uncertainty(small.result(), [Errors("errors", absolute=0.5)], draws=2, seed=4)
    from actionlines.measurement.uncertainty.design import Sampled

    design = Sampled(found.factors, found.nominal.source, found.nominal.specification.tree, 4, ((0,),))
    moved = small.VALUES + 0.5 * design.picks(0, 2).movings[0].deviates[0, 1].reshape(6, 4)
    alone = Index(found.nominal.specification).compute(replace(small.cube(), values=moved[None]))
    np.testing.assert_allclose(found.scores[1], alone.scores(), rtol=1e-14)


def test_element_other_than_the_index_can_be_asked_for() -> None:
    found = uncertainty(small.result(), [Noise("indicators", ("a", "b"))], draws=16, seed=1, element="P")
    assert (found.nominal_scores == small.result().scores("P")).all()
    with pytest.raises(InputError, match="no element has the code “X”"):
        uncertainty(small.result(), [Noise("indicators", ("a", "b"))], element="X")
