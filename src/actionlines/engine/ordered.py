"""Results in the order of their chunks from workers that may die."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from actionlines.problems import InputError, Problem, marked

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")

# Chunks given out ahead of the one whose result is waited for, a worker.
AHEAD: Final = 8
# So often a chunk is given out that loses its worker.
TRIES: Final = 3


class LostWorkersError(InputError):
    """Nobody is there to do the work, or a chunk lost every worker it was given to. What is done may be gone on from."""


class Future(Protocol):
    """What a place gives for a chunk: the result, waited for."""

    def result(self) -> Any:
        """The result, or what the function raised, or one of the place's `lost`."""


class Workers(Protocol):
    """Where chunks are done.

    Attributes:
        lost: what a future raises whose worker died.
    """

    lost: tuple[type[BaseException], ...]

    def submit(self, chunk: Any) -> Future:
        """Give a chunk out. May raise one of `lost`."""

    def most(self) -> int:
        """How many chunks may be given out at a time."""

    def renew(self) -> None:
        """Begin again with new workers; futures given before are of no use."""

    def close(self) -> None:
        """Let go of the workers; what is not begun is not done."""


@dataclass(slots=True)
class Given(Generic[Chunk]):
    """A chunk that is given out; `number` counts from 1."""

    number: int
    chunk: Chunk
    future: Future | None


def in_order(workers: Workers, chunks: Iterable[Chunk]) -> Iterator[Any]:
    """The results one by one, each once; closes the workers at the end.

    Raises:
        LostWorkersError: a chunk lost its worker as often as it may, the last times with nothing else under way.
    """
    waiting: deque[Given[Chunk]] = deque()
    try:
        for number, chunk in enumerate(chunks, start=1):
            waiting.append(Given(number, chunk, _submitted(workers, chunk)))
            if len(waiting) >= workers.most():
                yield _first(workers, waiting)
        while waiting:
            yield _first(workers, waiting)
    finally:
        workers.close()


def _submitted(workers: Workers, chunk: Any) -> Future | None:
    """The future, or None where the workers are already known to be lost: the chunk waits to be given out again."""
    try:
        return workers.submit(chunk)
    except workers.lost:
        return None


def _first(workers: Workers, waiting: deque[Given[Chunk]]) -> Any:
    """The first result.

    Where a worker died nobody knows which of the chunks under way killed it. The first is then done alone: so each
    death brings the work forward, and in the end the culprit is alone and is named.
    """
    first = waiting.popleft()
    lost: BaseException | None = None
    for attempt in range(TRIES):
        if attempt:
            workers.renew()
            first.future = _submitted(workers, first.chunk)
        if first.future is None:
            continue
        try:
            result = first.future.result()
        except workers.lost as error:
            lost = error
            continue
        if attempt:
            for given in waiting:
                given.future = _submitted(workers, given.chunk)
        return result
    fault = marked("chunk %(number)s lost its worker %(times)s times (%(reason)s).")
    expected = marked("more memory for each worker, or fewer workers on a machine.")
    values = {"number": first.number, "times": TRIES, "reason": type(lost).__name__}
    raise LostWorkersError([Problem(fault, values, expected=expected)]) from lost
