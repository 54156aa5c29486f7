"""Where things stand in the workbook of a questionnaire, shared by the writer and the reader."""

from typing import Final

MARK: Final = "actionlines questionnaire"
HEADER: Final = 6  # row of the header, from 1
FLAGS: Final = ("A", "E", "P", "B")
# Columns from 0.
CODE, PART, QUESTION, UNIT, BEFORE, VALUE, FLAG, NOTE, SOURCE = range(9)


def mark(kind: str, economy: str, year: int) -> str:
    """The text of the first cell, by which a filled workbook is known again."""
    return f"{MARK} | {kind} | {economy} | {year}"


def read_mark(cell: str) -> tuple[str, str, int] | None:
    """Kind, economy and year of a first cell; None where it is not that of a questionnaire."""
    parts = [part.strip() for part in cell.split("|")]
    if len(parts) != 4 or parts[0] != MARK or not parts[3].isdecimal():
        return None
    return parts[1], parts[2], int(parts[3])
