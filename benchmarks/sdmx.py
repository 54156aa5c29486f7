"""Reading a million SDMX observations from CSV and from ML, and the memory of the process; pysdmx beside it.

The files are written by our own writer from values made by a fixed rule, so they are the same everywhere: 40 series,
250 areas, 4 sexes, 25 years; six dimensions, six attributes with French, Arabic, quotation marks, "NA" and NaN. Every
reading runs in a process of its own: its peak is what reading costs. Where pysdmx is installed it reads the same files.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from figure import Figure

from actionlines.formats import sdmx

OBSERVATIONS = 1_000_000
COMMENTS = (
    "",
    "Enquête auprès des ménages, l'Internet compris",
    'A survey that "counts"',
    "مسح الأسر المعيشية",
)
STRUCTURE = sdmx.Structure(
    sdmx.Reference("ACTIONLINES", "BENCH", "1.0"),
    tuple(sdmx.Component(one, coded=True) for one in ("FREQ", "SERIES", "REF_AREA", "SEX", "AGE")),
    attributes=(
        sdmx.Component("UNIT_MEASURE", level="series", coded=True),
        *(
            sdmx.Component(one)
            for one in ("UNIT_MULT", "OBS_STATUS", "NATURE", "SOURCE_DETAIL", "COMMENT_OBS")
        ),
    ),
)


def records() -> Iterator[sdmx.Record]:
    """The observations, in the order of their keys."""
    for place in range(OBSERVATIONS):
        key, year = divmod(place, 25)
        area = key // 4 % 250
        record = {
            "FREQ": "A",
            "SERIES": f"IT_SERIES_{key // 1000:02}",
            "REF_AREA": f"{area * 4:03}",
            "SEX": ("_T", "F", "M", "_Z")[key % 4],
            "AGE": "Y_GE15",
            "TIME_PERIOD": str(2000 + year),
            "OBS_VALUE": f"{(place * 7919) % 10000 / 100:.2f}" if place % 50 else "NaN",
            "UNIT_MEASURE": "PT",
            "UNIT_MULT": "0",
            "OBS_STATUS": "AEFM"[place % 4],
            "NATURE": "NA" if area % 7 else "C",
            "SOURCE_DETAIL": f"Survey of {2000 + year}",
        }
        if COMMENTS[place % 4]:
            record["COMMENT_OBS"] = COMMENTS[place % 4]
        yield record


def read(path: Path, who: str) -> dict[str, float]:
    """Read the file in this process."""
    started, worked = time.perf_counter(), time.process_time()
    if who == "ours":
        message = (sdmx.read_sdmx_csv if path.suffix == ".csv" else sdmx.read_sdmx_ml)(path)
        number = sum(1 for _ in message.records)
        assert not message.problems
    else:
        from pysdmx.io import read_sdmx

        number = len(read_sdmx(path, validate=False).data[0].data)
    return {
        "number": number,
        "wall": time.perf_counter() - started,
        "cpu": time.process_time() - worked,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def apart(path: Path, who: str) -> dict[str, float] | None:
    """The same in a fresh process; None where pysdmx is not installed."""
    command = [sys.executable, __file__, "--read", str(path), who]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if who != "ours" and "No module named 'pysdmx'" in done.stderr:
            return None
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure() -> list[Figure]:
    """Write the files, read them."""
    header = sdmx.Header("BENCH", "ACTIONLINES", datetime(2026, 1, 1, tzinfo=UTC))
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, form, wanted, parts in (
            ("data.csv", "SDMX-CSV 2.0", "6 s, 50 MB", lambda: sdmx.sdmx_csv(STRUCTURE, records())),
            ("data.xml", "SDMX-ML 2.1", "12 s, 50 MB", lambda: sdmx.sdmx_ml(STRUCTURE, records(), header)),
        ):
            path = Path(folder) / name
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(parts())
            size = path.stat().st_size / 1e6
            for who in ("ours", "pysdmx"):
                found = apart(path, who)
                if found is None:
                    continue
                assert found["number"] == OBSERVATIONS
                figures.append(
                    Figure(
                        f"{form}: {OBSERVATIONS:,} observations read"
                        + ("" if who == "ours" else " by pysdmx"),
                        f"{found['wall']:.1f} s, {found['cpu']:.1f} s of CPU, peak {found['peak']:.0f} MB",
                        wanted if who == "ours" else "—",
                        f"{size:.0f} MB; load of the machine {os.getloadavg()[0]:.0f}",
                    )
                )
    return figures


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(Path(sys.argv[2]), sys.argv[3])))
        sys.exit()
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}; {figure.how})")
