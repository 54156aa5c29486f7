"""What the drills share: a process of the site that stands still at a place, a server of PostgreSQL that is killed."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from shared import PROJECT

# Stands still before a call of a function until a line comes, then goes on with `code`.
STANDING = """
import sys
from importlib import import_module
import django
django.setup()
from django.utils import timezone
place, nth, ahead = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
if ahead:
    from datetime import timedelta
    now = timezone.now
    timezone.now = lambda: now() + timedelta(seconds=ahead)
module, _, name = place.partition(":")
owner = import_module(module)
*above, name = name.split(".")
for part in above:
    owner = getattr(owner, part)
original, calls = getattr(owner, name), []
def standing(*arguments, **named):
    calls.append(1)
    if len(calls) == nth:
        print("standing", flush=True)
        sys.stdin.readline()
    return original(*arguments, **named)
setattr(owner, name, standing)
"""
WORK = """
from django.core.management import call_command
call_command("work", "--until-empty")
"""
SITE = {"DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"}


class Standing:
    """A process of the site that stands still before the nth call of a function."""

    def __init__(
        self, environment: Mapping[str, str], place: str, nth: int = 1, code: str = WORK, ahead: float = 0
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", STANDING + code, place, str(nth), str(ahead)],
            env={**environment, **SITE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "standing\n"

    def go_on(self) -> None:
        """Let it go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def ends(self) -> int:
        """Its exit status, within ten minutes: a busy machine is not a fault."""
        self.process.communicate(timeout=600)
        return self.process.returncode


def may_run_postgresql() -> bool:
    """Whether a server of one's own can be started here."""
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return os.getuid() == 0 and bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


needs_postgresql = pytest.mark.skipif(
    not may_run_postgresql(), reason="no server of PostgreSQL can be started and killed here"
)


class Server:
    """A server of PostgreSQL of its own, that can be killed as a power cut does it, and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        """Of its database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, or start it again at the same port."""
        self._script("start", f"-p {self.port}", "-c fsync=on")

    def stop(self) -> None:
        """Stop it, and remove what it wrote."""
        self._script("stop", check=False)
        shutil.rmtree(self.folder / "server", ignore_errors=True)

    def kill(self) -> None:
        """Kill every process of it at once."""
        first = int((self.folder / "server" / "data" / "postmaster.pid").read_text().split("\n")[0])
        # It stands still first, so that nobody is born while its children are counted.
        os.kill(first, signal.SIGSTOP)
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for number in (first, *map(int, children)):
            os.kill(number, signal.SIGKILL)
        for number in (first, *map(int, children)):
            wait_until(lambda number=number: not _runs(number))  # type: ignore[misc]
        # Until somebody buries the dead its number is taken, and the next server would believe that it lives.
        (self.folder / "server" / "data" / "postmaster.pid").unlink()
        for left in (self.folder / "server").glob(".s.PGSQL.*"):
            left.unlink()

    def _script(self, command: str, *more: str, check: bool = True) -> None:
        done = subprocess.run(
            [PROJECT / "scripts" / "postgresql.sh", command, self.folder, *more],
            env={**os.environ, "PGCTLTIMEOUT": "180"},
            check=False,
            capture_output=True,
            text=True,
        )
        log = self.folder / "server" / "log"
        said = log.read_text()[-2000:] if log.exists() else ""
        assert done.returncode == 0 or not check, f"{done.stderr}\n{said}"


def _runs(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(look: Callable[[], bool], seconds: float = 300) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)
