"""`actionlines index sensitivity`: how much of the uncertainty each factor explains."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from actionlines.cli.index.drawing import add_drawing, drawing, say_failures
from actionlines.cli.index.inputs import add_inputs, computed
from actionlines.cli.index.profile import number, plain
from actionlines.cli.index.tables import check_output, write_table
from actionlines.cli.output import add_format, answer
from actionlines.measurement.uncertainty import Indices, Sensitivity, sensitivity


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "sensitivity",
        help="Sobol' indices: which factor explains how much of the uncertainty",
        description="Says the indices of the mean rank shift; with -o also those of every unit's score and rank. The"
        " index is computed DRAWS × (factors + 2) times, or once for every combination where all factors are"
        " discrete.",
    )
    add_inputs(command)
    add_drawing(command)
    command.add_argument(
        "--resamples", type=int, default=200, help="of the bootstrap intervals (default 200)"
    )
    command.add_argument(
        "--top", type=int, default=0, metavar="K", help="also for membership among the first K"
    )
    command.add_argument("-o", "--output", type=Path, metavar="OUT", help="csv, parquet, xlsx or json")
    add_format(command)
    command.set_defaults(func=_sensitivity)


def _sensitivity(arguments: argparse.Namespace) -> int:
    check_output(arguments.output)
    options = drawing(arguments, 2)
    found = sensitivity(
        computed(arguments)[0], **options, resamples=max(arguments.resamples, 0), best=max(arguments.top, 0)
    )
    rows = list(_rows(found))
    if arguments.output:
        names = list(rows[0])
        write_table(arguments.output, {name: [row[name] for row in rows] for name in names})
    answer(arguments, plain(_summary(found)), _lines(found))
    say_failures(found.failures)
    return 0


def _targets(found: Sensitivity) -> Iterator[tuple[str, Indices]]:
    yield "rank_shift", found.shift
    yield "score", found.score
    yield "rank", found.rank
    if found.top is not None:
        yield f"within_{found.best}", found.top


def _rows(found: Sensitivity) -> Iterator[dict[str, Any]]:
    """One for each target, period, unit and factor; a target that does not vary has none."""
    whole = found.uncertainty
    for target, indices in _targets(found):
        for at in np.ndindex(indices.first.shape):
            if not np.isnan(indices.total[at]):
                place = {"period": whole.periods[at[1]], "unit": whole.units[at[2]]} if len(at) > 1 else {}
                yield {
                    "target": target,
                    "period": "",
                    "unit": "",
                    **place,
                    "factor": whole.factors[at[0]].name,
                    **_numbers(indices, at),
                }


def _numbers(indices: Indices, at: tuple[int, ...]) -> dict[str, float]:
    nothing = float("nan")
    found = {"first": float(indices.first[at]), "total": float(indices.total[at])}
    for name, ends in (("first", indices.first_interval), ("total", indices.total_interval)):
        for end, side in enumerate(("low", "high")):
            found[f"{name}_{side}"] = nothing if ends is None else float(ends[(end, *at)])
    return found | {"shapley": nothing if indices.shapley is None else float(indices.shapley[at])}


def _summary(found: Sensitivity) -> dict[str, Any]:
    whole = found.uncertainty
    return {
        "element": whole.element,
        "exact": whole.exact,
        "rows": int(found.shift.rows),
        "seed": whole.seed,
        "error": found.error,
        "failures": {failure.reason: len(failure.replicates) for failure in found.failures},
        "rank_shift": [
            {"factor": factor.name, **_numbers(found.shift, (place,))}
            for place, factor in enumerate(whole.factors)
        ],
    }


def _lines(found: Sensitivity) -> Iterator[str]:
    whole = found.uncertainty
    how = "all combinations" if whole.exact else f"{int(found.shift.rows)} rows, seed {whole.seed}"
    yield f"mean rank shift of {whole.element}: {how}"
    for place, factor in enumerate(whole.factors):
        one = _numbers(found.shift, (place,))
        said = f"  {factor.name}: first {number(one['first'], '.3f')}, total {number(one['total'], '.3f')}"
        if not np.isnan(one["total_low"]):
            said += f" ({one['total_low']:.3f} to {one['total_high']:.3f})"
        if not np.isnan(one["shapley"]):
            said += f", Shapley {one['shapley']:.3f}"
        yield said
    if found.history:
        yield "total indices by number of rows:"
        for rows, _, total in found.history:
            yield f"  {rows}: {', '.join(number(float(one), '.3f') for one in total)}"
