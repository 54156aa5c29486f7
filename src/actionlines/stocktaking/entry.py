"""An entry of the stocktaking: one project, programme or activity somebody carried out."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionlines.frameworks import area
from actionlines.problems import Problem
from actionlines.stocktaking.fields import COVERAGES, STAGES, STAKEHOLDER_TYPES, STATUSES, RowReader
from actionlines.stocktaking.length import WordRule
from actionlines.stocktaking.translation import Translation, columns_of
from actionlines.text import fold

__all__ = [
    "COLUMNS",
    "COVERAGES",
    "LONG_TEXTS",
    "STAGES",
    "STAKEHOLDER_TYPES",
    "STATUSES",
    "Entry",
    "entry_from_row",
    "figure_parts",
    "row_of",
]

# What a submitter tells beyond the description, in the order a reader asks for it.
LONG_TEXTS: Final = (
    "beneficiaries",
    "results",
    "technology",
    "replicability",
    "sustainability",
    "values",
    "challenges",
    "financing",
)
COLUMNS: Final = (
    "id",
    "title",
    "organisation",
    "stakeholder_type",
    "partners",
    "country",
    "countries",
    "coverage",
    "year",
    "start",
    "end",
    "stage",
    "status",
    "lines",
    "targets",
    "language",
    "description",
    *LONG_TEXTS,
    "figures",
    "website",
    "source",
)
_MOST_CHARACTERS: Final = 5_000
_FIGURE: Final = re.compile(r"(?P<what>[^:：]*[^:：\s])\s*[:：]\s*(?P<value>.*\d.*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the register.

    Attributes:
        id: the owner's identifier, unique in its file or register.
        title, description: in `language` (ISO 639-1, one of the six; '' when not known).
        organisation: name, or ''.
        stakeholder_type: one of STAKEHOLDER_TYPES, or ''.
        partners: names of the organisations that work with it.
        country: ISO 3166-1 alpha-3 of the lead country, or '' for several countries or not known.
        countries: ISO 3166-1 alpha-3 of the countries beyond the lead.
        coverage: one of COVERAGES, or ''.
        stage: one of STAGES, or ''.
        year: year of the contest or of the project, or None.
        status: one of STATUSES.
        lines: action lines declared by the owner, such as ('C2', 'C7-HEA').
        targets: goals and targets declared by the owner, such as ('9', '9.c').
        website, source: addresses, or ''.
        beneficiaries, results, technology, replicability, sustainability, values, challenges, financing: plain texts
            of one or more lines, or ''; `values` says which values of the Summit it promotes.
        figures: results with a number, each as 'what: value unit (year)'.
        translations: title and description in other languages, in the order of LANGUAGES.
        start, end: first and last day of the project (ISO 8601, '2018-02-28'), or ''.
        row: row number in the file it came from (spreadsheet counting), or None.
    """

    id: str
    title: str
    description: str
    language: str = ""
    organisation: str = ""
    stakeholder_type: str = ""
    country: str = ""
    year: int | None = None
    status: str = "entry"
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    website: str = ""
    source: str = ""
    start: str = ""
    end: str = ""
    partners: tuple[str, ...] = ()
    coverage: str = ""
    countries: tuple[str, ...] = ()
    stage: str = ""
    beneficiaries: str = ""
    results: str = ""
    figures: tuple[str, ...] = ()
    technology: str = ""
    replicability: str = ""
    sustainability: str = ""
    values: str = ""
    challenges: str = ""
    financing: str = ""
    translations: tuple[Translation, ...] = ()
    row: int | None = None

    def region(self, today: date) -> str:
        """The region its country was in, in the middle of the entry's year ('' without a country or a region).

        An entry without a year stands in the region of `today`.
        """
        if not self.country:
            return ""
        try:
            return area(self.country).region(date(self.year, 7, 1) if self.year else today)
        except KeyError:
            return ""

    @property
    def text(self) -> str:
        """What is aligned and searched: the title, an empty line, the description (without a title, only that)."""
        return f"{self.title}\n\n{self.description}" if self.title else self.description


def entry_from_row(
    row: Mapping[str, str],
    *,
    file: str = "",
    number: int | None = None,
    columns: Mapping[str, str] | None = None,
    untitled: bool = False,
    words: WordRule | None = None,
) -> tuple[Entry | None, list[Problem]]:
    """Make an entry of one row of a table.

    Args:
        row: column (one of COLUMNS or TRANSLATION_COLUMNS; others are not looked at) to cell text. A row without an
            id gets one made of its title and organisation, the same each time.
        file, number: where the row stands, for the problems.
        columns: what the file calls the columns, for the problems, where it is not the name in COLUMNS.
        untitled: a title may be missing, as in tables of mere texts.
        words: how long the description should be; imports are not held to it.

    Returns:
        The entry (None when an error stops it) and every problem of the row.
    """
    reader = RowReader(row, file, number, columns or {})
    title = reader.plain("title", most=300, required=not untitled)
    description = reader.plain("description", most=20_000, required=True, lines=True)
    organisation = reader.plain("organisation", most=300)
    start, end = reader.day("start"), reader.day("end")
    reader.check_order(start, end, "end")
    country = reader.country("country")
    language = reader.choice("language")
    entry = Entry(
        id=reader.plain("id", most=64) or _made_id(title or description, organisation),
        title=title,
        description=description,
        language=language,
        organisation=organisation,
        stakeholder_type=reader.choice("stakeholder_type"),
        country=country,
        year=reader.year("year", otherwise=start),
        status=reader.choice("status") or "entry",
        lines=reader.lines("lines"),
        targets=reader.targets("targets"),
        website=reader.address("website"),
        source=reader.address("source", text_allowed=True),
        start=start.isoformat() if start else "",
        end=end.isoformat() if end else "",
        partners=reader.items("partners"),
        coverage=reader.choice("coverage"),
        countries=reader.further_countries("countries", "country"),
        stage=reader.choice("stage"),
        figures=reader.figures("figures"),
        **{field: reader.plain(field, most=_MOST_CHARACTERS, lines=True) for field in LONG_TEXTS},
        translations=reader.translations(language),
        row=number,
    )
    if words is not None and description:
        reader.check_words("description", words, language)
    return (None if reader.refused else entry), reader.problems


def row_of(entry: Entry) -> dict[str, str]:
    """The entry as a row of a table: every one of COLUMNS, and the columns of the translations it has.

    `entry_from_row(row_of(entry))` gives the same entry back (its `row` aside).
    """
    row = {column: getattr(entry, column) for column in COLUMNS}
    cells = {
        column: "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for column, value in row.items()
    }
    for item in entry.translations:
        cells |= zip(columns_of(item.language), (item.title, item.description, item.made_by), strict=True)
    return cells


def figure_parts(figure: str) -> tuple[str, str]:
    """'Teachers trained: 1200 (2023)' → ('Teachers trained', '1200 (2023)'); ('', figure) without a colon."""
    match = _FIGURE.fullmatch(figure)
    return (match["what"].strip(), match["value"]) if match else ("", figure)


def _made_id(title: str, organisation: str) -> str:
    said = "\n".join(" ".join(fold(part).split()) for part in (title, organisation))
    return f"made-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
