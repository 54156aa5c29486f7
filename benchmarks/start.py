"""From a clean clone to a served home page, and a second start, with a warm package cache."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from figure import Figure
from pages import free_port

PROJECT = Path(__file__).resolve().parents[1]
LIMIT = 600


def served(folder: Path, port: int) -> float:
    """Seconds from `make run` to the home page's last byte; stops the site again."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES", "DJANGO"))
    }
    started = time.perf_counter()
    site = subprocess.Popen(
        ["make", "run", f"SERVE=--port {port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - started < LIMIT:
            if site.poll() is not None:
                raise SystemExit("make run ended before it served a page")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    answer.read()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.1)
        raise SystemExit("no page was served in time")
    finally:
        os.killpg(site.pid, signal.SIGTERM)
        site.wait(20)


def measure() -> list[Figure]:
    """Clone, run, run again."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        started = time.perf_counter()
        subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
        cloned = time.perf_counter() - started
        first = cloned + served(clone, free_port())
        second = served(clone, free_port())
    how = "`git clone`, `make run`, home page read; wall time, package cache warm"
    return [
        Figure("clean clone to a served home page", f"{first:.0f} s", "< 90 s", how),
        Figure(
            "second start to a served home page", f"{second:.1f} s", "< 5 s", "`make run` again; wall time"
        ),
    ]
