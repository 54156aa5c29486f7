"""`actionlines import` of several files: each read on its own, anywhere, and put into one table in the order given."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from actionlines.cli.output import answer
from actionlines.cli.places import place_of
from actionlines.cli.whole_file import whole_file
from actionlines.engine import stream
from actionlines.formats.entry_files import ENTRY_FORMATS, read_entry_file
from actionlines.formats.tabular import csv_parts
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import COLUMNS, TRANSLATION_COLUMNS, Entry, row_of

Told = Callable[[Problem], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker found in one file; without records where it could not be read as a whole."""

    file: str
    records: int
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass
class Sum:
    """What all files together hold."""

    files: list[dict[str, Any]] = field(default_factory=list)
    records: int = 0
    entries: int = 0
    errors: int = 0
    first: dict[str, str] = field(default_factory=dict)  # identifier to the file that has it

    def add(self, read: Read, told: Told) -> list[Entry]:
        """Count a file; its entries whose identifiers no file before it has."""
        kept, problems = [], list(read.problems)
        for entry in read.entries:
            before = self.first.setdefault(entry.id, read.file)
            if before == read.file:
                kept.append(entry)
            else:
                problems.append(_twin(entry, read.file, before))
        for problem in problems:
            sys.stderr.write(f"actionlines: {problem.severity}: {problem}\n")
        self.records += read.records
        self.entries += len(kept)
        self.errors += sum(problem.severity == "error" for problem in problems)
        self.files.append(
            {
                "file": read.file,
                "records": read.records,
                "entries": len(kept),
                "problems": [told(problem) for problem in problems],
            }
        )
        return kept


def import_many(arguments: argparse.Namespace, paths: Sequence[Path], told: Told) -> int:
    """Read every file; a file that cannot be read, or a record that is refused, costs the others nothing.

    Returns:
        0, or 1 where anything was refused.
    """
    written = arguments.out if not arguments.dry_run else None
    found = stream(
        partial(read_one, arguments.form), paths, **place_of(arguments).arguments(), total=len(paths)
    )
    whole = Sum()
    with ExitStack() as stack:
        table = stack.enter_context(whole_file(written)) if written is not None else None
        for part in _parts(arguments.form, found, whole, told):
            if table is not None:
                table.write(part)
    said = {
        "files": whole.files,
        "records": whole.records,
        "entries": whole.entries,
        "refused": whole.records - whole.entries,
        "written": str(written) if written is not None else None,
    }
    answer(arguments, said, _lines(said))
    return 1 if whole.errors else 0


def read_one(form: str, path: Path) -> Read:
    """The entries of one file; what keeps it from being read is among its problems."""
    reader = read_entry_file if form == "auto" else ENTRY_FORMATS[form].read
    try:
        found = reader(path, str(path))
    except InputError as error:
        return Read(str(path), 0, (), error.problems)
    return Read(found.name, found.rows, tuple(found.entries), tuple(found.problems))


def _parts(form: str, found: Iterator[Read], whole: Sum, told: Told) -> Iterator[str]:
    # Activities have no translations beside them; of tables nobody knows before the last is read.
    columns = list(COLUMNS) if form == "iati" else [*COLUMNS, *TRANSLATION_COLUMNS]
    chunks = (
        [[row.get(column, "") for column in columns] for row in map(row_of, whole.add(read, told))]
        for read in found
    )
    return csv_parts(columns, chunks)


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{len(said['files'])} files: {said['records']} records, {said['entries']} entries, "
        f"{said['refused']} refused"
    )
    if said["written"]:
        yield f"written: {said['written']}"


def _twin(entry: Entry, file: str, before: str) -> Problem:
    return Problem(
        marked("the identifier “%(id)s” is already in %(before)s."),
        {"id": entry.id, "before": before},
        file,
        entry.row,
        "id",
        marked("identifiers that occur in one file only."),
    )
