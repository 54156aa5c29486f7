"""Tables a command writes: csv, parquet, xlsx or json, whole or not at all."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from actionlines.cli.whole_file import whole_file
from actionlines.formats.tabular.table import guarded
from actionlines.problems import InputError, Problem, marked

SUFFIXES: Final = (".csv", ".parquet", ".xlsx", ".json")

Columns = Mapping[str, Sequence[Any]]


def check_output(path: Path | None) -> None:
    """Refuse a file that could not be written, before any work is done.

    Raises:
        InputError: its suffix is unknown, or its folder is not there.
    """
    if path is None:
        return
    if path.suffix.lower() not in SUFFIXES:
        fault = marked("“%(suffix)s” is no kind of file that can be written.")
        values = {"suffix": path.suffix, "known": ", ".join(SUFFIXES)}
        raise InputError([Problem(fault, values, str(path), expected=marked("one of: %(known)s."))])
    if not path.parent.is_dir():
        raise InputError([Problem(marked("its folder does not exist."), {}, str(path))])


def write_table(path: Path | None, columns: Columns, *, about: Mapping[str, Any] | None = None) -> None:
    """Write columns of equal length; csv to standard output without a path.

    Args:
        about: what a json file says besides: {**about, 'rows': […]}.
    """
    suffix = path.suffix.lower() if path else ".csv"
    if suffix == ".parquet" or suffix == ".xlsx":
        _write_binary(path, columns, suffix)
        return
    with whole_file(path) as stream:
        if suffix == ".json":
            rows = [
                dict(zip(columns, map(_plain, row), strict=True))
                for row in zip(*columns.values(), strict=True)
            ]
            json.dump({**(about or {}), "rows": rows}, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
        else:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(map(_as_text, row) for row in zip(*columns.values(), strict=True))


def _plain(cell: Any) -> Any:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _as_text(cell: Any) -> str:
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0") if math.isfinite(cell) else ""
    # A cell of text that a spreadsheet would run as a formula is marked as text.
    return guarded(cell) if isinstance(cell, str) else str(cell)


def _write_binary(path: Path | None, columns: Columns, suffix: str) -> None:
    if path is None:
        raise AssertionError("only csv goes to standard output")
    neighbour = path.with_name(f".{path.name}.tmp{suffix}")
    try:
        if suffix == ".parquet":
            import polars as pl

            pl.DataFrame(
                {name: [_plain(cell) for cell in cells] for name, cells in columns.items()}
            ).write_parquet(neighbour)
        else:
            _workbook(neighbour, columns)
        neighbour.replace(path)
    except OSError as error:
        fault = marked("the file cannot be written (%(reason)s).")
        raise InputError([Problem(fault, {"reason": error.strerror or str(error)}, str(path))]) from None
    finally:
        neighbour.unlink(missing_ok=True)


def _workbook(path: Path, columns: Columns) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for place, (name, cells) in enumerate(columns.items()):
            sheet.write_string(0, place, name)
            for row, cell in enumerate(cells, start=1):
                if isinstance(cell, int | float) and math.isfinite(cell):
                    sheet.write_number(row, place, cell)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(row, place, cell)
