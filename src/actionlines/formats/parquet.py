"""Parquet: a table of texts out, any flat table in as texts. Needs polars, an extra of the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from actionlines.formats.tabular import MAX_BYTES
from actionlines.problems import InputError, Problem, marked

MAGIC: Final = b"PAR1"
MAX_ROWS: Final = 5_000_000
MAX_CELLS: Final = 100_000_000


@dataclass(frozen=True)
class ParquetTable:
    """A table.

    Attributes:
        columns: their names.
        rows: one text per column; '' for what is not there.
        problems: columns that hold lists or records, which are left out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...] = ()


def is_parquet(start: bytes) -> bool:
    """Whether a file that begins with these bytes is Parquet."""
    return start.startswith(MAGIC)


def parquet_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as Parquet; every column is text, so that 004 stays 004. An empty text is one that is not there.

    Raises:
        ValueError: a column twice.
    """
    polars = _polars("")
    if len({*columns}) < len(columns):
        raise ValueError("a column stands there twice")
    schema = dict.fromkeys(columns, polars.String)
    frame = polars.DataFrame([[cell or None for cell in row] for row in rows], schema=schema, orient="row")
    buffer = BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def read_parquet(source: Path | bytes, name: str = "") -> ParquetTable:
    """The table of a file; numbers and days become texts.

    Raises:
        InputError: polars is not there, the file is too large or damaged, or would make too large a table.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    polars = _polars(name)
    data = source.read_bytes() if isinstance(source, Path) else source
    if len(data) > MAX_BYTES:
        template = marked("the file has %(size)d MB.")
        values = {"size": len(data) >> 20, "most": MAX_BYTES >> 20}
        raise InputError([Problem(template, values, name, expected=marked("at most %(most)d MB."))])
    try:
        # The number of rows stands in the footer: it is looked at before anything is unpacked.
        lazy = polars.scan_parquet(BytesIO(data))
        schema = lazy.collect_schema()
        _not_too_large(int(lazy.select(polars.len()).collect().item()), len(schema), name)
        flat = [column for column, kind in schema.items() if not kind.is_nested() and kind != polars.Binary]
        rows = tuple(tuple(map(_text, row)) for row in lazy.select(flat).collect().iter_rows())
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError, ValueError) as error:
        template = marked("the file is no Parquet that can be read (%(reason)s).")
        raise InputError([Problem(template, {"reason": str(error).partition("\n")[0][:120]}, name)]) from None
    template = marked("the column %(column)s holds lists or records and is left out.")
    problems = tuple(
        Problem(template, {"column": column}, name, column=column) for column in schema if column not in flat
    )
    return ParquetTable(tuple(flat), rows, problems)


def _not_too_large(rows: int, columns: int, name: str) -> None:
    if rows > MAX_ROWS or rows * columns > MAX_CELLS:
        template = marked("the table has %(rows)d rows of %(columns)d columns.")
        values = {"rows": rows, "columns": columns, "most": MAX_ROWS}
        raise InputError([Problem(template, values, name, expected=marked("at most %(most)d rows."))])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _polars(name: str) -> Any:
    try:
        import polars
    except ImportError:
        template = marked("Parquet needs the package polars.")
        expected = marked("the library installed with the extra “index”.")
        raise InputError([Problem(template, file=name, expected=expected)]) from None
    return polars
