"""How fast 1.5 million statistics are read and looked at with every rule, on one core."""

import csv
import random
import resource
import tempfile
import time
from pathlib import Path

from figure import Figure

from actionlines.formats.tabular import read_table
from actionlines.measurement.checks import check, read_statistics

VALUES = 1_500_000
SERIES = (
    "i112",
    "i91",
    "i271",
    "i911",
    "i4213tfbb",
    "i992b",
    "i99H",
    "IT_MOB_2GNTWK",
    "IT_MOB_3GNTWK",
    "IT_MOB_4GNTWK",
)
YEARS = range(2000, 2025)


def write(path: Path) -> None:
    """A long table of made figures: as many areas as it takes, 10 series, 25 years."""
    rng = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("economy_iso3", "year", "series", "value", "obs_status", "note", "source"))
        for area in range(VALUES // (len(SERIES) * len(YEARS))):
            for series in SERIES:
                value = rng.uniform(1, 60)
                for year in YEARS:
                    value = min(100.0, value * rng.uniform(0.97, 1.12))
                    writer.writerow((f"X{area:04d}", year, series, f"{value:.4f}", "A", "", "made"))


def measure() -> list[Figure]:
    """CPU seconds of reading and of checking."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statistics.csv"
        write(path)
        start = time.process_time()
        table = read_table(path)
        statistics = read_statistics(
            table.columns, ((row.number, row.cells) for row in table.rows), table.name
        )
        read = time.process_time() - start
        start = time.process_time()
        checked = check(statistics)
        looked = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    how = f"benchmarks/checks.py: {statistics.rows:,} rows, {sum(checked.cases.values()):,} cases, one core"
    return [
        Figure(
            "1.5 million statistics read from csv",
            f"{read:.1f} CPU seconds, {memory:.0f} MB in all",
            "< 30 s, 1 GB",
            how,
        ),
        Figure("every check on 1.5 million statistics", f"{looked:.1f} CPU seconds", "< 60 s", how),
    ]
