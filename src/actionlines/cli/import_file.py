"""`actionlines import`: entries out of a file of any format, as a table, with a report of what was mended or refused."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from actionlines.cli.output import add_format, answer
from actionlines.cli.whole_file import whole_file
from actionlines.formats.entry_files import ENTRY_FORMATS, read_entry_file
from actionlines.formats.tabular import EntryFile, csv_text
from actionlines.formats.tabular.writing import entry_table
from actionlines.problems import Problem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `import` with a command for each format."""
    group = subparsers.add_parser(
        "import", help="read entries from a file of another kind, and say what was mended"
    )
    commands = group.add_subparsers(title="formats", metavar="FORMAT", required=True)
    for code in ("auto", *ENTRY_FORMATS):
        command = commands.add_parser(
            code,
            help="whatever the file is" if code == "auto" else ", ".join(ENTRY_FORMATS[code].endings),
            description="Ends with 0, with 1 where a record was refused, with 2 where the file cannot be read.",
        )
        command.add_argument("file", type=Path, metavar="FILE", help="the file to read")
        command.add_argument("-o", "--out", type=Path, metavar="FILE", help="csv file of entries to write")
        command.add_argument("--dry-run", action="store_true", help="write nothing, only say what would be")
        add_format(command)
        command.set_defaults(func=_import, form=code)


def _import(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    read = read_entry_file if arguments.form == "auto" else ENTRY_FORMATS[arguments.form].read
    found = read(path, path.name)
    written = arguments.out is not None and not arguments.dry_run
    if written:
        with whole_file(arguments.out) as stream:
            stream.write(csv_text(*entry_table(found.entries)))
    said = {
        "file": found.name,
        "records": found.rows,
        "entries": len(found.entries),
        "refused": found.rows - len(found.entries),
        "written": str(arguments.out) if written else None,
        "problems": [_problem(problem) for problem in found.problems],
    }
    answer(arguments, said, _lines(found, said))
    return 1 if found.errors else 0


def _lines(found: EntryFile, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"{said['file']}: {said['records']} records, {said['entries']} entries, {said['refused']} refused"
    for problem in found.problems:
        sys.stderr.write(f"actionlines: {problem.severity}: {problem}\n")
    if said["written"]:
        yield f"written: {said['written']}"


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "row": problem.row,
        "column": problem.column,
        "message": problem.message,
        "expected": problem.expectation,
    }
