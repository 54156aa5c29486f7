"""What the commands of an index read: a specification or an edition, and a file of data."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from actionlines.measurement.files.data import Data, read_data
from actionlines.measurement.files.editions import specification_named
from actionlines.measurement.files.layout import ROLES, Layout
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked


def add_inputs(command: argparse.ArgumentParser) -> None:
    """Add SPEC and DATA, and the options that say where things stand in DATA."""
    command.add_argument(
        "specification", metavar="SPEC", help="specification (TOML file) or name of an edition"
    )
    add_data(command)


def add_data(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Add DATA and the options that say where things stand in it."""
    help_ = "csv, tsv, parquet, xlsx or ods file, long or wide"
    if optional:
        command.add_argument("data", metavar="DATA", nargs="?", type=Path, help=help_)
    else:
        command.add_argument("data", metavar="DATA", type=Path, help=help_)
    roles = ", ".join(ROLES)
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ROLE=COLUMN",
        help=f"which column says what: {roles}",
    )
    command.add_argument(
        "--group", action="append", default=[], metavar="COLUMN", help="a column that groups the units"
    )
    command.add_argument(
        "--where", action="append", default=[], metavar="COLUMN=VALUE", help="read only these rows"
    )
    command.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="a column not to read"
    )


def read_inputs(arguments: argparse.Namespace) -> tuple[Specification, Data]:
    """The specification and its data.

    Raises:
        InputError: faults in either.
    """
    specification = specification_named(arguments.specification)
    return specification, read_data(arguments.data, specification, layout_of(arguments, specification.layout))


def layout_of(arguments: argparse.Namespace, layout: Layout) -> Layout:
    """A layout with what the command line says."""
    columns = pairs("--column", arguments.column)
    unknown = [role for role in columns if role not in ROLES]
    if unknown:
        fault = marked("“%(role)s” is no role of a column.")
        known = ", ".join(ROLES)
        expected = marked("one of: %(known)s.")
        raise InputError(
            Problem(fault, {"role": role, "known": known}, "--column", expected=expected) for role in unknown
        )
    return replace(
        layout,
        columns={**layout.columns, **columns},
        groups=(*layout.groups, *arguments.group),
        where={**layout.where, **pairs("--where", arguments.where)},
        ignore=(*layout.ignore, *arguments.ignore),
    )


def pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE texts as a dictionary.

    Raises:
        InputError: one without '='.
    """
    bad = [text for text in given if "=" not in text]
    if bad:
        fault = marked("“%(text)s” has no “=”.")
        raise InputError(
            Problem(fault, {"text": text}, option, expected=marked("NAME=VALUE.")) for text in bad
        )
    return dict(text.split("=", 1) for text in given)


def computed(arguments: argparse.Namespace) -> tuple[Result, Data]:
    """The index the arguments name, computed.

    Raises:
        InputError: faults in the specification or the data.
    """
    specification, data = read_inputs(arguments)
    return Index(specification).compute(data.cube), data
