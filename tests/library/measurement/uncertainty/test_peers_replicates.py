"""Replicates of the peer's uncertainty and sensitivity analysis: equal scores, ranks and targets."""

import numpy as np
import pytest

import coin
from actionlines.measurement.uncertainty import Uncertainty, uncertainty
from actionlines.measurement.uncertainty.statements import quantiles
from library.measurement.uncertainty.asem import combinations, factors, result
from shared import needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def whole() -> Uncertainty:
    return uncertainty(result(), factors())


def test_all_two_thousand_combinations_are_enumerated_when_all_factors_are_discrete(
    whole: Uncertainty,
) -> None:
    assert (whole.exact, whole.draws, whole.failed, whole.seed) == (True, 2000, 0, None)


@pytest.mark.parametrize("name", ["ua_N100", "sa_N50"])
def test_scores_of_every_replicate_are_the_peers(name: str, whole: Uncertainty) -> None:
    rows = coin.rows(f"sensitivity/{name}_scores.csv")
    chosen = combinations(name)
    theirs = np.array([[float(row[f"r_{number}"]) for row in rows] for number in range(1, len(chosen) + 1)])
    assert tuple(row["uCode"] for row in rows) == whole.units
    np.testing.assert_allclose(whole.scores[chosen, 0], theirs, rtol=1e-12, atol=0)


@pytest.mark.parametrize("name", ["ua_N100", "sa_N50"])
def test_nominal_scores_and_ranks_are_the_peers(name: str, whole: Uncertainty) -> None:
    rows = coin.rows(f"sensitivity/{name}_nominal.csv")
    np.testing.assert_allclose(whole.nominal_scores[0], [float(row["Score"]) for row in rows], rtol=1e-12)
    assert whole.nominal_ranks[0].tolist() == [float(row["Rank"]) for row in rows]


@pytest.mark.parametrize("name", ["ua_N100", "sa_N50"])
def test_statistics_of_ranks_are_the_peers(name: str, whole: Uncertainty) -> None:
    rows = coin.rows(f"sensitivity/{name}_rankstats.csv")
    chosen = combinations(name)
    if name.startswith("sa"):
        chosen = chosen[:100]  # the peer takes its statistics from matrices A and B
    order = whole.ranks[chosen, 0].astype(np.float64)
    found = np.vstack([order.mean(axis=0), quantiles(order, np.array([0.5, 0.05, 0.95]), None)])
    theirs = [[float(row[column]) for row in rows] for column in ("Mean", "Median", "Q5", "Q95")]
    np.testing.assert_allclose(found, theirs, rtol=1e-12)


def test_mean_rank_shift_of_every_replicate_is_the_peers(whole: Uncertainty) -> None:
    theirs = [float(row["mean_abs_rank_shift"]) for row in coin.rows("sensitivity/sa_N50_target.csv")]
    np.testing.assert_allclose(whole.rank_shift[combinations("sa_N50")], theirs, rtol=1e-12)
