"""How fast citations are read: megabytes of UTF-8 text per CPU second on one core.

Two kinds of text: the source document repeated, in which every third line cites, and the labelled texts in six
languages, row by row as entries come and joined as documents come. The data lies beside the project (../shared).
"""

import json
import time
from collections import defaultdict
from pathlib import Path

from figure import Figure

from actionlines.alignment.citations import read_citations

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
DOCUMENT = SHARED / "documents" / "tdag18_contribution_smsi_odd.fr.txt"
CORPORA = SHARED / "sdg_text"
WANTED = 5
ROUNDS = 3
DENSE_TIMES = 100


def megabytes(texts: list[str]) -> float:
    """Size in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def speed(texts: list[str]) -> tuple[float, int]:
    """Megabytes per CPU second, the best of some rounds, and the number of citations."""
    seconds, citations = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.process_time()
        citations = sum(len(read_citations(text)) for text in texts)
        seconds = min(seconds, time.process_time() - start)
    return megabytes(texts) / seconds, citations


def corpora() -> dict[str, list[str]]:
    """The labelled texts by language."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(CORPORA.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["lang"]].append(row["text"])
    return dict(sorted(found.items()))


def figure(name: str, texts: list[str]) -> Figure:
    """The figure of some texts."""
    rate, citations = speed(texts)
    return Figure(
        f"citations, {name}",
        f"{rate:.1f} MB per CPU second",
        f"at least {WANTED}",
        f"benchmarks/citations.py: {megabytes(texts):.2f} MB of UTF-8 in {len(texts)} texts, "
        f"{citations} citations, best of {ROUNDS} rounds",
    )


def measure() -> list[Figure]:
    """The dense document, all rows, and each language as one text."""
    read_citations("SDG 9")  # patterns and catalogue are loaded before the clock runs
    by_language = corpora()
    rows = [text for texts in by_language.values() for text in texts]
    return [
        figure("the source document repeated", [DOCUMENT.read_text(encoding="utf-8") * DENSE_TIMES]),
        figure("rows of six languages", rows),
        *(
            figure(f"texts in {language} joined", ["\n".join(texts)])
            for language, texts in by_language.items()
        ),
    ]


if __name__ == "__main__":
    for item in measure():
        print(f"{item.what}: {item.measured} (wanted: {item.wanted}; {item.how})")
