"""1.5 million observations: loaded into the site, then its pages of statistics by their 95th percentile."""

import csv
import os
import random
import resource
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from figure import Figure

VALUES = 1_500_000
SERIES = 62
YEARS = range(2000, 2025)
PARTS = (("_T", "_T"), ("F", "_T"), ("M", "_T"), ("_T", "U"))
REQUESTS = 60


def write(path: Path) -> int:
    """A long table of made figures of real series and economies; how many rows."""
    from actionlines.frameworks import areas
    from actionlines.measurement import series

    rng = random.Random(7)
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("economy", "year", "series", "value", "sex", "urbanisation", "obs_status", "source"))
        for one in series()[:SERIES]:
            for place in areas():
                for sex, urban in PARTS:
                    value = rng.uniform(1, 60)
                    for year in YEARS:
                        if number == VALUES:
                            return number
                        value = min(100.0, value * rng.uniform(0.97, 1.08))
                        row = (place.iso3, year, one.code, f"{value:.4f}", sex, urban, "A", "made")
                        writer.writerow(row)
                        number += 1
    return number


def load(path: Path) -> tuple[float, float]:
    """CPU and wall seconds of loading the table into an empty site."""
    from actionlines.formats.statistics import stream_long
    from actionlines_web.accounts.actor import System
    from actionlines_web.indicators.actions import store_observations

    cpu, wall = time.process_time(), time.perf_counter()
    stored = store_observations(System(), stream_long(path, problems=[]), vintage=date(2025, 1, 1))
    assert stored.first == VALUES, stored
    return time.process_time() - cpu, time.perf_counter() - wall


def addresses() -> dict[str, list[str]]:
    """What is asked, by page, as readers vary it."""
    from actionlines.frameworks import areas
    from actionlines.measurement import series

    chance = random.Random(2)
    places = [one.iso3 for one in areas()]
    codes = [one.code for one in series()[:SERIES]]
    chosen = [chance.choice(places) for _ in range(REQUESTS)]
    return {
        "profile of an economy": [f"/indicators/economies/{code}/" for code in chosen],
        "series": [f"/indicators/{chance.choice(codes)}/" for _ in range(REQUESTS)],
        "history of a series": [f"/indicators/{chance.choice(codes)}/economies/{code}/" for code in chosen],
        "what if": [
            f"/indicators/indices/uptake-demonstration/what-if/?economy={code}&v.i99H={chance.randrange(100)}"
            for code in chosen
        ],
        "availability": ["/indicators/availability/"] * 20,
    }


def measure() -> list[Figure]:
    """Load, then ask in one process."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ACTIONLINES_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        call_command("serve", prepare_only=True)
        path = Path(folder) / "observations.csv"
        write(path)
        cpu, wall = load(path)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = [
            Figure(
                f"loading {VALUES:,} observations from csv into {connection.vendor}",
                f"{cpu:.0f} s CPU, {wall:.0f} s, {memory:.0f} MB",
                "< 30 s, < 1 GB",
                "benchmarks/observations.py: one transaction, revisions compared, coverage kept",
            )
        ]
        client = Client(headers={"Host": "localhost"})
        for name, asked in addresses().items():
            for address in asked[:3]:
                client.get(address)
            spent, used = [], []
            for address in asked:
                started, processor = time.perf_counter(), time.process_time()
                answer = client.get(address)
                spent.append(time.perf_counter() - started)
                used.append(time.process_time() - processor)
                assert answer.status_code == 200, (address, answer.status_code)
            cpu95, wall95 = (1000 * statistics.quantiles(one, n=20)[18] for one in (used, spent))
            wanted = {"what if": "p95 < 200 ms"}.get(name, "p95 < 150 ms")
            figures.append(
                Figure(
                    f"page “{name}” at {VALUES:,} observations on {connection.vendor}",
                    f"p95 {cpu95:.0f} ms CPU, {wall95:.0f} ms",
                    wanted,
                    f"{len(asked)} requests one after the other in one process",
                )
            )
        return figures
