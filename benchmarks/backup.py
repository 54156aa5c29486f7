"""A backup of a register of a million entries on each database, and its restore into a new site.

    ACTIONLINES_SCALE_DIR=/srv/scale python benchmarks/backup.py [--entries 1000000] [--vendor sqlite postgresql]

Backups go beside the registers, and are removed.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from figure import Figure
from scale.store import Register, entries_wanted, register

VENDORS = ("sqlite", "postgresql")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _command(made: Register, *words: str) -> tuple[float, float]:
    """Seconds on the clock and of the processor that a command of the site takes, with what it starts."""
    before, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "actionlines_web.cli", *words],
        env=made.environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return time.perf_counter() - before, cpu


def _figures(made: Register) -> list[Figure]:
    folder = made.folder.parent / f"backups-{made.vendor}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        clock, cpu = _command(made, "backup", str(folder))
        (backup,) = folder.iterdir()
        size = sum(path.stat().st_size for path in backup.iterdir())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure(
            f"backup of {made.entries:,} entries, {NAMES[made.vendor]}",
            f"{clock:.0f} s",
            "under 180 s",
            f"{cpu:.0f} s of CPU besides the server's, {size / 1e9:.2f} GB; load after {os.getloadavg()[0]:.1f}",
        )
    ]


def measure(entries: int | None = None, vendors: tuple[str, ...] = VENDORS) -> list[Figure]:
    """Each database in turn."""
    kept = os.environ.get("ACTIONLINES_SCALE_DIR")
    found = []
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
        for vendor in vendors:
            with register(vendor, entries or entries_wanted(), Path(folder)) as made:
                found += _figures(made)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=entries_wanted())
    parser.add_argument("--vendor", nargs="+", choices=VENDORS, default=list(VENDORS))
    given = parser.parse_args()
    for figure in measure(given.entries, tuple(given.vendor)):
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")


if __name__ == "__main__":
    main()
