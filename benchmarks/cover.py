"""How long a plan of 200 pages takes: the source document of 3,800 words repeated to 76,000, about 200 pages."""

import time
from pathlib import Path

from figure import Figure

from actionlines.documents import read_bytes
from actionlines.results.cover import cover

SOURCE = (
    Path(__file__).resolve().parents[2]
    / "shared"
    / "data"
    / "documents"
    / "tdag18_contribution_smsi_odd.fr.txt"
)
TIMES = 20


def measure() -> list[Figure]:
    """CPU seconds of one plan."""
    text = SOURCE.read_text(encoding="utf-8") + "\n\n"
    data = (text * TIMES).encode()
    start = time.process_time()
    found = cover(read_bytes(data, "plan.txt"))
    seconds = time.process_time() - start
    words = len(text.split()) * TIMES
    return [
        Figure(
            "cover of a plan of 200 pages",
            f"{seconds:.1f} CPU seconds",
            "< 30 s",
            f"benchmarks/cover.py: {words:,} words, {found.passages:,} passages, French",
        )
    ]
