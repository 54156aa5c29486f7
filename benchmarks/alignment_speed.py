"""How many paragraphs a CPU second aligns, with and without the semantic stage; the peer seesus in the same run.

The 1,251 English paragraphs of the SDGClassification benchmark (563 characters in the median), the language given, one
core, CPU time. Where seesus 1.2.1 is installed (GPL-3: never a dependency, only a peer to run beside) it reads every
thirty-sixth of them, and so do we; how many of their questions each answers rightly stands beside.
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
from actionlines.alignment.link import Link
from actionlines.alignment.stacker import balanced, rate

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
ROUNDS = 3
EVERY = 36  # paragraphs the peer reads one: it takes a second for each
SEMANTIC_TEXTS = 300
EVEN = 0.5


def paragraphs() -> list[dict[str, Any]]:
    """The paragraphs, each with the goal that is asked about and the answer."""
    with (SHARED / "sdg_text" / "sdgclass_benchmark.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


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


def ours(text: str) -> list[Link]:
    """The core, the language given."""
    return align(text, language="en")


def beside_peer() -> list[Figure]:
    """seesus as it ships and the core on the same paragraphs; nothing where it is not installed."""
    try:
        package: Any = import_module("seesus")
    except ImportError:
        return []
    given = paragraphs()[::EVERY]
    answers = {True: 0, False: 0}  # ours, the peer's
    own = per_second(ours, [row["text"] for row in given])
    before = time.process_time()
    for row in given:
        found = package.SeeSus(row["text"]).sdg
        answers[False] += (f"SDG{row['probe']}" in found) is row["answer"]
    other = len(given) / (time.process_time() - before)
    for row in given:
        said = {link.node: link.probability for link in ours(row["text"])}
        goal = str(row["probe"])
        yes = balanced(max(said.get(goal, 0.0), 1e-6), rate("en", goal)) >= EVEN
        answers[True] += yes is row["answer"]
    how = f"{len(given)} paragraphs, same run, load {os.getloadavg()[0]:.1f}"
    return [
        Figure(
            "Core beside seesus 1.2.1, paragraphs a CPU second",
            f"{own / other:,.0f} times as many ({own:,.0f} against {other:.2f})",
            "≥ 500 times",
            how,
        ),
        Figure(
            "Core beside seesus 1.2.1, goals asked about answered rightly",
            f"{answers[True] / len(given):.1%} against {answers[False] / len(given):.1%}",
            "–",
            how,
        ),
    ]


def measure() -> list[Figure]:
    """All figures."""
    given = [row["text"] for row in paragraphs()]
    core = per_second(ours, given)
    meant = per_second(lambda text: align(text, language="en", semantic=True), given[:SEMANTIC_TEXTS], 2)
    how = (
        "paragraphs of the SDGClassification benchmark, language given, CPU time of one core, best of 3, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    return [
        Figure("Paragraphs aligned a CPU second, core", f"{core:,.0f}", "≥ 2,000", how),
        Figure(
            "Paragraphs aligned a CPU second, with `semantic`",
            f"{meant:,.0f}",
            "≥ 85",
            f"{SEMANTIC_TEXTS} of them",
        ),
        *beside_peer(),
    ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")
