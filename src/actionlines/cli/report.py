"""`actionlines report`: a report over the entries of a file, or over the demonstration entries."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from actionlines.alignment import Link, align
from actionlines.cli import report_changes, report_measuring, report_verify
from actionlines.cli.places import add_places, place_of
from actionlines.cli.report_output import (
    DEFAULT_FORMAT,
    check_output,
    chosen_format,
    day,
    narrative_of,
    write,
)
from actionlines.engine import Place, stream
from actionlines.formats.demonstration import demonstration_entries
from actionlines.formats.tabular import read_entries
from actionlines.problems import InputError
from actionlines.reports import FORMATS, Filters, render
from actionlines.reports.bundle import Bundle
from actionlines.reports.kinds import KINDS
from actionlines.reports.outline import Kind
from actionlines.reports.paper import read_paper
from actionlines.stocktaking import Entry
from actionlines.text import LANGUAGES

# Entries a worker takes at a time.
_CHUNK: Final = 64


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `report` with a command for each kind of report."""
    group = subparsers.add_parser("report", help="make a report as docx, pdf, html or json")
    commands = group.add_subparsers(title="kinds of report", metavar="KIND", required=True)
    for kind in KINDS.values():
        _add_kind(commands, kind)
    report_measuring.add_parser(commands)
    report_verify.add_parser(commands)
    report_changes.add_parser(commands)


def _add_kind(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", kind: Kind) -> None:
    command = commands.add_parser(
        kind.name,
        help=kind.help,
        description="Without a file the report is over the demonstration entries.",
    )
    command.add_argument(
        "entries", nargs="?", type=Path, metavar="ENTRIES", help="csv, xlsx, ods or xls file of entries"
    )
    command.add_argument(
        "--lang", default="en", choices=LANGUAGES, help="language of the report (default: en)"
    )
    command.add_argument(
        "--format",
        choices=FORMATS,
        help=f"by default what the name of the output says, or else {DEFAULT_FORMAT}",
    )
    command.add_argument("--from", dest="year_from", type=int, metavar="YEAR", help="first year")
    command.add_argument("--to", dest="year_to", type=int, metavar="YEAR", help="last year")
    command.add_argument("--region", default="", metavar="REGION", help="AFR, AMS, ARB, ASP, CIS or EUR")
    command.add_argument(
        "--organisation", default="", metavar="NAME", help="name of an organisation as its entries write it"
    )
    command.add_argument(
        "--line", default="", metavar="LINE", help="entries linked to an action line, such as C2 or C7-HEA"
    )
    command.add_argument(
        "--paper",
        type=Path,
        metavar="FILE.toml",
        help="head and texts of a meeting paper; other kinds have no use for it",
    )
    command.add_argument(
        "--narrative",
        type=Path,
        metavar="FILE.toml",
        help="what people write beside the counted parts: a table for each section, a text for each language",
    )
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="date of the report (default: today)")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="file to write; json and html also go to standard output",
    )
    command.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE.zip",
        help="write the report in every format with its figures, data and checksums",
    )
    add_places(command)
    command.set_defaults(func=_report, kind=kind.name)


def _report(arguments: argparse.Namespace) -> int:
    output: Path | None = arguments.output
    form = chosen_format(arguments.format, output)
    if output is not None or arguments.bundle is None:
        check_output(output, form)
    if arguments.bundle is not None:
        check_output(arguments.bundle, "zip")
    today: date = arguments.date or datetime.now(UTC).astimezone().date()
    filters = Filters(
        arguments.year_from, arguments.year_to, arguments.region, arguments.organisation, arguments.line
    )
    entries = filters.select(_entries(arguments.entries), on=today)
    made = Bundle(
        arguments.kind,
        arguments.lang,
        today,
        entries,
        _links(entries, place_of(arguments)),
        filters=filters,
        demonstration=arguments.entries is None,
        paper=_paper(arguments.paper),
        narrative=narrative_of(arguments.narrative),
    )
    report = made.report()
    if arguments.bundle is not None:
        write(arguments.bundle, made.archive(report))
    if output is not None or arguments.bundle is None:
        write(output, render(report, form))
    return 0


def _entries(file: Path | None) -> Sequence[Entry]:
    """The entries of the file, all of them or none; warnings are said and do not stop the report."""
    if file is None:
        return demonstration_entries()
    found = read_entries(file)
    if found.errors:
        raise InputError(found.errors)
    for warning in found.problems:
        sys.stderr.write(f"actionlines: {warning}\n")
    return found.entries


def _paper(file: Path | None) -> bytes:
    """The texts of the meeting paper, as they stand in the file."""
    if file is None:
        return b""
    read_paper(file, str(file))
    return file.read_bytes()


def _linked(chunk: Sequence[Entry]) -> list[list[Link]]:
    """The links of some entries; runs where the work is done."""
    return [
        align(entry.text, language=entry.language, lines=entry.lines, targets=entry.targets)
        for entry in chunk
    ]


def _links(entries: Sequence[Entry], place: Place) -> dict[str, list[Link]]:
    """Id to links: what every figure counts."""
    chunks = [entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK)]
    linked = stream(_linked, chunks, **place.arguments())
    return {
        entry.id: links
        for chunk, found in zip(chunks, linked, strict=True)
        for entry, links in zip(chunk, found, strict=True)
    }
