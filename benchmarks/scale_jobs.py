"""An import of 100,000 rows and an export of the whole register by workers that are killed; see benchmarks/scale/jobs.py."""

import os
import tempfile
from contextlib import nullcontext
from pathlib import Path

from figure import Figure
from scale.jobs import IMPORTED, Done, asked
from scale.store import entries_wanted, register


def measure() -> list[Figure]:
    """On SQLite: into an empty register, and out of the large one."""
    kept = os.environ.get("ACTIONLINES_SCALE_DIR")
    with tempfile.TemporaryDirectory() as folder, register("sqlite", 0, Path(folder)) as empty:
        imported, staged = asked("import", empty)
    with (
        nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder,
        register("sqlite", entries_wanted(), Path(folder)) as full,
    ):
        exported, _ = asked("export", full)
    return [
        _figure(f"import of {IMPORTED:,} rows as a job", imported, f"staged in {staged:.0f} s; "),
        _figure(f"csv export of {entries_wanted():,} entries as a job", exported, ""),
    ]


def _figure(what: str, done: Done, before: str) -> Figure:
    return Figure(
        f"{what}, SQLite, worker killed",
        f"after the kill {done.stood:,} of it could be seen, in the end {done.stands:,}",
        "0, then all",
        f"{before}killed at {done.killed_at}; the next worker took {done.seconds:.0f} s, {done.cpu:.0f} s of CPU,"
        f" peak {done.peak:.0f} MB",
    )
