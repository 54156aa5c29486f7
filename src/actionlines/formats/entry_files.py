"""Files of entries in whatever format: the one table of formats that command line and site ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from actionlines.formats import iati, projects, tabular
from actionlines.formats.tabular import EntryFile
from actionlines.problems import InputError

_BEGINNING: Final = 4_096


@dataclass(frozen=True, slots=True)
class EntryFormat:
    """A format entries are read from.

    Attributes:
        code: what the command line calls it.
        read: a path or the file's bytes, and the name as the user knows it, to the entries; raises InputError.
        recognises: whether a file that begins with these bytes is of the format.
        endings: of file names, for people who choose a file.
    """

    code: str
    read: Callable[[Path | bytes, str], EntryFile]
    recognises: Callable[[bytes], bool]
    endings: tuple[str, ...]


# Tables stand last: what no other format knows is read as one, and refused with the reader's own words. That a table
# is one of projects is found out when it cannot be read as one of entries.
ENTRY_FORMATS: Final[Mapping[str, EntryFormat]] = {
    one.code: one
    for one in (
        EntryFormat("iati", iati.read_entries, iati.is_iati, (".xml",)),
        EntryFormat("projects", projects.read_projects, lambda _: False, (".csv", ".xlsx", ".xls", ".ods")),
        EntryFormat("table", tabular.read_entries, lambda _: True, (".csv", ".tsv", ".xlsx", ".xls", ".ods")),
    )
}


def read_entry_file(source: Path | bytes, name: str = "") -> EntryFile:
    """The entries of a file in any of ENTRY_FORMATS, known by its contents and not by its name.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    code = recognise(source)
    try:
        return ENTRY_FORMATS[code].read(source, name)
    except InputError:
        # Looked for last: a table of entries, however long, is then read only once.
        if code == "table" and projects.is_projects(source, name):
            return projects.read_projects(source, name)
        raise


def recognise(source: Path | bytes) -> str:
    """The code of the format the file is in; 'table' for what no format knows and for a file that is not there."""
    if isinstance(source, bytes):
        start = source[:_BEGINNING]
    elif source.is_file():
        with source.open("rb") as file:
            start = file.read(_BEGINNING)
    else:
        start = b""
    return next(code for code, one in ENTRY_FORMATS.items() if one.recognises(start))
