"""Print the texts whose errors were looked at by hand, fifty a language: what is right, what the aligner says now.

    python benchmarks/alignment_errors.py --lang es
    python benchmarks/alignment_errors.py --draw

The rows stand in alignment_errors.csv beside this file, with the kind of error each was found to be; docs/alignment_errors.md
tells what the kinds are. `--draw` prints a new sample of the errors of the core in its place (seed 42), without kinds.
"""

import argparse
import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actionlines.alignment import align
from actionlines.alignment.model import GOALS
from actionlines.alignment.near_duplicates import training_texts
from actionlines.alignment.stacker import balanced, rate
from actionlines.text import LANGUAGES

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "sdg_text"
FILE = Path(__file__).with_name("alignment_errors.csv")
SETS = {"en": "sdgclass_benchmark", "es": "osdg_es"} | dict.fromkeys(
    ("ar", "fr", "ru", "zh"), "un_sdg_texts_6lang"
)
COUNT, SEED, EVEN = 50, 42, 0.5


def rows(language: str) -> list[dict[str, Any]]:
    """The texts of a language that judge: none the model was trained on."""
    with (SHARED / f"{SETS[language]}.jsonl").open(encoding="utf-8") as file:
        found = [row for row in map(json.loads, file) if row["lang"] == language]
    if language == "en":
        return found
    known = training_texts()
    return [row for row in found if row.get("kind") != "goal" and not known.holds(row["text"])]


def said(row: dict[str, Any], *, semantic: bool = False) -> dict[str, float]:
    """Goal to probability; of a yes/no question with yes and no equally likely beforehand."""
    links = align(row["text"], language=row["lang"], semantic=semantic)
    found = {link.node: link.probability for link in links if link.framework == "sdg" and link.node in GOALS}
    if "probe" not in row:
        return found
    goal = str(row["probe"])
    even = rate("en", goal, semantic=semantic)
    return {goal: balanced(max(found.get(goal, 0.0), 1e-6), even)}


def is_wrong(row: dict[str, Any], answer: dict[str, float]) -> bool:
    """Whether the answer to the question, or the first goal, is wrong."""
    if "probe" in row:
        return (answer[str(row["probe"])] >= EVEN) is not row["answer"]
    first = max(answer, key=lambda goal: answer[goal], default="0")
    return int(first) not in row["goals"]


def drawn(language: str) -> Iterator[dict[str, Any]]:
    """Fifty errors of the core."""
    wrong = [row for row in rows(language) if is_wrong(row, said(row))]
    chosen = random.Random(SEED).sample(range(len(wrong)), COUNT)
    yield from (wrong[place] for place in sorted(chosen))


def told(row: dict[str, Any], kind: str) -> str:
    """A row for people to read."""
    core, meant = said(row), said(row, semantic=True)
    right = f"{row['probe']} {'yes' if row['answer'] else 'no'}" if "probe" in row else row["goals"]
    likeliest = sorted(core.items(), key=lambda item: -item[1])[:3]
    answers = ", ".join(f"{goal} {probability:.2f}" for goal, probability in likeliest)
    states = "wrong" if is_wrong(row, core) else "right now"
    meaning = "wrong" if is_wrong(row, meant) else "right"
    return f"{row['id']} | right: {right} | core: {answers} ({states}); semantic {meaning} | {kind}\n    {row['text']}"


def main() -> None:
    """Print the sample, or a new one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, action="append")
    parser.add_argument("--draw", action="store_true")
    asked = parser.parse_args()
    for language in asked.lang or LANGUAGES:
        print(f"\n{language}: {SETS[language]}")
        if asked.draw:
            for row in drawn(language):
                print(told(row, ""))
            continue
        with FILE.open(encoding="utf-8", newline="") as file:
            kinds = {row["id"]: row["kind"] for row in csv.DictReader(file) if row["language"] == language}
        for row in rows(language):
            if row["id"] in kinds:
                print(told(row, kinds[row["id"]]))


if __name__ == "__main__":
    main()
