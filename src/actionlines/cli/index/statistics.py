"""`actionlines index statistics`: the data of an index, and whether they fit its hierarchy."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from actionlines.cli.index.inputs import add_inputs, read_inputs
from actionlines.cli.index.profile import number, plain
from actionlines.cli.index.tables import check_output, write_table
from actionlines.cli.output import add_format, answer
from actionlines.measurement.arrangement import series_of
from actionlines.measurement.cube import Cube
from actionlines.measurement.index import Index
from actionlines.measurement.result import Result
from actionlines.measurement.specification import Specification
from actionlines.measurement.statistics import (
    Summary,
    adequacy,
    components,
    correlations,
    cronbach,
    remarks,
    summaries,
    table_of,
)
from actionlines.problems import InputError, Problem, marked


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "statistics",
        help="summaries of the indicators, reliability of the elements, correlations that speak against them",
        description="Summaries are of the data as read; reliability, adequacy and correlations are of the indicators"
        " as they go into the aggregation. Where the index cannot be computed the summaries are printed all the"
        " same, and the status is 1.",
    )
    add_inputs(command)
    command.add_argument("--period", default="", help="one period (default: all together)")
    command.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="summaries as csv, parquet, xlsx or json"
    )
    add_format(command)
    command.set_defaults(func=_statistics)


def _statistics(arguments: argparse.Namespace) -> int:
    check_output(arguments.output)
    specification, data = read_inputs(arguments)
    period: str = arguments.period
    if period and period not in data.cube.periods:
        fault, expected = marked("the data have no period “%(period)s”."), marked("one of: %(known)s.")
        values = {"period": period, "known": ", ".join(data.cube.periods)}
        raise InputError([Problem(fault, values, arguments.data.name, expected=expected)])
    found = summaries(_as_read(data.cube, specification), period)
    elements, against, status = _multivariate(specification, data.cube, period)
    if arguments.output:
        write_table(arguments.output, _columns(found))
    value = {"indicators": [asdict(one) for one in found], "elements": elements, "remarks": against}
    answer(arguments, plain(value), _lines(found, elements, against))
    return status


def _as_read(cube: Cube, specification: Specification) -> Cube:
    """The series that were read, variables too; not those the specification derives."""
    codes = series_of(specification)
    values = np.stack([cube.series(code) for code in codes], axis=-1)
    return Cube.of(values, cube.units, codes, cube.periods)


def _multivariate(
    specification: Specification, cube: Cube, period: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Measures of every element, remarks on the correlations, and the status."""
    try:
        result = Index(specification).compute(cube)
    except InputError as error:
        sys.stderr.writelines(f"actionlines: {problem}\n" for problem in error.problems)
        return [], [], 1
    tree = result.tree
    leaves = tuple(one.code for one in tree.indicators)
    table, here = table_of(result.cube.only(leaves), period)
    matrix = correlations(table[here], leaves)
    elements = [_element(result, code, period) for code in tree.top_down if len(tree.children[code]) > 1]
    return elements, [asdict(one) for one in remarks(matrix, tree)], 0


def _element(result: Result, code: str, period: str) -> dict[str, Any]:
    """Reliability, adequacy and first component of an element's children."""
    children = tuple(child for child in result.tree.children[code] if child in result.cube.column)
    table, here = table_of(result.cube.only(children), period)
    rows = table[here]
    alpha, fit = cronbach(rows, children), adequacy(rows, children)
    try:
        share = float(components(rows, children).explained[0])
    except ValueError:
        share = float("nan")
    return {
        "element": code,
        "children": list(children),
        "alpha": alpha.alpha,
        "alpha_interval": list(alpha.interval),
        "alpha_without": alpha.without,
        "kmo": fit.kmo,
        "bartlett_p": fit.p_value,
        "first_component": share,
        "complete_units": alpha.units,
    }


def _columns(found: list[Summary]) -> dict[str, list[Any]]:
    rows = [asdict(one) for one in found]
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in rows[0]}
    columns["flags"] = [" ".join(one.flags) for one in found]
    return columns


def _lines(
    found: list[Summary], elements: list[dict[str, Any]], against: list[dict[str, Any]]
) -> Iterator[str]:
    for one in found:
        flags = f"; flagged: {', '.join(one.flags)}" if one.flags else ""
        yield (
            f"{one.code}: {one.available} of {one.count}, {number(one.minimum)} to {number(one.maximum)},"
            f" mean {number(one.mean)}, median {number(one.median)}, sd {number(one.deviation)},"
            f" skewness {number(one.skewness, '.3f')}, kurtosis {number(one.kurtosis, '.3f')}{flags}"
        )
    for element in elements:
        low, high = element["alpha_interval"]
        better = [
            code
            for code, without in element["alpha_without"].items()
            if len(element["children"]) > 2 and np.isfinite(without) and without > element["alpha"]
        ]
        more = f"; higher without {', '.join(better)}" if better else ""
        yield (
            f"{element['element']}: alpha {number(element['alpha'], '.3f')}"
            f" ({number(low, '.3f')} to {number(high, '.3f')}), KMO {number(element['kmo'], '.3f')},"
            f" first component {number(element['first_component'] * 100, '.1f')} %{more}"
        )
    yield from map(_said, against)


def _said(remark: dict[str, Any]) -> str:
    first, second = remark["first"], remark["second"]
    pair = {
        "redundant": f"{first} and {second} say nearly the same",
        "against": f"{first} and {second} run against each other",
        "elsewhere": f"{first} goes better with {second}",
    }
    return f"{remark['family']}: {pair[remark['kind']]} (correlation {number(remark['correlation'], '.3f')})"
