"""Documents aligned through the engine on 1, 2 and 4 workers and on a cluster: the same bytes, how much sooner, at what cost.

    python benchmarks/engine.py [--documents 100000] [--workers 1 2 4] [--no-cluster]

Efficiency is the clock of one worker divided by (workers × the clock of so many). Where workers outnumber the cores the
clock says nothing about them: beside it stands what a document costs in processor seconds, which is what the model of
cost in docs/scale.md is made of.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from align import texts
from figure import Figure

from actionlines.formats.tabular.table import guarded

DOCUMENTS = int(os.environ.get("ACTIONLINES_ENGINE_DOCUMENTS", "100000"))
WORKERS = (1, 2, 4)
PROGRAM = """
import json, resource, sys
from actionlines.cli import main
if __name__ == "__main__":
    status = main(json.loads(sys.argv[1]))
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime, own.ru_maxrss, workers.ru_maxrss)
    sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock; processor seconds of the first process and of its workers; peak kB of each; what came out."""

    clock: float
    own: float
    workers: float
    peak: float
    worker_peak: float
    digest: str


def write_table(path: Path, documents: int) -> int:
    """So many rows, each another text; returns their characters."""
    given = [" ".join(text.split()) for text in texts()]
    characters = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        for number, text in enumerate(islice(cycle(given), documents)):
            row = guarded(f"{text} ({number})")
            characters += len(row)
            writer.writerow((number, row))
    return characters


def run(table: Path, folder: Path, options: list[str]) -> Run:
    """One run of `actionlines align`."""
    output = folder / "out.csv"
    script = folder / "run.py"
    script.write_text(PROGRAM, encoding="utf-8")
    words = ["align", str(table), "--format", "csv", "-o", str(output), *options]
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), json.dumps(words)], check=True, stdout=subprocess.PIPE, text=True
    )
    clock = time.perf_counter() - before
    with output.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    output.unlink()
    return Run(clock, *map(float, done.stdout.split()), digest)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and workers in processes of their own on this machine; gives the address and the workers."""
    file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(
        [
            *dask,
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ],
        **quiet,
    )
    started = [
        subprocess.Popen(
            [
                *dask,
                "worker",
                "--scheduler-file",
                str(file),
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
            ],
            cwd=folder,
            **quiet,
        )
        for _ in range(workers)
    ]
    try:
        while not (file.exists() and file.read_text()):
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], started
    finally:
        for process in (*started, scheduler):
            process.terminate()
            process.wait(30)


def processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    """What a running process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(
    documents: int = DOCUMENTS, workers: tuple[int, ...] = WORKERS, *, on_cluster: bool = True
) -> list[Figure]:
    """Every number of workers on the same table, then a cluster of two."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "documents.csv"
        characters = write_table(table, documents)
        load = os.getloadavg()[0]
        runs = {count: run(table, folder, [f"--workers={count}"]) for count in workers}
        outputs = {one.digest for one in runs.values()}
        figures = []
        if on_cluster:
            with cluster(folder, 2) as (address, started):
                before = sum(map(processor_seconds, started))
                far = run(table, folder, ["--cluster", address])
                used = sum(map(processor_seconds, started)) - before
            outputs.add(far.digest)
            figures.append(
                Figure(
                    f"{documents:,} documents aligned on a cluster of 2 workers",
                    f"{far.clock:.0f} s",
                    "as a pool of 2",
                    f"scheduler and workers on this machine: {used:.0f} s of the workers, {far.own:.0f} s of the process "
                    "that reads and writes",
                )
            )
    same = "outputs the same" if len(outputs) == 1 else "OUTPUTS DIFFER"
    first = runs[workers[0]]
    cost = {count: (one.own if count == 1 else one.workers) / documents for count, one in runs.items()}
    where = f"load before {load:.1f} on {os.cpu_count()} cores, {characters / documents:.0f} characters a document; {same}"
    for count, one in runs.items():
        figures.append(
            Figure(
                f"{documents:,} documents aligned on {count} workers",
                f"{one.clock:.0f} s, efficiency {first.clock / (count * one.clock):.0%}",
                "efficiency 80 % on as many cores",
                f"{cost[count] * 1e3:.1f} ms of a worker's processor a document, {one.own if count > 1 else 0:.0f} s of the "
                f"process that reads and writes, peak {one.peak / 1024:.0f} MB, of a worker {one.worker_peak / 1024:.0f} MB; "
                f"{where}",
            )
        )
    reading = max((one.own for count, one in runs.items() if count > 1), default=0.0) / documents
    figures.append(
        Figure(
            "A million documents",
            f"{first.own / documents * 1e6 / 3600:.1f} core hours",
            "stated",
            f"{first.own / documents * 1e3:.1f} ms × 1,000,000; the process that reads and writes needs "
            f"{reading * 1e6 / 3600:.2f} h of one core, so that it keeps up to "
            f"{first.own / documents / max(reading, 1e-9):.0f} workers busy",
        )
    )
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--workers", type=int, nargs="+", default=list(WORKERS))
    parser.add_argument("--no-cluster", action="store_true")
    given = parser.parse_args()
    for figure in measure(given.documents, tuple(given.workers), on_cluster=not given.no_cluster):
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")


if __name__ == "__main__":
    main()
