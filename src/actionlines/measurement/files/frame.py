"""A data file as a frame of text or number columns: csv, parquet, xlsx, SDMX-CSV."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actionlines.problems import InputError, Problem, marked

if TYPE_CHECKING:
    import polars as pl

SUFFIXES: Final = (".csv", ".tsv", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods")


def read_frame(path: Path) -> "pl.DataFrame":
    """The first table of a file; every cell of a text file is text.

    Raises:
        InputError: the file is missing, of no known kind, or not what its name says.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        fault = marked("“%(suffix)s” is no kind of file that can be read.")
        known = ", ".join(SUFFIXES)
        raise _failure(path, fault, marked("one of: %(known)s."), suffix=suffix, known=known)
    if not path.is_file():
        raise _failure(path, marked("the file is missing."))
    if suffix in (".csv", ".tsv"):
        return _delimited(path)
    return _parquet(path) if suffix == ".parquet" else _workbook(path)


def _failure(path: Path, fault: str, expected: str = "", /, **values: object) -> InputError:
    return InputError([Problem(fault, values, path.name, expected=expected)])


def _delimited(path: Path) -> "pl.DataFrame":
    import polars as pl

    data = path.read_bytes()
    head = data[:65536].split(b"\n", 1)[0]
    separator = max((b",", b";", b"\t"), key=head.count).decode()
    _check_names(path, _header(path, head, separator))
    try:
        # Everything as text: what is a number is decided cell by cell, with its place.
        return pl.read_csv(io.BytesIO(data), infer_schema=False, separator=separator, raise_if_empty=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        reason = str(error).split("\n", 1)[0]
        raise _failure(path, marked("not a csv file: %(reason)s."), reason=reason) from None


def _header(path: Path, head: bytes, separator: str) -> list[str]:
    import csv

    try:
        line = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault, expected = marked("the file is not UTF-8 (byte %(byte)s)."), marked("a text file in UTF-8.")
        raise _failure(path, fault, expected, byte=error.start + 1) from None
    return next(csv.reader([line.rstrip("\r")], delimiter=separator), [])


def _check_names(path: Path, names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        fault = marked("the columns %(columns)s stand here twice.")
        raise InputError([Problem(fault, {"columns": ", ".join(twice)}, path.name, 1)])


def _parquet(path: Path) -> "pl.DataFrame":
    import polars as pl

    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).split("\n", 1)[0]
        raise _failure(path, marked("not a parquet file: %(reason)s."), reason=reason) from None


def _workbook(path: Path) -> "pl.DataFrame":
    import polars as pl
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError) as error:
        raise _failure(path, marked("not a workbook: %(reason)s."), reason=error) from None
    if not rows:
        raise _failure(path, marked("the first sheet is empty."))
    names = [as_text(cell) for cell in rows[0]]
    _check_names(path, [name for name in names if name])
    columns = {name: [as_text(row[place]) for row in rows[1:]] for place, name in enumerate(names) if name}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def as_text(cell: object) -> str:
    """A cell of a workbook as text: 2024.0 is '2024'."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
