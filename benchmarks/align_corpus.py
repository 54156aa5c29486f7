"""Aligning a table in one process and in two: the same bytes, and how much sooner."""

import csv
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from align import texts
from figure import Figure

ROUNDS = 2  # the texts of `align`, so many times
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"


def _table(path: Path) -> int:
    given = texts() * ROUNDS
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        writer.writerows((number, " ".join(text.split())) for number, text in enumerate(given))
    return len(given)


def _seconds(table: Path, output: Path, workers: int) -> tuple[float, float, int]:
    """Seconds on the clock, CPU seconds of all processes, and the peak memory of the first in kB."""
    words = ["align", str(table), "--format", "csv", "-o", str(output), f"--workers={workers}"]
    program = (
        f"import sys; from actionlines.cli import main; status = main({words!r}); {PEAK}; sys.exit(status)"
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    before = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], check=True, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - before
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return seconds, cpu, int(done.stderr.split()[-1])


def measure() -> list[Figure]:
    """One process against two, on the same table."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "texts.csv"
        count = _table(table)
        one, two = Path(folder) / "one.csv", Path(folder) / "two.csv"
        alone, alone_cpu, peak = _seconds(table, one, 1)
        both, both_cpu, _ = _seconds(table, two, 2)
        same = one.read_bytes() == two.read_bytes()
    how = (
        f"`python benchmarks/align_corpus.py`: {count:,} rows, {alone:.1f} s on the clock and {alone_cpu:.1f} s CPU in "
        f"one process, {both:.1f} s and {both_cpu:.1f} s in two; outputs {'the same' if same else 'DIFFERENT'}"
    )
    return [
        Figure("Aligning a table, two workers against one", f"{alone / both:.2f} ×", "1.8 ×", how),
        Figure("Memory of the first process", f"{peak / 1024:.0f} MB", "under 300 MB", "peak resident set"),
    ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")
