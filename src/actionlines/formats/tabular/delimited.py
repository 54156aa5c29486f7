"""Tables in delimited text: comma, semicolon or tab; UTF-8 with or without a mark, UTF-16 with a mark."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from actionlines.formats.tabular.table import (
    GUARD,
    Row,
    Table,
    checked_header,
    empty_file,
    fitted,
    is_formula,
    unguarded,
)
from actionlines.problems import InputError, Problem, marked

SEPARATORS: Final = (",", ";", "\t")
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# With which a formula can begin, or a text that is marked as none; most cells are told apart by that alone.
_SIGNS: Final = frozenset(f"=+-@{GUARD}")
# A cell longer than this is a quotation mark that was never closed: the csv module gives up there.
_LONGEST: Final = 131_072


def read_delimited(opened: Callable[[], BinaryIO], name: str) -> Table:
    """The table of a delimited text.

    Args:
        opened: opens the file at its beginning, each time it is called.
        name: file name as the user knows it.

    Raises:
        InputError: not UTF-8 or UTF-16 (at once or while rows are read), empty, a header that cannot be used.
    """
    encoding = _encoding(opened)
    try:
        header, header_row, separator = _header(opened, encoding, name)
    except UnicodeDecodeError:
        raise InputError([undecodable(opened, encoding, name)]) from None
    columns = checked_header(header, name, header_row)
    table = Table(name, columns, header_row, iter(()))
    table.rows = _rows(opened, encoding, separator, table)
    return table


def _encoding(opened: Callable[[], BinaryIO]) -> str:
    with opened() as file:
        start = file.read(3)
    return next((encoding for mark, encoding in MARKS if start.startswith(mark)), "utf-8")


def _header(opened: Callable[[], BinaryIO], encoding: str, name: str) -> tuple[list[str], int, str]:
    """The cells of the header, its row number, the separator that makes most columns of it."""
    found: list[tuple[list[str], int, str]] = []
    fault: Problem = empty_file(name)
    for separator in SEPARATORS:
        with io.TextIOWrapper(opened(), encoding, newline="") as text:
            try:
                cells, number = _first_record(csv.reader(text, delimiter=separator))
                declared = _declared_separator(cells, separator)
                if declared:
                    return next(csv.reader(text, delimiter=declared), []), number + 1, declared
                found.append((cells, number, separator))
            except csv.Error as error:
                fault = _broken(name, 1, error)
    cells, number, separator = max(found, key=lambda one: len(one[0]), default=([], 0, ""))
    if any("\0" in cell for cell in cells):
        fault = Problem(
            marked("the file is not a text: it holds zero bytes."),
            file=name,
            expected=marked("text saved as UTF-8 (in a spreadsheet: “CSV UTF-8”), an xlsx or an ods file."),
        )
        raise InputError([fault])
    if not cells:
        raise InputError([fault])
    return cells, number, separator


def _first_record(records: Iterator[list[str]]) -> tuple[list[str], int]:
    """The first record that is not empty, with its row number."""
    for number, cells in enumerate(records, 1):
        if any(cell.strip(" ,;\t") for cell in cells):
            return cells, number
    return [], 0


def _declared_separator(cells: list[str], separator: str) -> str:
    """The separator of a first line 'sep=;', by which some spreadsheets are told."""
    line = separator.join(cells)
    return line[4:] if line[:4].lower() == "sep=" and line[4:] in SEPARATORS else ""


def _rows(opened: Callable[[], BinaryIO], encoding: str, separator: str, table: Table) -> Iterator[Row]:
    try:
        with io.TextIOWrapper(opened(), encoding, newline="") as text:
            for number, cells in _records(text, separator, table):
                if number <= table.header_row or not any(map(str.strip, cells)):
                    continue
                fit = fitted(cells, table.columns, table.name, number)
                if isinstance(fit, Problem):
                    table.problems.append(fit)
                    continue
                risky = [position for position, cell in enumerate(fit) if cell[:1] in _SIGNS]
                if not risky:
                    yield Row(number, fit)
                    continue
                formulas = frozenset(position for position in risky if is_formula(fit[position]))
                yield Row(number, tuple(map(unguarded, fit)), formulas)
    except UnicodeDecodeError:
        raise InputError([undecodable(opened, encoding, table.name)]) from None


def _records(text: io.TextIOWrapper, separator: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells; a record the csv rules forbid is noted and skipped, the next one is read."""
    records = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if number >= table.header_row:
                table.problems.append(_broken(table.name, number, error))
            # Behind a quotation mark that is never closed nobody can say where rows begin.
            if "field larger" in str(error) or "unexpected end" in str(error):
                return
        else:
            yield number, cells


def _broken(name: str, number: int, error: csv.Error) -> Problem:
    said = str(error)
    if "field larger" in said or "unexpected end" in said:
        return Problem(
            marked("a quotation mark opened in this row is never closed; nothing behind it could be read."),
            file=name,
            row=number,
            expected=marked('quotation marks in pairs, and doubled ("") inside a quoted text.'),
        )
    return Problem(
        marked("the row is not valid csv (%(reason)s)."),
        {"reason": said},
        name,
        number,
        expected=marked('a quoted text followed by the separator; quotation marks doubled ("") inside it.'),
    )


def undecodable(opened: Callable[[], BinaryIO], encoding: str, name: str) -> Problem:
    """Where the first byte stands that the encoding does not allow."""
    if encoding == "utf-16":
        return Problem(
            marked("the file begins like UTF-16 but is not: it breaks off or holds broken characters."),
            file=name,
            expected=marked("text saved as UTF-8 (in a spreadsheet: “CSV UTF-8”)."),
        )
    position = 0
    with opened() as file:
        for line, raw in enumerate(file, 1):
            try:
                raw.decode(encoding)
            except UnicodeDecodeError as error:
                values = {
                    "line": line,
                    "byte": position + error.start + 1,
                    "value": f"0x{raw[error.start]:02X}",
                }
                break
            position += len(raw)
        else:
            values = {"line": line, "byte": position, "value": "0x00"}
    return Problem(
        marked("the file is not UTF-8: line %(line)d holds the byte %(value)s (byte %(byte)d of the file)."),
        values,
        name,
        expected=marked("text saved as UTF-8 (in a spreadsheet: “CSV UTF-8”)."),
    )
