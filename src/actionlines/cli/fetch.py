"""`actionlines fetch`: figures of a public source as a csv file with a row for each value."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from actionlines.cli.whole_file import whole_file
from actionlines.connectors import SOURCES, Client, Wanted, download
from actionlines.formats.tabular import csv_text
from actionlines.frameworks import find_area
from actionlines.measurement.series import find_series
from actionlines.problems import InputError, Problem, marked


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `fetch`."""
    command = subparsers.add_parser(
        "fetch",
        help="download figures from a public source",
        description=(
            "Downloads series of a public source into a csv file with a row for each value, as a guest: slowly, and not "
            "twice within a day. Interrupted, it goes on where it was."
        ),
    )
    command.add_argument("source", choices=sorted(SOURCES), help="where from")
    command.add_argument(
        "series",
        nargs="*",
        metavar="SERIES",
        help="codes of the catalogue; without any, those it has are listed",
    )
    command.add_argument(
        "--economy", action="append", default=[], metavar="CODE", help="only this economy; may be repeated"
    )
    command.add_argument(
        "--first", type=int, default=2000, metavar="YEAR", help="from this year (default 2000)"
    )
    command.add_argument(
        "--last", type=int, default=datetime.now(UTC).year, metavar="YEAR", help="until this year"
    )
    command.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="file to write (default: standard output)"
    )
    command.add_argument(
        "--cache",
        type=Path,
        default=Path.home() / ".cache" / "actionlines",
        metavar="FOLDER",
        help="where answers are kept (default ~/.cache/actionlines)",
    )
    command.add_argument("--address", default="", metavar="URL", help="a mirror of the source")
    command.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help="between two requests")
    command.set_defaults(func=_fetch)


def _fetch(arguments: argparse.Namespace) -> int:
    source = SOURCES[arguments.source]
    if not arguments.series:
        for code, name in source.codes().items():
            sys.stdout.write(f"{code}\t{name.code}\t{name.status}\n")
        return 0
    if arguments.address:
        source = replace(source, address=arguments.address)
    wanted = Wanted(
        tuple(_series(code) for code in arguments.series),
        tuple(_economy(code) for code in arguments.economy),
        arguments.first,
        arguments.last,
    )
    parts = urlsplit(source.address)
    try:
        client = Client([f"{parts.scheme}://{parts.netloc}"], arguments.cache, pause=arguments.pause)
    except ValueError as error:
        template = marked("%(why)s.")
        raise InputError([Problem(template, {"why": str(error)}, column="--address")]) from None
    grid, problems = download(source, client, wanted, _told if sys.stderr.isatty() else lambda *_: None)
    with whole_file(arguments.out) as stream:
        stream.write(csv_text(grid.rows[0], grid.rows[1:]))
    for problem in problems:
        sys.stderr.write(f"actionlines: {problem}\n")
    return 1 if problems else 0


def _told(phase: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{phase} {done}/{total} ")


def _series(code: str) -> str:
    found = find_series(code)
    if found is None:
        raise InputError([Problem(marked("“%(said)s” is not a series of the catalogue."), {"said": code})])
    return found.code


def _economy(code: str) -> str:
    found = find_area(code)
    if found is None:
        raise InputError([Problem(marked("“%(said)s” is not an economy."), {"said": code})])
    return found.iso3
