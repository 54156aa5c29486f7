"""`actionlines compare`: two files of the same figures, such as an office's table and its own SDMX."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actionlines.cli.output import add_format, answer
from actionlines.formats import sdmx
from actionlines.formats.data_files import sdg_records
from actionlines.formats.sdmx.comparison import DIGITS, Comparison, compare_records
from actionlines.problems import Problem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `compare`."""
    command = subparsers.add_parser(
        "compare",
        help="say which figures of two files differ, and by how much",
        description=(
            "Compares the figures of two files by the dimensions of the SDG data structure. Each file is SDMX (ML or "
            "CSV) or a table of statistics; the differences are those of the second from the first."
        ),
        epilog="Exit status: 0 the same, 1 differences, 2 bad input.",
    )
    command.add_argument("left", type=Path, metavar="FILE", help="the first file")
    command.add_argument("right", type=Path, metavar="OTHER", help="the second file")
    command.add_argument("--economy", default="", metavar="CODE", help="of tables that do not say it")
    command.add_argument("--series", default="", metavar="CODE", help="of tables that do not say it")
    command.add_argument(
        "--digits",
        type=int,
        choices=range(13),
        default=DIGITS,
        metavar="N",
        help=f"decimal places (default {DIGITS})",
    )
    add_format(command)
    command.set_defaults(func=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    problems: list[Problem] = []
    sides = [
        sdg_records(path, problems, economy=arguments.economy, series=arguments.series)
        for path in (arguments.left, arguments.right)
    ]
    found = compare_records(sdmx.sdg_structure(), *sides, digits=arguments.digits)
    said = {
        "left": arguments.left.name,
        "right": arguments.right.name,
        "equal": found.equal,
        "different": [
            {**one.key, "left": one.left, "right": one.right, "by": None if one.by is None else str(one.by)}
            for one in found.different
        ],
        "only_left": list(found.only_left),
        "only_right": list(found.only_right),
        "twice": list(found.twice),
        "problems": [str(problem) for problem in problems],
    }
    answer(arguments, said, _lines(found, said))
    return 0 if found.same and not problems else 1


def _lines(found: Comparison, said: dict[str, Any]) -> Iterator[str]:
    yield from said["problems"]
    # What all differences have in common need not be said of each.
    varying = [
        name
        for name in (found.different[0].key if found.different else ())
        if len({one.key[name] for one in found.different}) > 1
    ]
    for one in found.different:
        place = " ".join(f"{name}={one.key[name]}" for name in varying)
        by = "no number" if one.by is None else f"{one.by:+f}"
        yield f"{place}: {one.left} → {one.right} ({by})"
    for side in ("only_left", "only_right"):
        for key in said[side]:
            yield f"only in {said[side.removeprefix('only_')]}: " + ".".join(key.values())
    for key in said["twice"]:
        yield "stands there twice: " + ".".join(key.values())
    yield (
        f"{found.equal} equal, {len(found.different)} differ, {len(found.only_left)} only in {said['left']}, "
        f"{len(found.only_right)} only in {said['right']}"
    )
