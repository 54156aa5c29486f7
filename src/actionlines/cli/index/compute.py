"""`actionlines index compute`: scores of every unit and period."""

import argparse
import sys
from pathlib import Path
from typing import Any

from actionlines.cli.index.inputs import add_inputs, computed
from actionlines.cli.index.tables import check_output, write_table
from actionlines.measurement.result import Result


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "compute",
        help="compute the scores of an index",
        description="One row for each unit and period: unit, period, index, then every element below it, and the rank"
        " where the index is ranked. Units without a score are listed with the reason.",
    )
    add_inputs(command)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="csv, parquet, xlsx or json (default: csv to standard output)",
    )
    command.add_argument(
        "--unrounded", action="store_true", help="all digits, whatever the specification says"
    )
    command.add_argument("--indicators", action="store_true", help="normalised indicators as columns too")
    command.set_defaults(func=_compute)


def _compute(arguments: argparse.Namespace) -> int:
    check_output(arguments.output)
    result, data = computed(arguments)
    missing = result.missing()
    reasons = {(one.unit, one.period): one.reason for one in missing}
    columns = _columns(result, reasons, unrounded=arguments.unrounded, indicators=arguments.indicators)
    write_table(arguments.output, columns, about=_about(result))
    for one in missing:
        sys.stderr.write(
            f"actionlines: {' '.join(filter(None, (one.unit, one.period)))} has no score: {one.reason}\n"
        )
    if data.unused:
        sys.stderr.write(f"actionlines: series not used: {', '.join(data.unused)}\n")
    return 0


def _columns(
    result: Result, reasons: dict[tuple[str, str], str], *, unrounded: bool, indicators: bool
) -> dict[str, list[Any]]:
    """The table, one column for each thing: units in the order of their codes, each with its periods."""
    cube, tree = result.cube, result.tree
    cells = [(row, column) for column in range(len(cube.units)) for row in range(len(cube.periods))]
    codes = [code for code in tree.top_down if code in cube.column]
    codes += [one.code for one in tree.indicators] if indicators else []
    columns: dict[str, list[Any]] = {
        "unit": [cube.units[column] for _, column in cells],
        "period": [cube.periods[row] for row, _ in cells],
    }
    for code in codes:
        scores = result.scores(code) if unrounded else result.published(code)
        name = "index" if code == tree.root.code else code
        columns[name] = [float(scores[cell]) for cell in cells]
    if result.specification.ranked:
        ranks = result.ranks()
        columns["rank"] = [float(ranks[cell]) for cell in cells]
    columns["reason"] = [reasons.get((cube.units[column], cube.periods[row]), "") for row, column in cells]
    taken_out = [unit for unit in result.source.units if unit not in cube.units]
    for unit in taken_out:
        for period in result.source.periods:
            for name, column_ in columns.items():
                known = {"unit": unit, "period": period, "reason": reasons.get((unit, period), "")}
                column_.append(known.get(name, float("nan")))
    return columns


def _about(result: Result) -> dict[str, Any]:
    """Where the scores come from, for json."""
    specification = result.specification
    return {
        "index": specification.code,
        "title": specification.title.get("en"),
        "edition": specification.edition,
        "sources": list(specification.sources),
        "data": result.source.fingerprint,
        "steps": [
            {"name": one.step.name, "kind": one.step.kind.name, "key": one.key} for one in result.stages
        ],
        "decisions": [{"step": step, "says": decision.message} for step, decision in result.decisions()],
    }
