"""How long the uncertainty and the sensitivity of an index take, beside the peer's recorded runs.

The peer is COINr 1.1.14 under R 4.2.2, run once on a machine of the same class; its CPU seconds are kept here. The
ASEM data and the peer's hundred sets of weights, and ITU's IDI of 2025, are read from the shared folder.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from figure import Figure

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

IDI = ROOT.parent / "shared" / "data" / "ict" / "idi_new_inputs_2023_2025.csv"

# CPU seconds of get_sensitivity, with N uncertainty draws and with N rows of the sensitivity design.
PEER_UNCERTAINTY = {1000: 184.1}
PEER_SENSITIVITY = {500: 677.9}

# Of the peer's design, by enumeration: winsorised points, normalisation, weights, aggregation.
TOTAL = (0.0535, 0.2775, 0.2000, 0.7214)


def best_of(runs: int, work: Callable[[], object]) -> float:
    """CPU seconds of the quickest run."""
    times: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def idi() -> tuple[float, float, int, int]:
    """100,000 draws of the IDI 2025: CPU seconds of the draws, of the statements, peak memory (MB), economies."""
    import scipy.special
    import scipy.stats.qmc  # noqa: F401

    from actionlines.measurement.files.data import read_data
    from actionlines.measurement.files.editions import edition
    from actionlines.measurement.index import Index
    from actionlines.measurement.uncertainty import uncertainty

    specification = edition("idi-2023-2025")
    layout = replace(specification.layout, where={"edition": "2025"})
    result = Index(specification).compute(read_data(IDI, specification, layout).cube)
    start = time.process_time()
    found = uncertainty(result, draws=100_000, seed=1)
    drawn = time.process_time() - start
    found.score_interval(), found.rank_interval(), found.within(10), found.groups(), found.convergence()
    said = time.process_time() - start - drawn
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return drawn, said, memory, int((~np.isnan(found.nominal_scores)).sum())


def peers_design() -> tuple[float, float, float, float]:
    """CPU seconds: uncertainty of 1,000 draws; sensitivity of 500 rows; enumeration; and its largest error."""
    from actionlines.measurement.uncertainty import sensitivity, uncertainty
    from library.measurement.uncertainty.asem import factors, result

    nominal, chosen = result(), factors()

    def draw() -> object:
        found = uncertainty(nominal, chosen, draws=1000, seed=1, exact=False)
        return found.rank_interval(), found.score_interval()

    def rows() -> object:
        return sensitivity(nominal, chosen, draws=500, seed=1, exact=False, resamples=100)

    def enumerate_all() -> Any:
        return sensitivity(nominal, chosen)

    error = float(np.abs(enumerate_all().shift.total - TOTAL).max())
    return best_of(5, draw), best_of(5, rows), best_of(5, enumerate_all), error


def redrawn() -> float:
    """Full pipelines a CPU second when each of the ASEM values is drawn anew in each."""
    from actionlines.measurement.uncertainty import Errors, uncertainty
    from library.measurement.uncertainty.asem import result

    nominal, draws = result(), 4096
    return draws / best_of(3, lambda: uncertainty(nominal, [Errors("5 %", relative=0.05)], draws=draws))


def measure() -> list[Figure]:
    """The figures of the uncertainty of an index."""
    drawn, said, memory, economies = idi()  # first, so that the peak of memory is its own
    one, two, whole, error = peers_design()
    pipelines = redrawn()
    by_one, by_two = PEER_UNCERTAINTY[1000] / one, PEER_SENSITIVITY[500] / two
    return [
        Figure(
            "100,000 draws of the IDI 2025",
            f"{drawn:.1f} s CPU, and {said:.1f} s for all statements; {memory} MB at most",
            "under 5 s and 500 MB",
            f"{economies} economies; weights of pillars and indicators, mean of pillars; intervals, P(rank ≤ k), all"
            " pairs, groups",
        ),
        Figure(
            "uncertainty of the ASEM index, 1,000 draws",
            f"{one * 1000:.0f} ms CPU, {by_one:,.0f} times less than COINr",
            "at least 1,000 times less",
            f"best of 5, nothing remembered from before; COINr 1.1.14: {PEER_UNCERTAINTY[1000]} s CPU, recorded; scores"
            " equal to 1e-12",
        ),
        Figure(
            "sensitivity of the ASEM index, 500 rows (3,000 runs)",
            f"{two * 1000:.0f} ms CPU, {by_two:,.0f} times less than COINr",
            "at least 1,000 times less",
            f"best of 5, 100 resamples; also for each unit's score and rank, which COINr does not give; COINr:"
            f" {PEER_SENSITIVITY[500]} s CPU, recorded",
        ),
        Figure(
            "exact sensitivity of the ASEM index, all 2,000 combinations",
            f"{whole * 1000:.0f} ms CPU, largest difference from the known indices {error:.0e}",
            "no error beyond the four places known",
            "best of 5; COINr cannot enumerate",
        ),
        Figure(
            "pipelines with all inputs redrawn (ASEM, 51 × 49 values)",
            f"{pipelines:,.0f} a CPU second",
            "at least 3,000",
            "denominate, impute, screen, treat, normalise, aggregate, rank; best of 3 runs of 4,096 draws",
        ),
    ]
