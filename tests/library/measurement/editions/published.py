"""What ITU published, from the shared data."""

import csv
from collections.abc import Iterator

from shared import SHARED

ICT = SHARED / "data" / "ict"
YEARS = ("2023", "2024", "2025")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of the shared ICT data."""
    with (ICT / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def new_scores() -> dict[tuple[str, str, str], float]:
    """(edition, economy, measure) to the published number, where there is one; scores without their prefix."""
    return {
        (row["edition"], row["economy_iso3"], row["measure"].removeprefix("score_")): float(row["value"])
        for row in rows("idi_new_scores_2023_2025.csv")
        if row["value"]
    }


def old_scores(year: str) -> dict[str, float]:
    """Economy to the published index of 2015 or 2017."""
    return {
        row["economy_iso3"]: float(row["value"])
        for row in rows("idi_old_published_2015_2017.csv")
        if row["edition"] == year
    }


def worked(start: str) -> list[dict[str, str]]:
    """The rows of a worked example whose name starts so."""
    return [row for row in rows("idi_worked_examples.csv") if row["example"].startswith(start)]
