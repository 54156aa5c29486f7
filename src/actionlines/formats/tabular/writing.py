"""Writing tables: csv and xlsx whose cells no spreadsheet runs as formulas, and that `read_table` reads back."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from actionlines.formats.tabular.table import MAX_CELL, guarded
from actionlines.stocktaking.entry import COLUMNS, Entry


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
    """Write entries as csv or xlsx under the names of their fields; `read_entries` reads the same entries back."""
    write_table(path, COLUMNS, map(cells, entries))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The csv as a text (without a mark)."""
    file = io.StringIO()
    _write_csv(file, columns, rows)
    return file.getvalue()


def csv_parts(columns: Sequence[str], chunks: Iterable[Iterable[Sequence[str]]]) -> Iterator[str]:
    """The csv in parts: the header, then the rows of each chunk as soon as they come (without a mark)."""
    yield csv_text(columns, ())
    for chunk in chunks:
        file = io.StringIO()
        # No formula begins with a letter or a digit: most cells need no closer look.
        csv.writer(file).writerows(
            [cell if not cell or cell[0].isalnum() else guarded(cell) for cell in row] for row in chunk
        )
        yield file.getvalue()


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
            sheet.write_string(number, position, guarded(cell))
    book.close()


def cells(entry: Entry) -> list[str]:
    """The cells of an entry under COLUMNS."""
    return [
        entry.id,
        entry.title,
        entry.organisation,
        entry.stakeholder_type,
        entry.country,
        "" if entry.year is None else str(entry.year),
        entry.start,
        entry.end,
        entry.status,
        "; ".join(entry.lines),
        "; ".join(entry.targets),
        entry.language,
        entry.description,
        entry.website,
        entry.source,
    ]
