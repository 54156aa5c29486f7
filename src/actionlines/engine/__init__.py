"""The one door for bulk work: a function over chunks, in this process, in a pool of processes or on a Dask cluster.

Results come in the order of the chunks and are the same wherever they are made, as long as the function is a pure
function of its chunk: whoever draws random numbers in it seeds them by what the chunk says, never by the worker.

A worker that is killed loses nothing: its chunks are done again, and each result is given once. A chunk that kills
every worker it comes to is named (`LostWorkersError`).
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from actionlines.engine.cluster import Cluster
from actionlines.engine.ordered import LostWorkersError, in_order
from actionlines.engine.places import Place, place
from actionlines.engine.pool import Pool
from actionlines.problems import Problem, marked

__all__ = ["CLUSTER_VARIABLE", "PLACES", "LostWorkersError", "Place", "Progress", "place", "run", "stream"]

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")
Progress = Callable[[int, int], None]

PLACES: Final = ("local", "pool", "cluster")

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
        LostWorkersError: a chunk lost every worker it was given to; or the cluster's software or its address is missing,
            nobody answers there, or it has no workers.
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
) -> Iterator[Done]:
    """As `run`, the results one by one in the order of the chunks, so that each can be let go before the next.

    Args:
        total: how many chunks there are, said beforehand; they are then drawn only as workers can take them, so that
            millions need no memory.
    """
    todo = list(chunks) if total is None else chunks
    count = len(todo) if isinstance(todo, list) else total or 0
    results: Iterator[Done]
    if on == "local":
        results = map(function, todo)
    elif on == "pool":
        results = in_order(Pool(function, workers), todo)
    elif on == "cluster":
        results = _on_cluster(function, todo, cluster or os.environ.get(CLUSTER_VARIABLE, ""))
    else:
        raise ValueError(f"on is {on!r}, expected one of {', '.join(PLACES)}")
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done, count)
        yield result
        del result


def _on_cluster(function: Callable[[Chunk], Done], chunks: Iterable[Chunk], address: str) -> Iterator[Done]:
    if not address:
        fault = marked("there is no address of a cluster.")
        expected = marked("the address of a Dask scheduler in %(variable)s.")
        raise LostWorkersError([Problem(fault, {"variable": CLUSTER_VARIABLE}, expected=expected)])
    return in_order(Cluster(function, address), chunks)
