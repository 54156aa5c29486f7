"""Reading a table, whatever file it stands in."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from actionlines.formats.tabular.delimited import read_delimited
from actionlines.formats.tabular.table import MAX_BYTES, Table, empty_file
from actionlines.formats.tabular.workbook import is_workbook, read_workbook
from actionlines.problems import InputError, Problem, marked

_STARTS_OF_OTHERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
}


def read_table(source: Path | bytes, name: str = "", *, any_size: bool = False) -> Table:
    """The table in a csv, xlsx, ods or xls file; the format is known by its contents, not by its name.

    Delimited text is streamed: only one row is in memory at a time.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.
        any_size: delimited text may be larger than MAX_BYTES.

    Raises:
        InputError: missing, larger than MAX_BYTES, another format, or for a reason of the format; faults of the
            encoding further down may come up while `rows` is read.
    """
    if isinstance(source, Path):
        name = name or source.name
        opened = _opener(source, name)
        size = source.stat().st_size
    else:
        data = source
        size = len(data)

        def opened() -> BinaryIO:
            return io.BytesIO(data)

    if size > MAX_BYTES and not any_size:
        raise InputError([_too_large(name, size)])
    with opened() as file:
        start = file.read(8)
    if size > MAX_BYTES and is_workbook(start):
        raise InputError([_too_large(name, size)])
    if not start:
        raise InputError([empty_file(name)])
    for magic, other in _STARTS_OF_OTHERS.items():
        if start.startswith(magic):
            raise InputError([_another_format(name, other)])
    return (read_workbook if is_workbook(start) else read_delimited)(opened, name)


def _opener(path: Path, name: str) -> Callable[[], BinaryIO]:
    if not path.is_file():
        raise InputError([Problem(marked("there is no such file."), file=name)])
    return lambda: path.open("rb")


def _too_large(name: str, size: int) -> Problem:
    return Problem(
        marked("the file has %(size)d MB."),
        {"size": -(-size // (1024 * 1024)), "most": MAX_BYTES // (1024 * 1024)},
        name,
        expected=marked("at most %(most)d MB; split it into several files."),
    )


def _another_format(name: str, other: str) -> Problem:
    return Problem(
        marked("the file is a %(format)s file."),
        {"format": other},
        name,
        expected=marked("a csv, xlsx, ods or xls file."),
    )
