"""Tables in workbooks: xlsx, ods and xls, read by calamine once the file has been looked through."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from actionlines.formats.tabular.inspection import OLE_MAGIC, ZIP_MAGIC, Formulas, inspect, refused
from actionlines.formats.tabular.table import Row, Table, checked_header, empty_file, fitted, unguarded
from actionlines.problems import InputError, Problem

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(opened: Callable[[], BinaryIO], name: str) -> Table:
    """The table of the first visible sheet that holds anything.

    Numbers become the shortest text that means them (2018, 1.1), dates ISO dates. calamine does not tell how a
    number is formatted: a 4 shown as 004 reads as 4, so codes belong in text cells.

    Raises:
        InputError: damaged, encrypted, with macros, unpacking to too much, or with a header that cannot be used.
    """
    with opened() as file:
        formulas = inspect(file, name)
        file.seek(0)
        try:
            with CalamineWorkbook.from_filelike(file) as book:
                return _table(book, name, formulas)
        except PasswordError:
            raise refused("encrypted", name) from None
        except CalamineError as error:
            raise refused("damaged", name, detail=str(error)) from None


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins with these bytes is for `read_workbook` to read, or to refuse."""
    return start.startswith((ZIP_MAGIC, OLE_MAGIC))


def _table(book: CalamineWorkbook, name: str, formulas: Formulas) -> Table:
    for meta in book.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.start is None:
            continue
        rows = _texts(sheet, formulas.get(meta.name, {}))
        for number, cells, _, _ in rows:
            if any(cells):
                table = Table(name, checked_header(cells, name, number), number, iter(()))
                table.rows = _rows(rows, table)
                return table
    raise InputError([empty_file(name)])


_Texts = Iterator[tuple[int, list[str], frozenset[int], frozenset[int]]]


def _texts(sheet: CalamineSheet, formulas: Mapping[tuple[int, int], str]) -> _Texts:
    """Row number, texts, positions of formulas and of numbers, from the top of the sheet."""
    left = sheet.start[1] if sheet.start else 0
    held: dict[int, dict[int, str]] = {}
    for (row, column), formula in formulas.items():
        held.setdefault(row, {})[column - left] = formula
    for number, row_cells in enumerate(sheet.iter_rows(), 1):
        cells = [text_of(cell) for cell in row_cells]
        numbers = frozenset(i for i, cell in enumerate(row_cells) if isinstance(cell, float | int))
        in_row = {i: formula for i, formula in held.get(number, {}).items() if 0 <= i < len(cells)}
        for position, formula in in_row.items():
            cells[position] = formula
        yield number, cells, frozenset(in_row), numbers


def _rows(rows: _Texts, table: Table) -> Iterator[Row]:
    for number, cells, formulas, numbers in rows:
        if not any(cell.strip() for cell in cells):
            continue
        fit = fitted(cells, table.columns, table.name, number)
        if isinstance(fit, Problem):
            table.problems.append(fit)
            continue
        yield Row(number, tuple(map(unguarded, fit)), formulas, numbers)


def text_of(cell: Cell) -> str:
    """A cell as a spreadsheet shows it without a format of its own."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        # Fifteen digits are what spreadsheets keep: 0.1 + 0.2 shows as 0.3.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
