"""`actionlines index compare`: how scores and ranks move between two ways of making an index."""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from actionlines.cli.index.inputs import add_data, layout_of
from actionlines.cli.index.profile import number, plain
from actionlines.cli.index.tables import check_output, write_table
from actionlines.cli.output import add_format, answer
from actionlines.measurement.comparison import Comparison, compare_scores, removals
from actionlines.measurement.cube import Cube
from actionlines.measurement.files.data import read_data
from actionlines.measurement.files.editions import specification_named
from actionlines.measurement.files.layout import Layout
from actionlines.measurement.index import Index
from actionlines.measurement.memory import Memory
from actionlines.problems import InputError, Problem, marked


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "compare",
        help="compare two indices, two results, or an index with itself less one element",
        description="A and B are specifications or editions computed on DATA; without DATA they are files of scores"
        " as `compute` writes them. B may also be 'without:CODE' (or several: 'without:CODE,CODE'), or 'each:LEVEL'"
        " for the index without one element of a level at a time (1: indicators).",
    )
    command.add_argument("first", metavar="A")
    command.add_argument("second", metavar="B")
    add_data(command, optional=True)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="scores and ranks of every unit: csv, parquet, xlsx or json",
    )
    add_format(command)
    command.set_defaults(func=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    check_output(arguments.output)
    found = _computed(arguments) if arguments.data else [_read(arguments)]
    if arguments.output:
        write_table(arguments.output, _columns(found))
    answer(arguments, [plain(_summary(one)) for one in found], _lines(found))
    return 0


def _computed(arguments: argparse.Namespace) -> list[Comparison]:
    specification = specification_named(arguments.first)
    cube = read_data(arguments.data, specification, layout_of(arguments, specification.layout)).cube
    kind, _, rest = arguments.second.partition(":")
    known = specification.tree.by_code
    if kind == "each":
        levels = {str(level) for level in specification.tree.levels.values()} - {
            str(max(specification.tree.levels.values()))
        }
        if rest not in levels:
            fault = marked("there is no level “%(level)s” below the index.")
            raise InputError(
                [Problem(fault, {"level": rest}, "B", expected=marked("a level, such as each:1."))]
            )
        return removals(specification, cube, level=int(rest))
    memory = Memory()
    first = Index(specification, memory).compute(cube)
    if kind == "without" and rest:
        codes = rest.split(",")
        unknown = [code for code in codes if code not in known or not known[code].parent]
        if unknown:
            fault = marked("nothing below the index has the code “%(code)s”.")
            raise InputError(Problem(fault, {"code": code}, "B") for code in unknown)
        second = Index(specification.without(*codes), memory).compute(cube)
    else:
        other = specification_named(arguments.second)
        data = read_data(arguments.data, other, layout_of(arguments, other.layout)).cube
        second = Index(other, memory).compute(data)
    name = f"{arguments.first} → {arguments.second}"
    cubes = [_index(result.cube, result.specification.code) for result in (first, second)]
    return [compare_scores(cubes[0], cubes[1], name, specification.code)]


def _index(cube: Cube, code: str) -> Cube:
    return cube.only([code])


def _read(arguments: argparse.Namespace) -> Comparison:
    cubes = [_scores(Path(name)) for name in (arguments.first, arguments.second)]
    return compare_scores(cubes[0], cubes[1], f"{arguments.first} → {arguments.second}", "index")


def _scores(path: Path) -> Cube:
    """The column `index` of a file of scores."""
    cube = read_data(path, layout=Layout(columns={"unit": "unit", "period": "period"})).cube
    if "index" not in cube.column:
        raise InputError([Problem(marked("no column named %(column)s."), {"column": "index"}, path.name, 1)])
    return cube.only(["index"])


def _summary(one: Comparison) -> dict[str, Any]:
    spread = one.distribution()
    return {
        "name": one.name,
        "element": one.element,
        "periods": [
            {
                "period": period,
                "units": int((~np.isnan(one.rank_shifts[row])).sum()),
                "mean_rank_shift": float(one.mean_rank_shift[row]),
                "rank_shift_by_share": {str(share): float(values[row]) for share, values in spread.items()},
                "kendall_tau": float(one.agreement()[row]),
            }
            for row, period in enumerate(one.periods)
        ],
    }


def _lines(found: list[Comparison]) -> Iterator[str]:
    for one in found:
        for period in _summary(one)["periods"]:
            shares = period["rank_shift_by_share"]
            yield (
                f"{one.name} {period['period']}: {period['units']} units, mean rank shift"
                f" {number(period['mean_rank_shift'])}, half within {number(shares['0.5'])}, 9 in 10 within"
                f" {number(shares['0.9'])}, all within {number(shares['1.0'])}, Kendall's tau"
                f" {number(period['kendall_tau'], '.4f')}"
            )


def _columns(found: list[Comparison]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for one in found:
        for row, period in enumerate(one.periods):
            for column, unit in enumerate(one.units):
                if math.isnan(one.rank_shifts[row, column]):
                    continue
                cells = {
                    "comparison": one.name,
                    "unit": unit,
                    "period": period,
                    "first_score": float(one.first_scores[row, column]),
                    "second_score": float(one.second_scores[row, column]),
                    "first_rank": float(one.first_ranks[row, column]),
                    "second_rank": float(one.second_ranks[row, column]),
                    "rank_shift": float(one.rank_shifts[row, column]),
                }
                for name, cell in cells.items():
                    columns.setdefault(name, []).append(cell)
    return columns
