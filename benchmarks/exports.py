"""Exporting 10,000 entries: rows a second of each format, and how much memory the process needs more for twice as many.

The files are made and thrown away in this process, without a server around it, so the figure is what the export itself
costs. Memory is the peak of the process (resident set) after half of the rows and after all of them.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from figure import Figure
from pages import ENTRIES, fill

FORMS = ("csv", "jsonl", "jsonld", "xlsx")
# The request of the whole register: on a machine of its own a million rows are to take less than a minute.
WANTED = 20_000


def peak() -> float:
    """The largest resident set of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(parts: Iterator[bytes]) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and bytes of one export."""
    started, worked = time.perf_counter(), time.process_time()
    size = sum(len(part) for part in parts)
    return time.perf_counter() - started, time.process_time() - worked, size


def measure() -> list[Figure]:
    """Fill a database, export it."""
    with tempfile.TemporaryDirectory() as folder:
        # Another process fills the database, for its memory is not the export's.
        subprocess.run([sys.executable, __file__, "--fill", folder], check=True, stdout=subprocess.DEVNULL)
        os.environ |= {
            "ACTIONLINES_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
        }
        import django

        django.setup()
        from actionlines_web.stocktaking.exports import FORMATS
        from actionlines_web.stocktaking.queries import EntryQuery, Words

        words = Words.of_reader("https://example.org")
        figures = []
        for form in FORMS:
            made = FORMATS[form]
            run(made.parts(made.read(EntryQuery(), 1_000), words))
            run(made.parts(made.read(EntryQuery(), ENTRIES // 2), words))
            half = peak()
            seconds, cpu, size = run(made.parts(made.read(EntryQuery()), words))
            rows = ENTRIES + 70  # the demonstration's entries stand in the register as well
            figures.append(
                Figure(
                    f"export as {form}, {rows:,} entries",
                    f"{rows / cpu:,.0f} rows/s of CPU, {rows / seconds:,.0f} of wall time",
                    f"≥ {WANTED:,} rows/s" if form == "csv" else "—",
                    f"{size / 1e6:.1f} MB; peak {peak():.0f} MB, {peak() - half:.1f} MB more than for half the rows",
                )
            )
        return figures


if __name__ == "__main__":
    if "--fill" in sys.argv:
        fill(sys.argv[-1])
        sys.exit()
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}; {figure.how})")
