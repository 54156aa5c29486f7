"""How many paragraphs a CPU second aligns, with and without the semantic stage; the peer seesus in the same run.

The 1,251 English paragraphs of the SDGClassification benchmark (563 characters in the median), the language given, one
core, CPU time. seesus 1.2.1 (GPL-3, not a dependency) is measured on a few of them where it is installed.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from figure import Figure

from actionlines.alignment import align

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
ROUNDS = 3
PEER_TEXTS = 12
SEMANTIC_TEXTS = 300


def texts() -> list[str]:
    """The paragraphs."""
    with (SHARED / "sdg_text" / "sdgclass_benchmark.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def per_second(work: Callable[[str], Any], given: Sequence[str], rounds: int = ROUNDS) -> float:
    """Texts a CPU second, the best of some rounds after one text to load everything."""
    work(given[0])
    best = float("inf")
    for _ in range(rounds):
        before = time.process_time()
        for text in given:
            work(text)
        best = min(best, time.process_time() - before)
    return len(given) / best


def peer(given: Sequence[str]) -> float | None:
    """seesus as it ships; None where it is not installed."""
    try:
        package: Any = import_module("seesus")
    except ImportError:
        return None
    return per_second(package.SeeSus, given, rounds=1)


def measure() -> list[Figure]:
    """All figures."""
    given = texts()
    core = per_second(lambda text: align(text, language="en"), given)
    meant = per_second(lambda text: align(text, language="en", semantic=True), given[:SEMANTIC_TEXTS], 2)
    how = (
        "paragraphs of the SDGClassification benchmark, language given, CPU time of one core, best of 3, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    found = [
        Figure("Paragraphs aligned a CPU second, core", f"{core:,.0f}", "≥ 2,000", how),
        Figure(
            "Paragraphs aligned a CPU second, with `semantic`",
            f"{meant:,.0f}",
            "≥ 85",
            f"{SEMANTIC_TEXTS} of them",
        ),
    ]
    other = peer(given[:PEER_TEXTS])
    if other:
        what = f"{core / other:,.0f} times as fast (seesus: {other:.2f} a CPU second)"
        found.append(
            Figure("Core beside seesus 1.2.1", what, "≥ 500 times", f"{PEER_TEXTS} paragraphs, same run")
        )
    return found


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")
