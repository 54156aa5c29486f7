"""`actionlines import`: entries or data out of a file of any format, as a table, with a report of what was mended."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from actionlines.cli.import_many import import_many
from actionlines.cli.output import add_format, answer
from actionlines.cli.places import add_places
from actionlines.cli.whole_file import whole_file
from actionlines.formats.data_files import KINDS, DataFile, data_kind, read_data_file
from actionlines.formats.entry_files import ENTRY_FORMATS, read_entry_file
from actionlines.formats.tabular import EntryFile, csv_parts, csv_text
from actionlines.formats.tabular.writing import entry_table
from actionlines.problems import Problem

_DATA_HELPS: Final[Mapping[str, str]] = {
    "sdmx-ml": "data: SDMX-ML 2.1 or 3.0",
    "sdmx-csv": "data: SDMX-CSV 1.0 or 2.x",
    "hxl": "data: a table with HXL hashtags",
    "open-sdg": "data: csv of an indicator of Open SDG",
    "parquet": "data: a table in Parquet",
    "open-sdg-words": "data: YAML of metadata, configuration or translations of Open SDG",
    "statistics": "data: a table of an office or agency, csv or xlsx",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `import` with a command for each format."""
    group = subparsers.add_parser(
        "import", help="read entries or data from a file of another kind, and say what was mended"
    )
    commands = group.add_subparsers(title="formats", metavar="FORMAT", required=True)
    helps = {
        "auto": "whatever the file is: its contents say",
        **{code: f"entries: {', '.join(one.endings)}" for code, one in ENTRY_FORMATS.items()},
        **_DATA_HELPS,
    }
    for code, words in helps.items():
        command = commands.add_parser(
            code,
            help=words,
            description="Ends with 0, with 1 where a record was refused, with 2 where the file cannot be read.",
        )
        if code in _DATA_HELPS:
            command.add_argument("file", type=Path, metavar="FILE", help="the file to read")
            command.set_defaults(more=[])
        else:
            command.add_argument("file", type=Path, metavar="FILE", help="the file to read, or a folder")
            command.add_argument("more", type=Path, nargs="*", metavar="FILE", help="more files of entries")
            add_places(command)
        command.add_argument("-o", "--out", type=Path, metavar="FILE", help="csv file to write")
        command.add_argument("--dry-run", action="store_true", help="write nothing, only say what would be")
        if code in {"auto", "statistics"}:
            command.add_argument(
                "--economy", default="", metavar="CODE", help="of a table that does not say it"
            )
            command.add_argument(
                "--series", default="", metavar="CODE", help="of a table that does not say it"
            )
        add_format(command)
        command.set_defaults(func=_import, form=code, economy="", series="")


def _import(arguments: argparse.Namespace) -> int:
    form: str = arguments.form
    if arguments.more or arguments.file.is_dir():
        return import_many(arguments, _files([arguments.file, *arguments.more]), _problem)
    kind = data_kind(arguments.file) if form == "auto" else form
    return _import_data(arguments, kind) if kind in KINDS else _import_entries(arguments)


def _files(given: Iterable[Path]) -> list[Path]:
    """The files; of a folder all below it that are not hidden, by path."""
    found: list[Path] = []
    for path in given:
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        found += inside if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _import_data(arguments: argparse.Namespace, kind: str) -> int:
    found = read_data_file(arguments.file, kind, economy=arguments.economy, series=arguments.series)
    if arguments.out is not None and not arguments.dry_run:
        with whole_file(arguments.out) as stream:
            stream.writelines(csv_parts(found.columns, ([row] for row in found.rows())))
    said = {
        "file": found.name,
        "format": found.kind,
        "records": found.records,
        **_written(arguments),
        "counts": dict(found.counts),
        "problems": [_problem(problem) for problem in found.problems],
    }
    answer(arguments, said, _data_lines(found, said))
    return 1 if found.errors else 0


def _data_lines(found: DataFile, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"{said['file']}: {found.kind}, {found.records} records"
    for name, count in found.counts.items():
        # Labels, a table of tables, are for software: --format json has them.
        if count not in ("", []) and not isinstance(count, dict):
            yield f"{name}: {count}"
    yield from _said(found.problems, said)


def _import_entries(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    read = read_entry_file if arguments.form == "auto" else ENTRY_FORMATS[arguments.form].read
    found = read(path, path.name)
    if arguments.out is not None and not arguments.dry_run:
        with whole_file(arguments.out) as stream:
            stream.write(csv_text(*entry_table(found.entries)))
    said = {
        "file": found.name,
        "records": found.rows,
        "entries": len(found.entries),
        "refused": found.rows - len(found.entries),
        **_written(arguments),
        "problems": [_problem(problem) for problem in found.problems],
    }
    answer(arguments, said, _lines(found, said))
    return 1 if found.errors else 0


def _written(arguments: argparse.Namespace) -> dict[str, str | None]:
    written = arguments.out is not None and not arguments.dry_run
    return {"written": str(arguments.out) if written else None}


def _lines(found: EntryFile, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"{said['file']}: {said['records']} records, {said['entries']} entries, {said['refused']} refused"
    yield from _said(found.problems, said)


def _said(problems: Iterable[Problem], said: Mapping[str, Any]) -> Iterator[str]:
    for problem in problems:
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
