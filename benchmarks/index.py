"""How long an index takes: one build, and a panel with its reading; beside the peer's recorded runs.

The peer is COINr 1.1.14 under R 4.2.2, run once on a machine of the same class; its CPU seconds are kept here. The
ASEM data of 51 units and 49 indicators are read from the shared folder; the panel is made here.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from figure import Figure

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

PEER_BUILD = 0.235  # CPU seconds: new_coin, denominate, impute, screen, treat, normalise, aggregate
PEER_PANEL = 9.76  # CPU seconds: the same of a panel, without denominators


def best_of(runs: int, work: Callable[[], object]) -> float:
    """CPU seconds of the quickest run."""
    times: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def build() -> float:
    """CPU seconds of one build of the ASEM index from raw data, steps bound, nothing remembered."""
    import coin
    from actionlines.measurement.index import Index
    from actionlines.measurement.memory import Memory

    specification, source = coin.specification(*coin.EXAMPLE), coin.source()
    wanted = np.array([[float(row["Index"])] for row in coin.rows("pipeline/aggregated.csv")])
    found = Index(specification).compute(source).scores()[0]
    assert np.allclose(found, wanted[:, 0], rtol=1e-12, atol=0)
    # A new cube each time, so that the digest of the data is taken too.
    return best_of(50, lambda: Index(specification, Memory()).compute(coin.source_again(source)))


def panel_document(indicators: int) -> dict[str, object]:
    """An index of that many indicators under ten pillars."""
    codes = [f"i{number}" for number in range(indicators)]
    return {
        "index": {"code": "Index"},
        "elements": [{"code": f"p{number}", "parent": "Index"} for number in range(10)],
        "indicators": [{"code": code, "parent": f"p{place % 10}"} for place, code in enumerate(codes)],
        "steps": [
            {"step": "screen", "available": 0.65},
            {"step": "impute", "method": "mean"},
            {"step": "treat"},
            {"step": "normalise", "pooled": True},
            {"step": "aggregate"},
        ],
    }


def write_panel(path: Path, units: int, indicators: int, years: int) -> None:
    """A wide table of log-normal values, a twentieth of them missing."""
    draws = np.random.default_rng(6)
    values = draws.lognormal(0, 0.8, (years * units, indicators))
    holes = draws.random(values.shape) < 0.05
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["iso3", "year", *(f"i{number}" for number in range(indicators))])
        for row in range(years * units):
            cells = [
                "" if hole else repr(float(value))
                for hole, value in zip(holes[row], values[row], strict=True)
            ]
            writer.writerow([f"U{row % units:03}", 2000 + row // units, *cells])


def panel() -> tuple[float, float]:
    """CPU seconds of a panel of 200 units, 100 indicators, 20 years: without and with the reading of its file."""
    import polars  # noqa: F401 - imported before the clock starts, as R's packages were

    from actionlines.measurement.files.data import read_data
    from actionlines.measurement.index import Index
    from actionlines.measurement.memory import Memory
    from actionlines.measurement.specification import Specification

    specification = Specification.of(panel_document(100))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.csv"
        write_panel(path, 200, 100, 20)
        cube = read_data(path, specification).cube
        alone = best_of(5, lambda: Index(specification, Memory()).compute(cube))
        whole = best_of(
            5, lambda: Index(specification, Memory()).compute(read_data(path, specification).cube)
        )
    return alone, whole


def started() -> float:
    """Seconds `import actionlines.measurement` takes in a fresh process, the quickest of five."""
    import subprocess

    code = (
        "import time; t = time.perf_counter(); import actionlines.measurement; print(time.perf_counter() - t)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def measure() -> list[Figure]:
    """The figures of the index engine."""
    one, (alone, whole), start = build(), panel(), started()
    return [
        Figure(
            "one build of the ASEM index (51 units, 49 indicators)",
            f"{one * 1000:.2f} ms CPU, {PEER_BUILD / one:.0f} times less than COINr",
            "at least 100 times less",
            f"best of 50, from data and specification in memory, nothing remembered; COINr 1.1.14: {PEER_BUILD * 1000:.0f} ms CPU, recorded; scores equal to 1e-12",
        ),
        Figure(
            "a panel of 200 units, 100 indicators, 20 years",
            f"{whole * 1000:.0f} ms CPU with reading its csv, {PEER_PANEL / whole:.0f} times less than COINr"
            f" ({alone * 1000:.0f} ms without, {PEER_PANEL / alone:.0f} times)",
            "at least 50 times less, reading included",
            f"best of 5: screen, impute, treat each year, normalise over all years, aggregate; COINr: {PEER_PANEL} s CPU, recorded, without reading",
        ),
        Figure(
            "import of actionlines.measurement", f"{start:.2f} s", "under 0.5 s", "best of 5 fresh processes"
        ),
    ]
