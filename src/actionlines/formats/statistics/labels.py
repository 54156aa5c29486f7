"""One economy's table of one indicator: rows named in words, under headings that say by what they split."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from actionlines.formats.statistics.cells import Cells
from actionlines.formats.statistics.mapping import Mapping
from actionlines.formats.tabular import Grid
from actionlines.problems import marked
from actionlines.text import fold

# Words of headings, each to what the rows below split by.
_HEADINGS: Final = (
    ("sex", ("sex", "gender", "sexe", "по полу")),
    ("area", ("urbani", "locality", "urban/rural", "milieu", "местность")),
    ("territory", ("territory", "region", "oblast", "province", "territoire", "по территории")),
    ("age", ("age", "возраст")),
    ("education", ("education", "education level", "по образованию")),
    ("wealth", ("quintile", "wealth", "income", "квинтиль")),
)
_PARTS: Final = {
    **{("sex", word): "F" for word in ("women", "female", "females", "femmes", "женщины")},
    **{("sex", word): "M" for word in ("men", "male", "males", "hommes", "мужчины")},
    **{("area", word): "U" for word in ("urban", "urbain", "городская")},
    **{("area", word): "R" for word in ("rural", "сельская")},
}
_TOTALS: Final = frozenset({"total", "all", "ensemble", "всего"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value of a row and a year."""

    year: int
    breakdown: str
    value: Decimal
    flag: str
    row: int
    column: int


def read_labels(grid: Grid, mapping: Mapping, cells: Cells) -> Iterator[Labelled]:
    """The values; rows under a heading that says nothing known are split by 'part'."""
    label = mapping.columns["label"]
    heading = ""
    for number, row in enumerate(grid.rows[mapping.header :], mapping.header + 1):
        name = " ".join(row[label].replace("\u00a0", " ").split()) if label < len(row) else ""
        figures = {place: row[place] for place in mapping.years if place < len(row) and row[place]}
        if not name:
            continue
        if not figures:
            if name.startswith("*"):
                template = marked("the row looks like a footnote and is left out: “%(said)s”.")
                cells.note(number, label, template, "", severity="warning", said=name[:80])
            else:
                heading = _heading(name)
            continue
        breakdown = _breakdown(heading, name)
        for place, text in figures.items():
            found = cells.value(text, number, place)
            if found:
                yield Labelled(mapping.years[place], breakdown, found[0], found[1] or "A", number, place)


def _heading(name: str) -> str:
    folded = fold(name)
    return next(
        (dimension for dimension, words in _HEADINGS if any(word in folded for word in words)), "part"
    )


def _breakdown(heading: str, name: str) -> str:
    folded = fold(name)
    if not heading:
        return "" if folded in _TOTALS else f"part={name}"
    return f"{heading}={_PARTS.get((heading, folded), name)}".replace(";", ",")
