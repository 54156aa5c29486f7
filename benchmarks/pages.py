"""Home, list and detail at 10,000 entries on SQLite, one gunicorn worker: the 95th percentile of response times."""

import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from figure import Figure

ENTRIES = 10_000
REQUESTS = 200
COUNTRIES = [
    "FRA",
    "KEN",
    "IND",
    "BRA",
    "EGY",
    "CHN",
    "RUS",
    "USA",
    "MEX",
    "GEO",
    "FJI",
    "NGA",
    "ZAF",
    "IDN",
    "QAT",
    "COL",
    "ESP",
    "POL",
    "MAR",
    "SEN",
]
LINES = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7-GOV",
    "C7-BUS",
    "C7-LEA",
    "C7-HEA",
    "C7-EMP",
    "C7-ENV",
    "C7-AGR",
    "C7-SCI",
    "C8",
    "C9",
    "C10",
    "C11",
]
TARGETS = [
    "1.4",
    "2.3",
    "3.8",
    "4.4",
    "5.b",
    "8.3",
    "9.1",
    "9.c",
    "10.2",
    "11.b",
    "12.8",
    "13.1",
    "16.6",
    "16.10",
    "17.6",
    "17.8",
]


def fill(folder: str) -> float:
    """Make a database of ENTRIES entries, their texts put together from real descriptions; CPU seconds it took."""
    os.environ |= {"ACTIONLINES_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"}
    import django

    django.setup()
    from django.core.management import call_command

    from actionlines.formats.demonstration import demonstration_entries
    from actionlines.stocktaking import STAKEHOLDER_TYPES, Entry
    from actionlines_web.accounts.actor import System
    from actionlines_web.stocktaking.actions import store_entries

    call_command("serve", prepare_only=True)
    chance = random.Random(1)
    real = demonstration_entries()
    sentences = [
        part
        for entry in real
        if entry.language == "en"
        for part in re.split(r"(?<=[.])\s+", entry.description)
    ]
    entries = [
        Entry(
            id=f"bench-{number:05}",
            title=f"{chance.choice(real).title} {number}",
            description=" ".join(chance.sample(sentences, 5)),
            language="en",
            organisation=f"Organisation {chance.randrange(800)}",
            stakeholder_type=chance.choice(STAKEHOLDER_TYPES),
            country=chance.choice(COUNTRIES),
            year=chance.randrange(2010, 2027),
            lines=tuple(chance.sample(LINES, chance.choice([1, 1, 2]))),
            targets=tuple(chance.sample(TARGETS, chance.choice([0, 1, 2]))),
        )
        for number in range(ENTRIES)
    ]
    started = time.process_time()
    store_entries(System(), entries)
    return time.process_time() - started


def paths() -> dict[str, list[str]]:
    """What is asked, by page; filters and searches vary as readers vary them."""
    chance = random.Random(2)
    words = ("school", "health", "farmers", "broadband", "women", "government services", "radio", "training")
    return {
        "home": ["/"] * (REQUESTS // 2)
        + [
            f"/?region={chance.choice(['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR'])}&year_from={chance.randrange(2010, 2026)}"
            for _ in range(REQUESTS // 4)
        ]
        + [f"/?goal={chance.randrange(1, 18)}" for _ in range(REQUESTS // 4)],
        "list": ["/entries/"] * (REQUESTS // 4)
        + [f"/entries/?line={chance.choice(LINES)}" for _ in range(REQUESTS // 4)]
        + [f"/entries/?q={chance.choice(words).replace(' ', '+')}" for _ in range(REQUESTS // 4)]
        + [
            f"/entries/?country={chance.choice(COUNTRIES)}&goal={chance.randrange(1, 18)}"
            for _ in range(REQUESTS // 4)
        ],
        "detail": [f"/entries/bench-{chance.randrange(ENTRIES):05}/" for _ in range(REQUESTS)],
    }


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def percentile(seconds: list[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=100)[round(share * 100) - 1]


def measure() -> list[Figure]:
    """Fill, serve, ask."""
    with tempfile.TemporaryDirectory() as folder:
        filled = fill(folder)
        port = free_port()
        command = [str(Path(sys.executable).with_name("actionlines-web")), "serve", "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ})
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=2).read()
                    break
                except OSError:
                    time.sleep(0.2)
            figures = [
                Figure(
                    "storing 10,000 entries: aligned, indexed, counted",
                    f"{filled:.1f} s CPU",
                    "—",
                    "one transaction, SQLite",
                )
            ]
            for name, asked in paths().items():
                for path in asked[:: max(1, len(asked) // 8)]:
                    urllib.request.urlopen(address + path).read()
                seconds = []
                random.Random(3).shuffle(asked)
                for path in asked:
                    started = time.perf_counter()
                    urllib.request.urlopen(address + path).read()
                    seconds.append(time.perf_counter() - started)
                how = f"{len(asked)} requests one after the other, filters and searches mixed; wall time"
                result = f"p50 {percentile(seconds, 0.5):.0f} ms, p95 {percentile(seconds, 0.95):.0f} ms"
                figures.append(Figure(f"{name} page at 10,000 entries", result, "p95 < 100 ms", how))
            return figures
        finally:
            server.terminate()
            server.wait(10)
