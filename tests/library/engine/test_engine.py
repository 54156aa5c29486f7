"""Bulk work through one door."""

import operator
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from actionlines import engine
from actionlines.problems import InputError


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two workers."""
    distributed = pytest.importorskip("distributed", reason="the extra actionlines[cluster] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=None
    ) as made:
        yield made.scheduler_address


@pytest.fixture(params=engine.PLACES)
def run(request: pytest.FixtureRequest) -> Any:
    if request.param == "cluster":
        return partial(engine.run, on="cluster", cluster=request.getfixturevalue("cluster"))
    return partial(engine.run, on=request.param, workers=2)


def test_results_come_in_the_order_of_the_chunks(run: Any) -> None:
    assert run(partial(operator.mul, 3), iter(range(9))) == [0, 3, 6, 9, 12, 15, 18, 21, 24]


def test_no_chunks_give_no_results(run: Any) -> None:
    assert run(operator.neg, []) == []


def test_equal_chunks_are_each_done(run: Any) -> None:
    assert run(operator.neg, [1, 1, 1]) == [-1, -1, -1]


def test_fault_of_the_function_reaches_the_caller(run: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        run(partial(operator.truediv, 1), [1, 0, 2])


def test_progress_is_told_up_to_the_end(run: Any) -> None:
    told: list[tuple[int, int]] = []
    run(operator.neg, [1, 2, 3], progress=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_unknown_place_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of local, pool, cluster"):
        engine.run(operator.neg, [1], on="moon")


def test_cluster_without_an_address_is_a_fault_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(engine.CLUSTER_VARIABLE, raising=False)
    with pytest.raises(InputError, match=r"no address of a cluster.*ACTIONLINES_CLUSTER"):
        engine.run(operator.neg, [1], on="cluster")


def test_cluster_address_is_taken_from_the_environment(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.CLUSTER_VARIABLE, cluster)
    assert engine.run(operator.neg, [1], on="cluster") == [-1]


def test_cluster_whose_software_is_missing_is_a_fault_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(InputError, match=r"the extra actionlines\[cluster\]"):
        engine.run(operator.neg, [1], on="cluster", cluster="tcp://127.0.0.1:1")


def test_stream_gives_each_result_before_the_next_is_made() -> None:
    made: list[int] = []

    def make(chunk: int) -> int:
        made.append(chunk)
        return chunk

    results = engine.stream(make, [1, 2, 3])
    assert (next(results), made) == (1, [1])
    assert (next(results), made) == (2, [1, 2])


def test_stream_left_early_ends_its_pool() -> None:
    results = engine.stream(operator.neg, range(4), on="pool", workers=1)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert list(results) == []


def test_processes_that_were_started_do_the_work_in_order() -> None:
    with engine.started(partial(operator.mul, 3), 2, warm=os.getpid) as pool:
        assert list(engine.stream(operator.neg, iter(range(40)), pool=pool, total=40)) == [
            3 * number for number in range(40)
        ]


def test_processes_that_were_started_warm_up_before_a_chunk_comes(tmp_path: Path) -> None:
    made = tmp_path / "warm"
    # The second finds the folder there and fails: what fails while it warms up is left to the work to tell.
    with engine.started(operator.neg, 2, warm=partial(os.mkdir, made)) as pool:
        until = time.monotonic() + 60
        while not made.exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert made.is_dir()
        assert list(engine.stream(operator.neg, [1, 2], pool=pool)) == [-1, -2]
