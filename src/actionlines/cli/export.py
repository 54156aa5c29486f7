"""`actionlines export`: a file of entries as another format; figures and frameworks are in `export_data`."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from actionlines.cli.export_data import add_data_commands
from actionlines.cli.whole_file import whole_file
from actionlines.formats.entry_files import read_entry_file
from actionlines.formats.iati import Publisher, activities_from_entries, activities_xml
from actionlines.problems import InputError
from actionlines.stocktaking import Entry

Parts = Callable[[Sequence[Entry], argparse.Namespace], Iterator[str]]


def _iati(entries: Sequence[Entry], arguments: argparse.Namespace) -> Iterator[str]:
    now = datetime.now(UTC)
    publisher = Publisher(arguments.publisher, arguments.publisher_name, arguments.publisher_type)
    return activities_xml(activities_from_entries(entries, publisher, today=now.date()), now)


_FORMATS: Final[Mapping[str, tuple[str, Parts]]] = {"iati": ("IATI activities, version 2.03", _iati)}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `export` with a command for each format."""
    group = subparsers.add_parser(
        "export", help="write entries, figures or frameworks as a file of another kind"
    )
    commands = group.add_subparsers(title="formats", metavar="FORMAT", required=True)
    for code, (title, parts) in _FORMATS.items():
        command = commands.add_parser(code, help=title)
        command.add_argument("entries", type=Path, metavar="ENTRIES", help="file of entries")
        command.add_argument(
            "-o", "--out", type=Path, metavar="FILE", help="file to write (default: standard output)"
        )
        command.add_argument(
            "--publisher",
            default="XI-ACTIONLINES",
            metavar="REF",
            help="IATI identifier of the organisation that publishes",
        )
        command.add_argument(
            "--publisher-name", default="actionlines register", metavar="NAME", help="its name"
        )
        command.add_argument(
            "--publisher-type",
            default="40",
            metavar="CODE",
            help="OrganisationType of IATI (default 40, multilateral)",
        )
        command.set_defaults(func=_export, parts=parts)
    add_data_commands(commands)


def _export(arguments: argparse.Namespace) -> int:
    found = read_entry_file(arguments.entries, arguments.entries.name)
    if found.errors:
        raise InputError(found.errors)
    parts: Parts = arguments.parts
    with whole_file(arguments.out) as stream:
        stream.writelines(parts(found.entries, arguments))
    return 0
