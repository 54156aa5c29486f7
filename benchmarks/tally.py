"""How long the published file of a large vote takes to count: 1.5 million choices, made by a generator with a seed."""

import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from figure import Figure

from actionlines.prizes import load_rules
from actionlines.prizes.log import LogLine
from actionlines.prizes.published import recount, write_published
from actionlines.prizes.tally import Nominee

CHOICES = 1_500_000
NOMINEES = 540
WANTED = 10
VOTERS = 300_000


def paper() -> list[Nominee]:
    """The ballot paper: the same number of nominees in each category."""
    categories = load_rules("2026").categories
    return [
        Nominee(
            f"P{number}", categories[number % 18].code, f"Project {number}", f"Organisation {number % 200}"
        )
        for number in range(NOMINEES)
    ]


def lines(nominees: list[Nominee]) -> Iterator[bytes]:
    """The log: five choices of each voter on the mean; one in twenty changes an earlier one."""
    rng = random.Random(20260301)
    for number in range(1, CHOICES + 1):
        nominee = nominees[min(int(rng.paretovariate(1.2)) * 7 % NOMINEES, NOMINEES - 1)]
        voter = f"{rng.randrange(VOTERS):012x}{nominee.category}"
        receipt = f"{rng.getrandbits(128):032x}"
        yield LogLine(
            number, "cast", voter, nominee.category, nominee.id, 1_770_000_000 + number, 0, receipt
        ).encoded()


def measure() -> list[Figure]:
    """CPU seconds and memory of one count."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vote.zip"
        nominees = paper()
        write_published(path, load_rules("2026"), nominees, lines(nominees), [], "Benchmark.\n")
        start = time.process_time()
        found = recount(path)
        seconds = time.process_time() - start
        size = path.stat().st_size / 1e6
    if not found.proven or found.tally is None:
        raise SystemExit("the benchmark's own file is not proven")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure(
            "tally of 1.5 million choices from the published file",
            f"{seconds:.1f} CPU seconds, {memory:.0f} MB",
            f"under {WANTED} s",
            f"benchmarks/tally.py: {size:.0f} MB zip, {found.tally.counted:,} choices stand, every digest checked",
        )
    ]
