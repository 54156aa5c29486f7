"""Aligning a table in one process and in two: the same bytes, and how much sooner."""

import csv
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from align import texts
from figure import Figure

from actionlines.formats.tabular.table import guarded

ROUNDS = 5  # the texts of `align`, so many times
PROGRAM = """
import json, resource, sys
from actionlines.cli import main
if __name__ == "__main__":
    status = main(json.loads(sys.argv[1]))
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime, own.ru_maxrss)
    sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, CPU seconds of the first process and of its workers together, peak kB of the first."""

    clock: float
    own: float
    workers: float
    peak: float


def _table(path: Path) -> int:
    given = texts() * ROUNDS
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        writer.writerows((number, guarded(" ".join(text.split()))) for number, text in enumerate(given))
    return len(given)


def _run(table: Path, output: Path, workers: int) -> Run:
    words = ["align", str(table), "--format", "csv", "-o", str(output), f"--workers={workers}"]
    script = output.with_suffix(".py")
    script.write_text(PROGRAM, encoding="utf-8")
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), json.dumps(words)], check=True, stdout=subprocess.PIPE, text=True
    )
    return Run(time.perf_counter() - before, *map(float, done.stdout.split()))


def measure() -> list[Figure]:
    """One process against two, on the same table."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "texts.csv"
        count = _table(table)
        outputs = [Path(folder) / name for name in ("one.csv", "two.csv")]
        load = os.getloadavg()[0]
        alone, both = (_run(table, output, workers) for workers, output in enumerate(outputs, 1))
        same = outputs[0].read_bytes() == outputs[1].read_bytes()
    free = alone.own / max(both.own, both.workers / 2)
    how = (
        f"`python benchmarks/align_corpus.py`: {count:,} rows; on the clock {alone.clock:.0f} s against {both.clock:.0f} s "
        f"(load before {load:.1f} on {os.cpu_count()} cores); in CPU time {alone.own:.0f} s against {both.workers:.0f} s in "
        f"two workers and {both.own:.1f} s ({both.own / (both.own + both.workers):.0%} of all) in the process that reads, "
        f"which is {free:.2f} × where each has a core; outputs "
        f"{'the same' if same else 'DIFFERENT'}"
    )
    return [
        Figure(
            "Aligning a table, two workers against one", f"{alone.clock / both.clock:.2f} ×", "1.8 ×", how
        ),
        Figure("Memory of the process that reads", f"{both.peak / 1024:.0f} MB", "under 300 MB", "peak"),
    ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")
