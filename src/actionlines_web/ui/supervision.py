"""Several processes under one: they start together, are restarted when they die, and stop together."""

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 25
RESTART_SECONDS = 2


class Supervisor:
    """Runs `main` and its `helpers`, each a command; the end of `main` is the end of all.

    A helper that dies is started again. SIGTERM and SIGINT are passed on; what has not stopped after PATIENCE_SECONDS
    is killed. On Linux the processes also stop when the supervisor itself is killed.
    """

    def __init__(self, main: Sequence[str], helpers: Mapping[str, Sequence[str]]) -> None:
        self._main = main
        self._helpers = helpers
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self) -> int:
        """Until `main` ends or a signal comes; returns the exit status of `main`, 0 after a signal."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        main = _start(self._main)
        # The helpers start a moment later: at first the machine belongs to the server, for which somebody waits.
        starts = dict.fromkeys(self._helpers, time.monotonic())
        while main.poll() is None and not self._stopping:
            for name, command in self._helpers.items():
                process = self._running.get(name)
                if process is not None and process.poll() is None:
                    continue
                if time.monotonic() - starts[name] < RESTART_SECONDS:
                    continue
                if process is not None:
                    logger.warning("%s ended with status %s and is started again", name, process.returncode)
                starts[name] = time.monotonic()
                self._running[name] = _start(command)
            time.sleep(0.1)
        _end([main, *self._running.values()])
        return 0 if self._stopping else main.returncode

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # Only commands made of our own interpreter and fixed arguments come here. In a session of its own the process does
    # not see Ctrl-C, which the supervisor passes on in order.
    return subprocess.Popen(command, preexec_fn=_end_with_parent, start_new_session=True)  # noqa: S603


def _end_with_parent() -> None:
    """Ask Linux to send SIGTERM to this process when its parent dies."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
