"""All cells of a sheet as they stand, for tables whose header is not in the first row, or not in one row."""

import csv
import io
from dataclasses import dataclass
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from actionlines.formats.tabular.delimited import MARKS, SEPARATORS, undecodable
from actionlines.formats.tabular.inspection import inspect, refused
from actionlines.formats.tabular.table import MAX_BYTES, empty_file, unguarded
from actionlines.formats.tabular.workbook import is_workbook, text_of
from actionlines.problems import InputError, Problem, marked

_LOOKED_AT: Final = 40  # records that decide about the separator


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet.

    Attributes:
        name: of the file, as the user knows it.
        rows: texts; the first row of the sheet is the first here, and the first column too.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_grid(data: bytes, name: str) -> Grid:
    """The cells of a csv file, or of the first visible sheet of a workbook that holds anything.

    Raises:
        InputError: too large, empty, damaged, encrypted, with macros, or no text.
    """
    if len(data) > MAX_BYTES:
        template = marked("the file has %(size)d MB.")
        values = {"size": len(data) >> 20, "most": MAX_BYTES >> 20}
        raise InputError([Problem(template, values, name, expected=marked("at most %(most)d MB."))])
    rows = _from_workbook(data, name) if is_workbook(data[:8]) else _from_text(data, name)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise InputError([empty_file(name)])
    return Grid(name, tuple(tuple(row) for row in rows))


def cell_name(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet writes it: row 7 (from 1) and column 5 (from 0) are 'F7'."""
    letters = ""
    place = column + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _from_workbook(data: bytes, name: str) -> list[list[str]]:
    file = io.BytesIO(data)
    inspect(file, name)
    file.seek(0)
    try:
        with CalamineWorkbook.from_filelike(file) as book:
            for meta in book.sheets_metadata:
                sheet = book.get_sheet_by_name(meta.name)
                if meta.visible == SheetVisibleEnum.Visible and sheet.start is not None:
                    left = [""] * sheet.start[1]
                    return [
                        [*left, *(unguarded(text_of(cell).strip()) for cell in row)]
                        for row in sheet.iter_rows()
                    ]
    except PasswordError:
        raise refused("encrypted", name) from None
    except CalamineError as error:
        raise refused("damaged", name, detail=str(error)) from None
    return []


def _from_text(data: bytes, name: str) -> list[list[str]]:
    encoding = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError([undecodable(lambda: io.BytesIO(data), encoding, name)]) from None
    if "\0" in text:
        template = marked("the file is not a text: it holds zero bytes.")
        raise InputError(
            [Problem(template, file=name, expected=marked("text saved as UTF-8, or an xlsx file."))]
        )
    try:
        return [
            [unguarded(cell.strip()) for cell in row]
            for row in csv.reader(io.StringIO(text), delimiter=_separator(text))
        ]
    except csv.Error as error:
        template = marked("not a csv file: %(reason)s.")
        raise InputError([Problem(template, {"reason": str(error)}, name)]) from None


def _separator(text: str) -> str:
    """The separator that makes most cells of the first records."""

    def cells(separator: str) -> int:
        records = csv.reader(io.StringIO(text[:200_000]), delimiter=separator)
        return sum(len(row) for _, row in zip(range(_LOOKED_AT), records, strict=False))

    return max(SEPARATORS, key=cells)
