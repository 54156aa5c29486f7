"""`actionlines export sdmx`, `sdmx-structure`, `parquet`, `open-sdg`, `skos`: for the programs of others."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from actionlines.cli.whole_file import whole_binary_file, whole_file
from actionlines.formats import rdf, sdmx, skos
from actionlines.formats.data_files import read_data_file, sdg_records
from actionlines.formats.open_sdg import repository_files
from actionlines.formats.open_sdg_records import indicators_of
from actionlines.formats.parquet import parquet_bytes
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked

Parts = Callable[[Iterable[sdmx.Record], str], Iterator[str]]


def _csv(records: Iterable[sdmx.Record], _sender: str, *, version: str) -> Iterator[str]:
    return sdmx.sdmx_csv(sdmx.sdg_structure(), records, version=version)


def _ml(records: Iterable[sdmx.Record], sender: str, *, form: str) -> Iterator[str]:
    return sdmx.sdmx_ml(sdmx.sdg_structure(), records, _header(sender), form=form)


def _header(sender: str) -> sdmx.Header:
    now = datetime.now(UTC)
    return sdmx.Header(f"AL{now:%Y%m%d%H%M%S}", sender, now)


_SDMX: Final[Mapping[str, Parts]] = {
    **{f"csv-{version}": partial(_csv, version=version) for version in ("1.0", "2.0")},
    **{f"ml-{form}": partial(_ml, form=form) for form in ("2.1", "2.1-generic", "3.0")},
}


def add_data_commands(commands: Any) -> None:
    """Add the commands to the group `export`."""
    command = commands.add_parser("sdmx", help="figures as SDMX of the SDG data structure")
    _add_source(command)
    command.add_argument("--form", choices=_SDMX, default="csv-2.0", help="default csv-2.0")
    command.add_argument("--sender", default="ACTIONLINES", metavar="ID", help="who sends an SDMX-ML message")
    _add_out(command)
    command.set_defaults(func=_export_sdmx)

    command = commands.add_parser("sdmx-structure", help="the SDG data structure as SDMX-ML 2.1")
    command.add_argument("--sender", default="ACTIONLINES", metavar="ID", help="who sends the message")
    _add_out(command)
    command.set_defaults(func=_export_structure)

    command = commands.add_parser("parquet", help="any file of data as a table in Parquet")
    _add_source(command)
    command.add_argument("-o", "--out", type=Path, metavar="FILE", required=True, help="file to write")
    command.set_defaults(func=_export_parquet)

    command = commands.add_parser("open-sdg", help="figures as a data repository of Open SDG")
    _add_source(command)
    command.add_argument(
        "-o", "--out", type=Path, metavar="FOLDER", required=True, help="folder; must not exist"
    )
    command.set_defaults(func=_export_open_sdg)

    command = commands.add_parser("skos", help="a framework or a crosswalk as SKOS")
    command.add_argument("code", metavar="CODE", help="such as sdg, wsis or wsis-sdg")
    command.add_argument(
        "--as", dest="form", choices=("turtle", "json-ld"), default="turtle", help="default turtle"
    )
    command.add_argument(
        "--base", default=skos.BASE, metavar="ADDRESS", help="of nodes that are not of the SDGs"
    )
    _add_out(command)
    command.set_defaults(func=_export_skos)


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="SDMX or a table of statistics")
    command.add_argument("--economy", default="", metavar="CODE", help="of a table that does not say it")
    command.add_argument("--series", default="", metavar="CODE", help="of a table that does not say it")


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="file to write (default: standard output)"
    )


def _records(arguments: argparse.Namespace, problems: list[Problem]) -> Iterator[sdmx.Record]:
    """The records that fit the structure; what does not is told."""
    structure, name = sdmx.sdg_structure(), arguments.file.name
    found = sdg_records(arguments.file, problems, economy=arguments.economy, series=arguments.series)
    for number, record in enumerate(found, 1):
        faults = list(sdmx.faults_of(structure, record, name))
        if not faults:
            yield record
            continue
        template = marked("record %(number)d is left out: %(fault)s")
        problems.append(Problem(template, {"number": number, "fault": faults[0].message}, name))


def _told(problems: Iterable[Problem]) -> int:
    status = 0
    for problem in problems:
        sys.stderr.write(f"actionlines: {problem.severity}: {problem}\n")
        status = max(status, int(problem.severity == "error"))
    return status


def _export_sdmx(arguments: argparse.Namespace) -> int:
    problems: list[Problem] = []
    try:
        with whole_file(arguments.out) as stream:
            stream.writelines(_SDMX[arguments.form](_records(arguments, problems), arguments.sender))
    except ValueError as error:  # a text XML cannot hold, or a sender that is no identifier
        raise InputError(
            [Problem(marked("%(reason)s."), {"reason": str(error)}, arguments.file.name)]
        ) from None
    return _told(problems)


def _export_structure(arguments: argparse.Namespace) -> int:
    with whole_file(arguments.out) as stream:
        stream.write(sdmx.structure_ml(sdmx.sdg_structure(), _header(arguments.sender)))
    return 0


def _export_parquet(arguments: argparse.Namespace) -> int:
    found = read_data_file(arguments.file, economy=arguments.economy, series=arguments.series)
    made = parquet_bytes(found.columns, found.rows())
    with whole_binary_file(arguments.out) as stream:
        stream.write(made)
    return _told(found.problems)


def _export_open_sdg(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.out
    if folder.exists():
        raise InputError([Problem(marked("the folder is there already."), file=str(folder))])
    problems: list[Problem] = []
    files = repository_files(indicators_of(_records(arguments, problems)))
    # Written beside it and renamed: there is a whole folder or none.
    try:
        with TemporaryDirectory(dir=folder.resolve().parent, prefix=f".{folder.name}.") as beside:
            made = Path(beside) / "made"
            for name, text in files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="")
            made.rename(folder)
    except OSError as error:
        template = marked("the folder cannot be written (%(reason)s).")
        raise InputError([Problem(template, {"reason": error.strerror or str(error)}, str(folder))]) from None
    return _told(problems)


def _export_skos(arguments: argparse.Namespace) -> int:
    known = catalogue()
    codes = (*known.frameworks, *known.crosswalks)
    if arguments.code not in codes:
        template = marked("there is no framework or crosswalk %(code)s.")
        expected = marked("one of %(codes)s.")
        raise InputError(
            [Problem(template, {"code": arguments.code, "codes": ", ".join(codes)}, expected=expected)]
        )
    resources = (
        skos.framework_resources(known.frameworks[arguments.code], arguments.base)
        if arguments.code in known.frameworks
        else skos.crosswalk_resources(known.crosswalks[arguments.code], arguments.base)
    )
    with whole_file(arguments.out) as stream:
        stream.writelines(rdf.turtle(resources) if arguments.form == "turtle" else [rdf.json_ld(resources)])
    return 0
