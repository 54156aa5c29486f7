"""Workers of a Dask cluster, on as many machines as it has."""

import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any, Final

from actionlines.engine.ordered import AHEAD, LostWorkersError
from actionlines.problems import Problem, marked

# Seconds in which the scheduler answers, and in which a first worker comes.
_ANSWER: Final = 10
_WORKERS: Final = 30
# Seconds after which the workers are counted again: they may come and go.
_COUNT: Final = 10.0


def _itself(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return function


def _apply(function: Callable[[Any], Any], chunk: Any) -> Any:
    return function(chunk)


class Cluster:
    """The workers of a scheduler.

    The function is the result of a task: workers hand it to one another, and the scheduler has it made again when all
    that held it are gone (data that are only scattered would be lost with them).
    """

    def __init__(self, function: Callable[[Any], Any], address: str) -> None:
        """Ask the scheduler in.

        Raises:
            LostWorkersError: the software is missing, nobody answers at the address, or the scheduler has no workers.
        """
        try:
            self._distributed: Any = import_module("distributed")
        except ImportError:
            fault = marked("the software of the cluster is not installed.")
            expected = marked("the extra actionlines[cluster].")
            raise LostWorkersError([Problem(fault, expected=expected)]) from None
        self.lost: tuple[type[BaseException], ...] = (
            self._distributed.KilledWorker,
            CancelledError,
            import_module("distributed.comm").CommClosedError,
        )
        self._function = function
        self._address = address
        self._connect()

    def _connect(self) -> None:
        try:
            self._client = self._distributed.Client(self._address, set_as_default=False, timeout=_ANSWER)
        except OSError as error:
            fault = marked("no Dask scheduler answers at %(address)s: %(reason)s.")
            raise LostWorkersError([Problem(fault, {"address": self._address, "reason": error})]) from None
        try:
            self._client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError:
            self._client.close()
            fault = marked("the Dask scheduler at %(address)s has no workers.")
            expected = marked("workers started with: dask worker %(address)s.")
            raise LostWorkersError([Problem(fault, {"address": self._address}, expected=expected)]) from None
        with warnings.catch_warnings():
            # A trained model is large; it travels once.
            warnings.filterwarnings("ignore", message="Sending large graph")
            self._carried = self._client.submit(_itself, self._function, pure=False)
        self._most, self._counted = 0, 0.0

    def submit(self, chunk: Any) -> Any:
        """Give a chunk out."""
        return self._client.submit(_apply, self._carried, chunk, pure=False)

    def most(self) -> int:
        """How many chunks may be given out at a time; taken off the queue, a result's memory is free again."""
        now = time.monotonic()
        if not self._most or now - self._counted > _COUNT:
            self._most = AHEAD * max(1, sum(self._client.nthreads().values()))
            self._counted = now
        return self._most

    def renew(self) -> None:
        """Ask the scheduler in again: it may be another by now."""
        self.close()
        self._connect()

    def close(self) -> None:
        """Let go of what is given out."""
        self._client.close()
