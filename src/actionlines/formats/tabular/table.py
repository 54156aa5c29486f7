"""A table: a header and rows of text, whatever file they stood in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from actionlines.problems import InputError, Problem, marked
from actionlines.text import fold

MAX_BYTES: Final = 100 * 1024 * 1024
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 32_767  # characters; what a cell of a spreadsheet can hold

# What exports put before a cell that a spreadsheet would run, and what readers take off again.
GUARD: Final = "'"
_RISKY: Final = re.compile(r"'*(?:\s*[=+\-@]|[\t\r])")
_GUARDED: Final = re.compile(r"'(?:'*(?:\s*[=+\-@]|[\t\r]))")
# "=…" is a formula wherever it comes from; "+", "-" and "@" begin honest texts too ("- first aim", "@home"), so
# these three need what makes a formula of them: a call, a reference, an operator, or the pipe of a DDE command.
_FORMULA: Final = re.compile(
    r"\s*(?:=|[+\-@](?:\$?[A-Za-z.]+\(|[A-Za-z]+\||\$?[A-Za-z]{1,3}\$?\d|\d[\d.]*[-+*/(]))"
)
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header.

    Attributes:
        number: as a spreadsheet shows it; the first row of the file is 1, and empty rows count.
        cells: one text per column of the table, white space at the ends removed.
        formulas: positions of the cells that hold a formula; the cell's text is then the formula.
        numbers: positions of the cells a spreadsheet keeps as a number, not as text ("8.10" has become 8.1 there).
    """

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()


@dataclass
class Table:
    """What stands in a file.

    Attributes:
        name: file name as the user knows it.
        columns: the header's cells as written; '' where a column has no name.
        header_row: the row number of the header.
        rows: the rows in their order, read as they are asked for, once. Empty rows are left out.
        problems: rows that could not be used; grows while `rows` is read.
    """

    name: str
    columns: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]
    problems: list[Problem] = field(default_factory=list)


def column_key(name: str) -> str:
    """What two spellings of one column name share: 'Country (ISO3)' and 'country_iso3' are one."""
    return " ".join(_WORD.findall(fold(name).replace("_", " ")))


def guarded(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would run it as a formula; `unguarded` undoes it."""
    return GUARD + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """`text` without the apostrophe that marks it as text."""
    return text[1:] if text.startswith(GUARD) and _GUARDED.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return _FORMULA.match(text) is not None


def checked_header(cells: Sequence[str], name: str, row: int) -> tuple[str, ...]:
    """The header's names, stripped; trailing nameless columns are dropped.

    Raises:
        InputError: no name at all, more than MAX_COLUMNS, one name twice.
    """
    columns = [cell.strip() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    problems = []
    if not columns:
        problems.append(empty_file(name))
    if len(columns) > MAX_COLUMNS:
        problems.append(
            Problem(
                marked("the header has %(found)d columns."),
                {"found": len(columns), "most": MAX_COLUMNS},
                name,
                row,
                expected=marked("at most %(most)d columns."),
            )
        )
        raise InputError(problems)
    first: dict[str, int] = {}
    for position, column in enumerate(columns):
        earlier = first.setdefault(column_key(column), position)
        if column and earlier != position:
            problems.append(
                Problem(
                    marked(
                        "the column “%(column)s” stands there twice: it is column %(first)d and column %(second)d."
                    ),
                    {"column": column, "first": earlier + 1, "second": position + 1},
                    name,
                    row,
                    column,
                    marked("each column once."),
                )
            )
    if problems:
        raise InputError(problems)
    return tuple(columns)


def empty_file(name: str) -> Problem:
    """The file holds nothing."""
    return Problem(
        marked("the file is empty."),
        file=name,
        expected=marked("a header row and below it one row per record."),
    )


def fitted(cells: Sequence[str], columns: Sequence[str], name: str, number: int) -> tuple[str, ...] | Problem:
    """The cells of a row, one per column, or what is wrong with them: too few, too many, one too long."""
    width = len(columns)
    if len(cells) == width and max(map(len, cells), default=0) <= MAX_CELL:
        return tuple([cell.strip() for cell in cells])
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return Problem(
            marked("the row has another number of cells (%(found)d) than the header (%(wanted)d)."),
            {"found": len(cells), "wanted": width},
            name,
            number,
            expected=marked(
                "one cell per column; a text that holds the separator stands in quotation marks."
            ),
        )
    if max(map(len, cells[:width]), default=0) <= MAX_CELL:
        return tuple([cell.strip() for cell in cells[:width]])
    for position, cell in enumerate(cells[:width]):
        if len(cell) > MAX_CELL:
            return Problem(
                marked("the cell holds %(found)d characters."),
                {"found": len(cell), "most": MAX_CELL},
                name,
                number,
                columns[position],
                marked("at most %(most)d characters."),
            )
    return tuple(cell.strip() for cell in cells[:width])
