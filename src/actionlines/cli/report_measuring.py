"""`actionlines report measuring`: SDG ICT indicators, an index with its intervals and profiles, of a file of statistics."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from actionlines.cli.report_output import (
    DEFAULT_FORMAT,
    check_output,
    chosen_format,
    day,
    narrative_of,
    write,
)
from actionlines.measurement.observation import Observation
from actionlines.problems import InputError
from actionlines.reports import FORMATS, render
from actionlines.reports import measuring as kind
from actionlines.text import LANGUAGES


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `report measuring`."""
    command = commands.add_parser(
        kind.NAME,
        help=kind.HELP,
        description="Without a file the report is over the demonstration figures (the extra “demo”).",
    )
    command.add_argument(
        "figures",
        nargs="?",
        type=Path,
        metavar="FIGURES",
        help="statistics: SDMX, a table of years, parquet, …",
    )
    command.add_argument(
        "--lang", default="en", choices=LANGUAGES, help="language of the report (default: en)"
    )
    command.add_argument(
        "--format",
        choices=FORMATS,
        help=f"by default what the name of the output says, or else {DEFAULT_FORMAT}",
    )
    command.add_argument(
        "--economy",
        action="append",
        default=[],
        metavar="ISO3",
        help="an economy whose profile is shown, such as SEN; may be given several times",
    )
    command.add_argument(
        "--edition", default="", metavar="NAME", help="edition of an index to compute, such as idi-2017"
    )
    command.add_argument("--to", dest="year_to", type=int, metavar="YEAR", help="last year")
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
    command.set_defaults(func=_report)


def _report(arguments: argparse.Namespace) -> int:
    from actionlines.reports.measured_bundle import MeasuredBundle

    output: Path | None = arguments.output
    form = chosen_format(arguments.format, output)
    if output is not None or arguments.bundle is None:
        check_output(output, form)
    if arguments.bundle is not None:
        check_output(arguments.bundle, "zip")
    today: date = arguments.date or datetime.now(UTC).astimezone().date()
    economies = tuple(code.upper() for code in arguments.economy)
    made = MeasuredBundle(
        arguments.lang,
        today,
        _observations(arguments.figures),
        kind.Measure(economies, arguments.edition, arguments.year_to),
        arguments.figures is None,
        narrative_of(arguments.narrative),
    )
    report = made.report()
    if arguments.bundle is not None:
        write(arguments.bundle, made.archive(report))
    if output is not None or arguments.bundle is None:
        write(output, render(report, form))
    return 0


def _observations(file: Path | None) -> Sequence[Observation]:
    """The figures of the file, all of them or none."""
    if file is None:
        from actionlines.formats.factbook import read_factbook

        return read_factbook()
    from actionlines.formats.data_files import read_data_file

    found = read_data_file(file)
    if found.errors:
        raise InputError(found.errors)
    return found.observations
