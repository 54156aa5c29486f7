"""Real processes: a worker killed in the middle, a site that stops cleanly. On the database of the test run."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

STAGE = """
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import order_import, stage_import
user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
words = "Telemedicine and school networks in rural villages. " * 20
rows = [f"p-{n},Project {n},{words},2020" for n in range(1500)]
batch = stage_import(user, "\\n".join(["id,title,description,year", *rows, ""]).encode(), "entries.csv")
order_import(user, batch.pk)
"""
LOOK = """
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.queries import verify
from actionlines_web.jobs.models import Job
from actionlines_web.stocktaking.actions import drift
from actionlines_web.stocktaking.models import Entry, ImportBatch
job, row = Job.objects.get(), DBTaskResult.objects.get()
print(Entry.objects.count(), ImportBatch.objects.get().state, row.status, len(row.worker_ids), job.phase or "-",
    job.done, len(drift()), verify().sound, sep="|")
"""


def worker(environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """A worker at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "actionlines_web.cli", "work", *arguments],
        env=environment,
        stderr=subprocess.DEVNULL,
    )


def wait_for(look: Callable[[], str], *words: str) -> str:
    """What `look` says once it holds all words; fails after a minute."""
    said = ""
    for _ in range(120):
        said = look()
        if all(word in said for word in words):
            return said
        time.sleep(0.2)
    raise AssertionError(f"{words} never came; last: {said}")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_a_worker_that_ends_in_the_middle_leaves_nothing_half_and_another_goes_on(
    environment: Mapping[str, str], run: Callable[[str], str], end: signal.Signals
) -> None:
    run(STAGE)
    first = worker(environment)
    wait_for(lambda: run(LOOK), "RUNNING|1|aligning")
    first.send_signal(end)
    assert first.wait(30) == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    left = run(LOOK)
    assert left.startswith("0|ordered|RUNNING|1|" if end == signal.SIGKILL else "0|ordered|READY|1|")
    second = worker(environment)
    try:
        done = wait_for(lambda: run(LOOK), "SUCCESSFUL")
    finally:
        second.terminate()
        second.wait(30)
    assert done == "1500|applied|SUCCESSFUL|2|storing|1500|0|True"


def test_serve_starts_a_worker_restarts_it_and_stops_both(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [sys.executable, "-m", "actionlines_web.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: healthy(port), "ok")
        (before,) = wait_for_worker(site.pid)
        os.kill(before, signal.SIGKILL)
        for _ in range(100):
            after = workers(site.pid)
            if after and after != [before]:
                break
            time.sleep(0.1)
        (again,) = wait_for_worker(site.pid)
        assert again != before
        children = every_child(site.pid)
    finally:
        site.terminate()
        assert site.wait(30) == 0
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert healthy(port) == ""


def healthy(port: int) -> str:
    """What /health says, or ''."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def every_child(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def workers(pid: int) -> list[int]:
    """Those that work off the queue."""
    return [child for child in every_child(pid) if b"\0work\0" in Path(f"/proc/{child}/cmdline").read_bytes()]


def wait_for_worker(pid: int) -> list[int]:
    """The workers, once there is one."""
    wait_for(lambda: str(workers(pid)) if workers(pid) else "", "[")
    return workers(pid)
