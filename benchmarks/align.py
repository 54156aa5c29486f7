"""How fast texts are aligned: 10,000 texts of about 100 words in six languages, on one core.

The texts are cut from real ones: project descriptions, product descriptions, news, official texts, in the shares
below. Without `../shared` beside the project the demonstration entries are repeated.
"""

import csv
import json
import resource
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from figure import Figure

from actionlines.alignment import align
from actionlines.formats.demonstration import demonstration_entries

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
TEXTS = 10_000
WORDS = 100
SOURCES = (  # file of labelled texts, language, texts taken
    ("dpg_products.jsonl", "en", 2_000),
    ("sdg_academy_lectures.jsonl", "en", 1_000),
    ("osdg_es.jsonl", "es", 2_000),
    ("sdg_indicator_metadata_fr_ru.jsonl", "fr", 1_500),
    ("sdg_indicator_metadata_fr_ru.jsonl", "ru", 1_000),
    ("un_sdg_texts_6lang.jsonl", "ar", 1_000),
    ("un_sdg_texts_6lang.jsonl", "zh", 500),
)


def _words(name: str, language: str) -> Iterator[str]:
    """The words of all texts of one language, over and over; a Chinese character counts as half a word."""
    with (SHARED / "sdg_text" / name).open(encoding="utf-8") as file:
        texts = [row["text"] for row in map(json.loads, file) if row["lang"] == language]
    for text in cycle(texts):
        if language == "zh":
            yield from (text[place : place + 2] for place in range(0, len(text), 2))
        else:
            yield from text.split()


def texts() -> list[str]:
    """10,000 texts of 100 words."""
    if not SHARED.exists():
        return [entry.text for entry in islice(cycle(demonstration_entries()), TEXTS)]
    found = []
    for name, language, count in SOURCES:
        words = _words(name, language)
        joint = "" if language == "zh" else " "
        found += [joint.join(islice(words, WORDS)) for _ in range(count)]
    with (SHARED / "projects" / "wsis_projects.csv").open(encoding="utf-8", newline="") as file:
        projects = [f"{row['title']}\n\n{row['description']}" for row in csv.DictReader(file)]
    return [*found, *islice(cycle(projects), TEXTS - len(found))]


def measure() -> list[Figure]:
    """CPU seconds and memory of aligning them, the language of each detected, everything loaded from cold."""
    given = texts()
    before = time.process_time()
    links = sum(len(align(text)) for text in given)
    seconds = time.process_time() - before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    how = f"`python benchmarks/align.py`: {len(given):,} texts, six languages, {links:,} links, one process"
    return [
        Figure("Aligning 10,000 texts of 100 words, one core", f"{seconds:.1f} s CPU", "under 20 s", how),
        Figure(
            "Memory of the same", f"{megabytes:.0f} MB", "under 500 MB", "peak resident set, texts included"
        ),
    ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}")
