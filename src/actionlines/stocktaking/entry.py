"""An entry of the stocktaking: one project, programme or activity somebody carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from actionlines.problems import Problem

STAKEHOLDER_TYPES: Final = (
    "government",
    "private-sector",
    "international-organisation",
    "civil-society",
    "academia",
    "technical-community",
    "other",
)
STATUSES: Final = ("entry", "nominee", "champion", "winner", "other")


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
    row: int | None = None

    @property
    def text(self) -> str:
        """What is aligned and searched: the title, an empty line, the description."""
        return f"{self.title}\n\n{self.description}"


def entry_from_row(row: Mapping[str, str], *, file: str = "", number: int | None = None) -> tuple[Entry | None, list[Problem]]:
    """Make an entry of one row of a table.

    Args:
        row: column name (lower case) to cell text.
        file, number: where the row stands, for the problems.

    Returns:
        The entry (None when an error stops it) and every problem of the row.
    """
    raise NotImplementedError
