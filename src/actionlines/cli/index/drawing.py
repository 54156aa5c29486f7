"""What the commands that draw have in common: how often, where, with a bar that shows how far they are."""

import argparse
import sys
from functools import partial
from typing import Any

from actionlines import engine
from actionlines.measurement.uncertainty import Failure
from actionlines.problems import InputError, Problem, marked

_WIDTH = 30


def add_drawing(command: argparse.ArgumentParser) -> None:
    """Add the options of draws, seed, element and place of work."""
    command.add_argument(
        "--draws", type=int, default=1024, help="Sobol' points, best a power of 2 (default 1024)"
    )
    command.add_argument("--seed", type=int, default=0, help="says every random number (default 0)")
    command.add_argument(
        "--sampled", action="store_true", help="draw even where all combinations could be enumerated"
    )
    command.add_argument("--element", default="", metavar="CODE", help="this element instead of the index")
    command.add_argument(
        "--on", choices=engine.PLACES, default="local", help="where it runs; the numbers are the same"
    )
    command.add_argument(
        "--cluster",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="as --on cluster, at this address (default: ACTIONLINES_CLUSTER)",
    )
    command.add_argument("--workers", type=int, help="processes of --on pool (default: one a core)")


def drawing(arguments: argparse.Namespace, least: int) -> dict[str, Any]:
    """The arguments of an analysis.

    Raises:
        InputError: fewer draws than `least`, or a negative seed.
    """
    problems: list[Problem] = []
    for option, value, low in (("--draws", arguments.draws, least), ("--seed", arguments.seed, 0)):
        if value < low:
            expected = marked("at least %(low)s.")
            problems.append(
                Problem(
                    marked("%(value)s is too small."),
                    {"value": value, "low": low},
                    option,
                    expected=expected,
                )
            )
    if problems:
        raise InputError(problems)
    progress = _bar if sys.stderr.isatty() else None
    on = arguments.on if arguments.cluster is None else "cluster"
    place = engine.Place(on, arguments.workers, arguments.cluster or "")
    runner = partial(engine.stream, **place.arguments(), progress=progress)
    return {
        "draws": arguments.draws,
        "seed": arguments.seed,
        "exact": False if arguments.sampled else None,
        "element": arguments.element,
        "runner": runner,
    }


def _bar(done: int, whole: int) -> None:
    filled = _WIDTH * done // whole
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {100 * done // whole} %")
    if done == whole:
        sys.stderr.write("\r\033[K")


def say_failures(failures: tuple[Failure, ...]) -> None:
    """Say on standard error how many replicates could not be computed, and why."""
    for failure in failures:
        count = len(failure.replicates)
        sys.stderr.write(f"actionlines: {count} replicates could not be computed: {failure.reason}\n")
