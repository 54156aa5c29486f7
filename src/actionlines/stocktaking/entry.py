"""An entry of the stocktaking: one project, programme or activity somebody carried out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionlines.frameworks import area
from actionlines.problems import Problem
from actionlines.stocktaking.fields import STAKEHOLDER_TYPES, STATUSES, RowReader
from actionlines.text import fold

__all__ = ["COLUMNS", "STAKEHOLDER_TYPES", "STATUSES", "Entry", "entry_from_row"]

COLUMNS: Final = (
    "id",
    "title",
    "organisation",
    "stakeholder_type",
    "country",
    "year",
    "start",
    "end",
    "status",
    "lines",
    "targets",
    "language",
    "description",
    "website",
    "source",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the register.

    Attributes:
        id: the owner's identifier, unique in its file or register.
        title, description: in `language` (ISO 639-1, one of the six; '' when not known).
        organisation: name, or ''.
        stakeholder_type: one of STAKEHOLDER_TYPES, or ''.
        country: ISO 3166-1 alpha-3, or '' for several countries or not known.
        year: year of the contest or of the project, or None.
        status: one of STATUSES.
        lines: action lines declared by the owner, such as ('C2', 'C7-HEA').
        targets: goals and targets declared by the owner, such as ('9', '9.c').
        website, source: addresses, or ''.
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
) -> tuple[Entry | None, list[Problem]]:
    """Make an entry of one row of a table.

    Args:
        row: column (one of COLUMNS; others are not looked at) to cell text. A row without an id gets one made of
            its title and organisation, the same each time.
        file, number: where the row stands, for the problems.
        columns: what the file calls the columns, for the problems, where it is not the name in COLUMNS.
        untitled: a title may be missing, as in tables of mere texts.

    Returns:
        The entry (None when an error stops it) and every problem of the row.
    """
    reader = RowReader(row, file, number, columns or {})
    title = reader.plain("title", most=300, required=not untitled)
    description = reader.plain("description", most=20_000, required=True, lines=True)
    organisation = reader.plain("organisation", most=300)
    start, end = reader.day("start"), reader.day("end")
    reader.check_order(start, end, "end")
    entry = Entry(
        id=reader.plain("id", most=64) or _made_id(title or description, organisation),
        title=title,
        description=description,
        language=reader.choice("language"),
        organisation=organisation,
        stakeholder_type=reader.choice("stakeholder_type"),
        country=reader.country("country"),
        year=reader.year("year", otherwise=start),
        status=reader.choice("status") or "entry",
        lines=reader.lines("lines"),
        targets=reader.targets("targets"),
        website=reader.address("website"),
        source=reader.address("source", text_allowed=True),
        start=start.isoformat() if start else "",
        end=end.isoformat() if end else "",
        row=number,
    )
    refused = any(problem.severity == "error" for problem in reader.problems)
    return (None if refused else entry), reader.problems


def _made_id(title: str, organisation: str) -> str:
    said = "\n".join(" ".join(fold(part).split()) for part in (title, organisation))
    return f"made-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
