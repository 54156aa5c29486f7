"""Processes of this machine."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from actionlines.engine.ordered import AHEAD

_carried: list[Callable[[Any], Any]] = []


def _carry(function: Callable[[Any], Any]) -> None:
    """Keep the function in a worker of the pool."""
    _carried[:] = [function]


def _apply_carried(chunk: Any) -> Any:
    return _carried[0](chunk)


class Pool:
    """A pool of processes that each carry the function."""

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, function: Callable[[Any], Any], workers: int | None) -> None:
        self._function = function
        self._workers = workers or os.cpu_count() or 1
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        # Fresh processes: a fork of one whose libraries have threads can hang.
        return ProcessPoolExecutor(self._workers, get_context("spawn"), _carry, (self._function,))

    def submit(self, chunk: Any) -> "Future[Any]":
        """Give a chunk out."""
        return self._pool.submit(_apply_carried, chunk)

    def most(self) -> int:
        """How many chunks may be given out at a time."""
        return AHEAD * self._workers

    def renew(self) -> None:
        """A pool one of whose processes died is of no use any more."""
        self.close()
        self._pool = self._made()

    def close(self) -> None:
        """End the processes once they have done what they have begun."""
        self._pool.shutdown(cancel_futures=True)
