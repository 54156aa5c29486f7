"""Workers that are killed: each result comes once, in order; a chunk nobody survives is named."""

import json
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from actionlines import engine
from actionlines.cli import main
from actionlines.cli.journal import journaled
from actionlines.engine import LostWorkersError
from dying import die_always, die_once

distributed = pytest.importorskip("distributed", reason="the extra actionlines[cluster] is not installed")
CHUNKS = list(range(12))
WHOLE = [3 * chunk for chunk in CHUNKS]


@pytest.fixture
def cluster() -> Iterator[str]:
    """Two workers of one thread that are started again when they die; a task is given up when its worker dies."""
    dask = pytest.importorskip("dask")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=None
        ) as made,
    ):
        yield made.scheduler_address


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pool_whose_processes_are_killed_gives_each_result_once(tmp_path: Path, workers: int) -> None:
    assert engine.run(partial(die_once, str(tmp_path)), CHUNKS, on="pool", workers=workers) == WHOLE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["died-3", "died-4"]


def test_a_cluster_whose_workers_are_killed_gives_each_result_once(tmp_path: Path, cluster: str) -> None:
    assert engine.run(partial(die_once, str(tmp_path)), CHUNKS, on="cluster", cluster=cluster) == WHOLE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["died-3", "died-4"]


def test_a_chunk_that_kills_every_process_of_a_pool_is_named_after_those_before_it() -> None:
    results = engine.stream(die_always, CHUNKS, on="pool", workers=2)
    assert [next(results) for _ in range(5)] == WHOLE[:5]
    with pytest.raises(LostWorkersError, match=r"chunk 6 lost its worker 3 times \(BrokenProcessPool\)"):
        next(results)


def test_a_chunk_that_kills_every_worker_of_a_cluster_is_named_after_those_before_it(cluster: str) -> None:
    results = engine.stream(die_always, CHUNKS, on="cluster", cluster=cluster)
    assert [next(results) for _ in range(5)] == WHOLE[:5]
    with pytest.raises(LostWorkersError, match=r"chunk 6 lost its worker 3 times \(KilledWorker\)"):
        next(results)


def test_what_was_done_before_the_workers_were_lost_is_gone_on_from(tmp_path: Path) -> None:
    output = tmp_path / "out"

    def lose() -> None:
        with journaled(output, "task") as journal:
            for result in engine.stream(die_always, CHUNKS, on="pool", workers=1):
                journal.write(f"{result} ")

    with pytest.raises(LostWorkersError):
        lose()
    with journaled(output, "task") as journal:
        assert journal.done == 5
        for chunk in CHUNKS[journal.done :]:
            journal.write(f"{3 * chunk} ")
    assert output.read_text() == "".join(f"{one} " for one in WHOLE)


class Hosts:
    """A scheduler and workers in processes of their own, as on several machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._file = folder / "scheduler.json"
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._started(*words, "--scheduler-file", str(self._file))

    def _started(self, *words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            env=self._environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def add_worker(self) -> None:
        """Start one more worker, without anybody that would start it again."""
        words = ["worker", "--scheduler-file", str(self._file), "--nthreads", "1", "--no-nanny"]
        self.workers.append(self._started(*words, "--no-dashboard", "--local-directory", str(self.folder)))

    @property
    def address(self) -> str:
        """The scheduler's, once it answers and two workers are there."""
        deadline = time.monotonic() + 60
        while not self._file.exists() or not self._file.read_text():
            assert time.monotonic() < deadline, "no scheduler"
            time.sleep(0.1)
        found = str(json.loads(self._file.read_text())["address"])
        with distributed.Client(found, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=60)
        return found

    def end(self) -> None:
        """Kill what is left."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    folder = tmp_path / "hosts"
    folder.mkdir()
    made = Hosts(folder)
    made.add_worker()
    made.add_worker()
    yield made
    made.end()


def test_a_table_is_aligned_to_the_same_bytes_though_a_worker_of_the_cluster_is_killed(
    tmp_path: Path, hosts: Hosts
) -> None:
    subjects = ("Farmers learn of prices", "Girls go to school", "Wells give clean water")
    rows = [f"p-{n},Project {n},{subjects[n % 3]} in village {n}.,C2" for n in range(1200)]
    table = tmp_path / "a.csv"
    table.write_text("\n".join(["id,title,description,lines", *rows, ""]))
    output = tmp_path / "cluster.csv"
    words = ["align", str(table), "--format", "csv", "-o", str(output), "--cluster", hosts.address]
    journal = tmp_path / "cluster.csv.journal"
    with subprocess.Popen([sys.executable, "-m", "actionlines.cli", *words]) as run:
        while not journal.exists() or journal.read_bytes().count(b"\n") < 4:
            assert run.poll() is None
            time.sleep(0.01)
        hosts.workers[0].send_signal(signal.SIGKILL)
        hosts.add_worker()
        assert run.wait(timeout=300) == 0
    assert main(["align", str(table), "--format", "csv", "-o", str(tmp_path / "local.csv")]) == 0
    assert output.read_bytes() == (tmp_path / "local.csv").read_bytes()


def test_a_scheduler_nobody_works_for_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actionlines.engine.cluster._WORKERS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as empty,
        pytest.raises(
            LostWorkersError, match=r"has no workers\. Expected: workers started with: dask worker tcp://"
        ),
    ):
        engine.run(operator.neg, [1], on="cluster", cluster=empty.scheduler_address)


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("", engine.Place()),
        ("local", engine.Place()),
        ("pool", engine.Place("pool")),
        ("pool:4", engine.Place("pool", 4)),
        (" tls://host:8786 ", engine.Place("cluster", None, "tls://host:8786")),
    ],
)
def test_a_place_is_one_word(word: str, place: engine.Place) -> None:
    assert engine.place(word) == place


@pytest.mark.parametrize("word", ["pool:0", "pool:x", "moon", "tcp://host", "http://host:1"])
def test_a_word_that_is_no_place_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="expected local, pool, pool:4 or tcp://SCHEDULER:8786"):
        engine.place(word)
