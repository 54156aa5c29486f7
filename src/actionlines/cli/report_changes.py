"""`actionlines report changes`: which figures differ between two bundles, and which records came and went."""

import argparse
import dataclasses
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from actionlines.cli.output import add_format, answer
from actionlines.problems import InputError, Problem, marked
from actionlines.reports.bundle import FIGURES
from actionlines.reports.changes import FigureChange, figure_changes


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `report changes`."""
    command = commands.add_parser(
        "changes",
        help="name the figures that differ between two bundles",
        description="Compares the figures of two bundles of the same kind of report.",
        epilog="Exit status: 0 no figure differs, 1 some do, 2 a file is no bundle.",
    )
    command.add_argument("before", type=Path, metavar="BEFORE.zip", help="the earlier bundle")
    command.add_argument("after", type=Path, metavar="AFTER.zip", help="the later bundle")
    add_format(command)
    command.set_defaults(func=_changes)


def _changes(arguments: argparse.Namespace) -> int:
    found = figure_changes(_figures(arguments.before), _figures(arguments.after))
    answer(arguments, [dataclasses.asdict(change) for change in found], _lines(found))
    return 1 if found else 0


def _figures(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as archive:
            return dict(json.loads(archive.read(FIGURES))["figures"])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        problem = Problem(
            marked("the file is no bundle of a report (%(reason)s)."),
            {"reason": str(error)},
            file=str(path),
            expected=marked("a zip that `actionlines report … --bundle` has written."),
        )
        raise InputError([problem]) from None


def _lines(found: Sequence[FigureChange]) -> Iterator[str]:
    for change in found:
        before = "–" if change.before is None else change.before
        after = "–" if change.after is None else change.after
        came = "".join(f" +{name}" for name in change.added) + "".join(f" -{name}" for name in change.removed)
        yield f"{change.figure} ({change.label}): {before} → {after}{came}"
    yield f"{len(found)} figures differ"
