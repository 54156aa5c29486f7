"""The one door for bulk work: a function over chunks, in this process, in a pool of processes or on a Dask cluster.

Results come in the order of the chunks and are the same wherever they are made, as long as the function is a pure
function of its chunk: whoever draws random numbers in it seeds them by what the chunk says, never by the worker.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Final, TypeVar

from actionlines.problems import InputError, Problem, marked

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")
Progress = Callable[[int, int], None]

PLACES: Final = ("local", "pool", "cluster")

# Chunks given out ahead of the one whose result is waited for, a worker.
_AHEAD: Final = 8

# Where the scheduler of the cluster is, when the caller does not say.
CLUSTER_VARIABLE: Final = "ACTIONLINES_CLUSTER"


def run(
    function: Callable[[Chunk], Done],
    chunks: Iterable[Chunk],
    *,
    on: str = "local",
    workers: int | None = None,
    cluster: str = "",
    progress: Progress | None = None,
) -> list[Done]:
    """Apply a function to every chunk.

    Args:
        function: pure; on 'pool' and 'cluster' it and its results must be picklable. It travels once to a worker,
            not once for each chunk, so it may carry data.
        chunks: one argument each.
        on: 'local' (this process), 'pool' (processes of this machine) or 'cluster' (Dask).
        workers: processes of the pool (default: one a core).
        cluster: address of the Dask scheduler, such as 'tcp://host:8786' (default: the environment's
            ACTIONLINES_CLUSTER).
        progress: called with (chunks done, chunks in all) as they finish.

    Returns:
        One result for each chunk, in the order of the chunks.

    Raises:
        ValueError: `on` is none of the three.
        InputError: the cluster's software or its address is missing, or nobody answers there.
        Exception: whatever the function raised first.
    """
    return list(stream(function, chunks, on=on, workers=workers, cluster=cluster, progress=progress))


def stream(
    function: Callable[[Chunk], Done],
    chunks: Iterable[Chunk],
    *,
    on: str = "local",
    workers: int | None = None,
    cluster: str = "",
    progress: Progress | None = None,
    total: int | None = None,
    pool: "Pool | None" = None,
) -> Iterator[Done]:
    """As `run`, the results one by one in the order of the chunks, so that each can be let go before the next.

    Args:
        pool: processes that `started` began with this function; the work is done there.
        total: how many chunks there are, said beforehand; they are then drawn only as workers can take them, so that
            millions need no memory.
    """
    todo = list(chunks) if total is None else chunks
    count = len(todo) if isinstance(todo, list) else total or 0
    results: Iterator[Done]
    if pool is not None:
        results = pool.results(todo)
    elif on == "local":
        results = map(function, todo)
    elif on == "pool":
        results = _in_pool(function, todo, workers)
    elif on == "cluster":
        results = _on_cluster(function, todo, cluster or os.environ.get(CLUSTER_VARIABLE, ""))
    else:
        raise ValueError(f"on is {on!r}, expected one of {', '.join(PLACES)}")
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done, count)
        yield result
        del result


_carried: list[Callable[[Any], Any]] = []


def _carry(function: Callable[[Any], Any]) -> None:
    """Keep the function in a worker of the pool."""
    _carried[:] = [function]


def _apply_carried(chunk: Any) -> Any:
    return _carried[0](chunk)


@dataclass(frozen=True, slots=True)
class Pool:
    """Processes under way that carry one function; made by `started`."""

    executor: ProcessPoolExecutor
    workers: int

    def results(self, chunks: Iterable[Any]) -> Iterator[Any]:
        """What the function makes of each chunk, in their order."""
        waiting: deque[Future[Any]] = deque()
        for chunk in chunks:
            waiting.append(self.executor.submit(_apply_carried, chunk))
            if len(waiting) >= _AHEAD * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def started(
    function: Callable[[Any], Any], workers: int | None = None, warm: Callable[[], object] | None = None
) -> Iterator[Pool]:
    """Processes that start at once, so that they are ready when the chunks for them are; for `stream(pool=…)`.

    Args:
        function: as of `run`.
        workers: how many (default: one a core).
        warm: what each does first, such as loading a model.
    """
    count = workers or os.cpu_count() or 1
    # Fresh processes: a fork of one whose libraries have threads can hang.
    executor = ProcessPoolExecutor(count, get_context("spawn"), _carry, (function,))
    try:
        if warm is not None:
            for _ in range(count):
                executor.submit(warm)
        yield Pool(executor, count)
    finally:
        executor.shutdown(cancel_futures=True)


def _in_pool(
    function: Callable[[Chunk], Done], chunks: Iterable[Chunk], workers: int | None
) -> Iterator[Done]:
    with started(function, workers) as pool:
        yield from pool.results(chunks)


def _apply(function: Callable[[Chunk], Done], chunk: Chunk) -> Done:
    return function(chunk)


def _on_cluster(function: Callable[[Chunk], Done], chunks: Iterable[Chunk], address: str) -> Iterator[Done]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        fault = marked("the software of the cluster is not installed.")
        expected = marked("the extra actionlines[cluster].")
        raise InputError([Problem(fault, expected=expected)]) from None
    if not address:
        fault = marked("there is no address of a cluster.")
        expected = marked("the address of a Dask scheduler in %(variable)s.")
        raise InputError([Problem(fault, {"variable": CLUSTER_VARIABLE}, expected=expected)])
    try:
        client = distributed.Client(address, set_as_default=False, timeout=10)
    except OSError as error:
        fault = marked("no Dask scheduler answers at %(address)s: %(reason)s.")
        raise InputError([Problem(fault, {"address": address, "reason": error})]) from None
    with client:
        carried = client.scatter(function, broadcast=True, hash=False)
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        futures: deque[Any] = deque()
        for chunk in chunks:
            futures.append(client.submit(_apply, carried, chunk, pure=False))
            if len(futures) >= most:
                # Taken off the queue, a result's memory on the cluster is free again.
                yield futures.popleft().result()
        while futures:
            yield futures.popleft().result()
