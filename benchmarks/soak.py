"""A site under a steady load: errors, times, and whether memory, files or connections grow.

    python benchmarks/soak.py [--minutes 60] [--rate 20] [--entries 10000] [--vendor sqlite]

Requests leave by the clock, whether the ones before were answered or not; one of twenty writes an entry. Memory is that
of all processes of the server, every ten seconds. Growth is the median of the last quarter over that of the second: the
first fills what is kept for good.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import quote

from figure import Figure
from scale.asked import requests
from scale.measuring import OURS
from scale.serving import Server, served
from scale.store import Register, register

MINUTES = float(os.environ.get("ACTIONLINES_SOAK_MINUTES", "60"))
RATE = 20.0
CLIENTS = 16
SAMPLE_SECONDS = 10.0
WRITE_EVERY = 20
TOKEN = """
import django; django.setup()
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token
ensure_user(System(), email="soak@example.org", name="Soak", roles=("coordinator",))
print(issue_token(System(), email="soak@example.org", scopes=["entries:write"])[1])
"""


@dataclass
class Seen:
    """What came back: seconds of each answer, statuses that are none to be glad of, samples of memory and files."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    late: int = 0


def _client(server: Server, key: str, todo: "Queue[tuple[float, int, str] | None]", seen: Seen) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    while (job := todo.get()) is not None:
        due, number, address = job
        try:
            if number % WRITE_EVERY:
                connection.request("GET", quote(address, safe="/?&=%+-_.~"), headers={"Accept": "text/html"})
            else:
                body = json.dumps(
                    {"title": f"Soak {number}", "description": "Nothing of note.", "year": 2026}
                )
                head = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
                connection.request(
                    "PUT", f"/api/v1/entries/soak-{number % 5000}", body, {**head, "If-Match": "*"}
                )
            answer = connection.getresponse()
            answer.read()
            # An entry that is not there yet cannot be matched: it is made.
            if answer.status == 412:
                connection.request(
                    "PUT", f"/api/v1/entries/soak-{number % 5000}", body, {**head, "If-None-Match": "*"}
                )
                answer = connection.getresponse()
                answer.read()
            seen.seconds.append(time.monotonic() - due)
            if answer.status not in {200, 201, 204}:
                seen.faults[f"{answer.status} {address.partition('?')[0]}"] += 1
        except (OSError, http.client.HTTPException) as error:
            seen.faults[type(error).__name__] += 1
            connection.close()
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.close()


def _sample(server: Server, seen: Seen) -> None:
    pages = os.sysconf("SC_PAGE_SIZE")
    memory = files = 0
    for number in server.processes():
        try:
            memory += int(Path(f"/proc/{number}/statm").read_text().split()[1]) * pages
            files += len(list(Path(f"/proc/{number}/fd").iterdir()))
        except OSError:
            continue
    seen.memory.append(memory / 1e6)
    seen.files.append(files)


def _soak(made: Register, server: Server, minutes: float, rate: float) -> Seen:
    done = subprocess.run(
        [sys.executable, "-c", TOKEN], env=made.environment, check=True, capture_output=True, text=True
    )
    key = done.stdout.strip()
    addresses = list(chain.from_iterable(requests(made.entries, 300).values()))
    random.Random(3).shuffle(addresses)
    seen, todo = Seen(), Queue[tuple[float, int, str] | None]()
    clients = [threading.Thread(target=_client, args=(server, key, todo, seen)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    begun, sampled = time.monotonic(), 0.0
    for number in range(int(minutes * 60 * rate)):
        due = begun + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        todo.put((due, number, addresses[number % len(addresses)]))
        if time.monotonic() - sampled > SAMPLE_SECONDS:
            sampled = time.monotonic()
            seen.late = max(seen.late, todo.qsize())
            _sample(server, seen)
    for _ in clients:
        todo.put(None)
    for client in clients:
        client.join(120)
    try:
        while True:
            todo.get_nowait()
    except Empty:
        return seen


def _growth(samples: list[float]) -> float:
    quarter = max(1, len(samples) // 4)
    early, late = samples[quarter : 2 * quarter] or samples, samples[-quarter:]
    return statistics.median(late) / statistics.median(early) - 1


def measure(
    minutes: float = MINUTES, rate: float = RATE, entries: int = 10_000, vendor: str = "sqlite"
) -> list[Figure]:
    """Build or reuse a register, serve it, load it."""
    kept = os.environ.get("ACTIONLINES_SCALE_DIR")
    with (
        nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder,
        register(vendor, entries, Path(folder)) as made,
        served(made, OURS, {"ACTIONLINES_API_RATE": "0"}) as server,
    ):
        before = server.cpu()
        seen = _soak(made, server, minutes, rate)
        cpu = (server.cpu() - before) / max(1, len(seen.seconds))
    whole = f"{minutes:g} minutes at {rate:g} requests/s, {entries:,} entries, {vendor}"
    p50, p95 = (statistics.quantiles(seen.seconds, n=100)[place - 1] for place in (50, 95))
    faults = ", ".join(f"{count} × {what}" for what, count in seen.faults.most_common(5)) or "none"
    files = f"open files {seen.files[0]} at first, {max(seen.files)} at most, {seen.files[-1]} at last"
    return [
        Figure(
            f"soak: errors, {whole}",
            f"{sum(seen.faults.values())} of {len(seen.seconds) + sum(seen.faults.values()):,}",
            "0",
            f"{faults}; p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms from when the request was due, {1000 * cpu:.0f} ms "
            f"of CPU a request; at most {seen.late} waited; load after {os.getloadavg()[0]:.1f}",
        ),
        Figure(
            "soak: growth of memory",
            f"{_growth(seen.memory):+.1%}",
            "under 5 %",
            f"{seen.memory[0]:.0f} MB at first, {max(seen.memory):.0f} MB at most, {seen.memory[-1]:.0f} MB at last; {files}",
        ),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--vendor", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    for figure in measure(given.minutes, given.rate, given.entries, given.vendor):
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")


if __name__ == "__main__":
    main()
