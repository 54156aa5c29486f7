"""`actionlines report verify`: recompute every figure of a bundle and compare it with what its files show."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from actionlines.cli.output import add_format, answer
from actionlines.reports.verification import Verification, verify


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `report verify`."""
    command = commands.add_parser(
        "verify",
        help="recompute the figures of a bundle and compare them with its files",
        description="Counts every figure anew from the data of the bundle and compares it with figures.json and with "
        "the text of the report in each format.",
        epilog="Exit status: 0 the bundle is what its data give, 1 it is not, 2 it is no bundle.",
    )
    command.add_argument("file", type=Path, metavar="FILE.zip", help="as --bundle has written it")
    add_format(command)
    command.set_defaults(func=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    found = verify(arguments.file)
    value = {
        "intact": found.intact,
        "figures": found.figures,
        "records": found.records,
        "files": list(found.files),
        "made_with": found.made_with,
        "problems": [str(problem) for problem in found.problems],
    }
    answer(arguments, value, _lines(found))
    return 0 if found.intact else 1


def _lines(found: Verification) -> Iterator[str]:
    yield from (str(problem) for problem in found.problems)
    yield f"{found.figures} figures recomputed from {found.records} records; read: {', '.join(found.files)}"
    if found.made_with != found.verified_with:
        yield f"made with {found.made_with}, verified with {found.verified_with}"
    yield "The bundle is what its data give." if found.intact else "THE BUNDLE IS NOT WHAT ITS DATA GIVE."
