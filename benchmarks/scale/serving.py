"""A server in front of a register, its processes, their processor time and memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scale.store import Register

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        roots: the processes whose work counts, with all their children: gunicorn, and PostgreSQL where there is one.
    """

    port: int
    roots: tuple[int, ...]

    def cpu(self) -> float:
        """Processor seconds of all its processes so far, those that ended included."""
        return sum(_ticks(number) for number in self.processes()) / TICKS

    def processes(self) -> list[int]:
        """The numbers of its processes."""
        return [number for root in self.roots for number in _family(root)]

    def peak(self) -> float:
        """The largest resident set of one of its workers since `forget_peak`, in MB."""
        return max(_status(number, "VmHWM") for number in _family(self.roots[0])[1:]) / 1024

    def forget_peak(self) -> None:
        """Begin to measure memory anew."""
        for number in self.processes():
            Path(f"/proc/{number}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def served(
    register: Register, command: Sequence[str], more: Mapping[str, str] | None = None, ready: str = "/health"
) -> Iterator[Server]:
    """A server of the register until the end of the block; PORT in the command is where it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    run = [sys.executable, "-m", *(part.replace("PORT", str(port)) for part in command)]
    process = subprocess.Popen(
        run,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**register.environment, **(more or {})},
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=30).read()
                break
            except OSError:
                time.sleep(0.1)
        database = register.folder / "server" / "data" / "postmaster.pid"
        roots = [process.pid]
        if register.vendor == "postgresql":
            roots.append(int(database.read_text(encoding="ascii").split()[0]))
        yield Server(port, tuple(roots))
    finally:
        process.terminate()
        process.wait(60)


def _family(root: int) -> list[int]:
    found = [root]
    for number in found:
        try:
            for task in Path(f"/proc/{number}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:  # ended meanwhile
            continue
    return found


def _ticks(number: int) -> int:
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0
    return sum(map(int, text.rpartition(")")[2].split()[11:15]))


def _status(number: int, name: str) -> int:
    for line in Path(f"/proc/{number}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
