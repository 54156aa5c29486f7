"""The sentences written to test denial and direction: library/alignment/data/{negation,direction}.csv.

Half of them ("tuning") were looked at while the rules were written, the others only counted.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from actionlines.alignment import Link, align

DATA = Path(__file__).parent / "library" / "alignment" / "data"


def sentences(name: str) -> list[dict[str, str]]:
    """The rows of one file: language, part, goal, expected, text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def goal_link(row: dict[str, str]) -> Link | None:
    """The link of a sentence to the goal it was written for."""
    links: Iterator[Link] = (
        link
        for link in align(row["text"], language=row["language"])
        if (link.framework, link.node) == ("sdg", row["goal"])
    )
    return next(links, None)


def said_of(name: str, row: dict[str, str]) -> str:
    """What the aligner says, in the words of the file."""
    link = goal_link(row)
    if name == "negation":
        return "linked" if link else "denied"
    return link.direction.value if link else "not linked"
