"""`actionlines index explain`: every number between the data and a score."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from actionlines.cli.index.inputs import add_inputs, computed
from actionlines.cli.index.profile import number, plain
from actionlines.cli.output import add_format, answer
from actionlines.measurement.explanation import Explanation, Line, explain
from actionlines.measurement.result import Result
from actionlines.problems import InputError, Problem, marked


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser("explain", help="every intermediate number of one score")
    command.add_argument("unit", metavar="UNIT", help="code of a unit, such as CHE")
    add_inputs(command)
    command.add_argument("--period", default="", help="default: the latest")
    command.add_argument(
        "--element", default="", metavar="CODE", help="explain this element instead of the index"
    )
    add_format(command)
    command.set_defaults(func=_explain)


def _explain(arguments: argparse.Namespace) -> int:
    result, _ = computed(arguments)
    if arguments.element and arguments.element not in result.tree.by_code:
        fault = marked("no element has the code “%(code)s”.")
        known = ", ".join(result.tree.by_code)
        values = {"code": arguments.element, "known": known}
        raise InputError([Problem(fault, values, "--element", expected=marked("one of: %(known)s."))])
    found = explain(result, arguments.unit, arguments.period, arguments.element)
    answer(arguments, plain(asdict(found)), _lines(result, found))
    return 0


def _lines(result: Result, found: Explanation) -> Iterator[str]:
    name = result.source.names.get(found.unit, found.unit)
    yield f"{name} ({found.unit}) {found.period}".strip()
    for line in found.lines:
        yield "  " * line.depth + _said(line)
        for one in line.passed:
            done = f" ({', '.join(one.done)})" if one.done else ""
            yield "  " * (line.depth + 1) + f"{one.step}: {number(one.value, '.10g')}{done}"
    yield f"key of data and steps: {found.key}"


def _said(line: Line) -> str:
    said = f"{line.code} = {number(line.score, '.10g')}"
    if line.published != line.score and line.method:
        said += f", published {number(line.published, '.10g')}"
    if line.method:
        said += f": {line.method.replace('_', ' ')} of {line.found} of {line.of}"
    return said + (f"; weight {line.weight:g}, share {number(line.share)}" if line.parent else "")
