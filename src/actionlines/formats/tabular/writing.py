"""Writing tables: csv and xlsx whose cells no spreadsheet runs as formulas, and that `read_table` reads back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from actionlines.formats.tabular.table import MAX_CELL, guarded
from actionlines.stocktaking import COLUMNS, TRANSLATION_COLUMNS, Entry, row_of

_SPECIAL: Final = re.compile('[",\r\n]').search


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as csv (UTF-8 with a mark, so that spreadsheets know) or xlsx, by the path's ending.

    A cell that begins with =, +, -, @, tab or carriage return gets an apostrophe before it; `read_table` takes it
    off again. Rows are written as they come.

    Raises:
        ValueError: another ending, or an xlsx cell longer than MAX_CELL characters.
    """
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            _write_csv(file, columns, rows)
    elif path.suffix.lower() == ".xlsx":
        _write_xlsx(path, columns, rows)
    else:
        raise ValueError(f"{path.name}: expected an ending .csv or .xlsx")


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries as csv or xlsx under the names of their fields; `read_entries` reads the same entries back.

    Columns of translations stand behind the others, those only that hold anything.
    """
    write_table(path, *entry_table(entries))


def entry_table(entries: Iterable[Entry]) -> tuple[list[str], list[list[str]]]:
    """The columns and the rows that entries make as a table; columns of translations only where they hold anything."""
    rows = [row_of(entry) for entry in entries]
    used = {column for row in rows for column in row}
    columns = [*COLUMNS, *(column for column in TRANSLATION_COLUMNS if column in used)]
    return columns, [[row.get(column, "") for column in columns] for row in rows]


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The csv as a text (without a mark)."""
    file = io.StringIO()
    _write_csv(file, columns, rows)
    return file.getvalue()


def csv_parts(columns: Sequence[str], chunks: Iterable[Iterable[Sequence[str]]]) -> Iterator[str]:
    """The csv in parts: the header, then the rows of each chunk as soon as they come (without a mark).

    The text is what `csv.writer` writes, in a third of its time: it looks at each character, and most cells of an
    export need no quotes.
    """
    yield csv_text(columns, ())
    for chunk in chunks:
        lines = [
            # No formula begins with a letter or a digit.
            ",".join(
                [
                    cell if not cell or (cell[0].isalnum() and not _SPECIAL(cell)) else _quoted(cell)
                    for cell in row
                ]
            )
            for row in chunk
        ]
        lines.append("")
        yield "\r\n".join(lines)


def _quoted(cell: str) -> str:
    """A cell made safe for spreadsheets, in quotes where it needs them."""
    safe = guarded(cell)
    return '"' + safe.replace('"', '""') + '"' if _SPECIAL(safe) else safe


def _write_csv(file: io.TextIOBase, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(file)
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for position, column in enumerate(columns):
        sheet.write_string(0, position, guarded(column), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for position, cell in enumerate(row):
            if len(cell) >= MAX_CELL:
                raise ValueError(f"{path.name}: row {number + 1} holds a cell of {len(cell)} characters")
            if cell:
                sheet.write_string(number, position, guarded(cell))
    book.close()
