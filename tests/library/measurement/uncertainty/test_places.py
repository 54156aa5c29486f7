"""The same analysis in this process, in a pool and on a cluster: equal to the last bit."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from actionlines import engine
from actionlines.measurement.uncertainty import Dirichlet, Errors, Imputation, Noise, sensitivity, uncertainty
from library.measurement.uncertainty import small
from library.measurement.uncertainty.asem import factors, panel, result
from shared import needs_shared

SMALL_FACTORS = [
    Noise("indicators", ("a", "b", "c", "d")),
    Dirichlet("pillars", {"S": ("P", "Q")}, 10),
    Errors("errors", relative=0.05),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two workers."""
    distributed = pytest.importorskip("distributed", reason="the extra actionlines[cluster] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=None
    ) as made:
        yield made.scheduler_address


@pytest.fixture(params=["pool", "cluster"])
def elsewhere(request: pytest.FixtureRequest) -> Any:
    """A runner on two workers that are not this process."""
    if request.param == "pool":
        return partial(engine.run, on="pool", workers=2)
    return partial(engine.run, on="cluster", cluster=request.getfixturevalue("cluster"))


def gappy() -> Any:
    values = small.VALUES.copy()
    values[1, 2] = np.nan
    steps = [{"step": "impute", "method": "em"}, *small.document()["steps"]]
    return small.result(small.cube(values), steps=steps)


def test_uncertainty_is_bit_identical_elsewhere(elsewhere: Any) -> None:
    here, there = (
        uncertainty(small.result(), SMALL_FACTORS, draws=3000, seed=11, runner=runner)
        for runner in (engine.run, elsewhere)
    )
    assert here.scores.tobytes() == there.scores.tobytes()
    assert here.ranks.tobytes() == there.ranks.tobytes()


def test_imputed_data_sets_are_bit_identical_elsewhere(elsewhere: Any) -> None:
    moving = [Imputation("gaps", "impute", 4), Noise("pillars", ("P", "Q"))]
    here, there = (
        uncertainty(gappy(), moving, draws=1500, seed=11, runner=runner) for runner in (engine.run, elsewhere)
    )
    assert here.scores.tobytes() == there.scores.tobytes()


@needs_shared
def test_sensitivity_of_the_peers_design_is_bit_identical_elsewhere(elsewhere: Any) -> None:
    here, there = (
        sensitivity(result(), factors(), draws=1500, seed=11, exact=False, resamples=20, runner=runner)
        for runner in (engine.run, elsewhere)
    )
    assert here.uncertainty.scores.tobytes() == there.uncertainty.scores.tobytes()
    assert here.shift.total_interval is not None
    assert there.shift.total_interval is not None
    assert here.shift.total_interval.tobytes() == there.shift.total_interval.tobytes()


@needs_shared
def test_panel_with_errors_is_bit_identical_elsewhere(elsewhere: Any) -> None:
    moving = [Errors("errors", relative=0.02), Noise("weights", ("Conn", "Sust"))]
    here, there = (
        uncertainty(panel(), moving, draws=96, seed=3, runner=runner) for runner in (engine.run, elsewhere)
    )
    assert here.scores.tobytes() == there.scores.tobytes()
