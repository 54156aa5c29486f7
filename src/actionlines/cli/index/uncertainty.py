"""`actionlines index uncertainty`: intervals of scores and ranks under the factors of the specification."""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np

from actionlines.cli.index.drawing import add_drawing, drawing, say_failures
from actionlines.cli.index.inputs import add_inputs, computed
from actionlines.cli.index.tables import check_output, write_table
from actionlines.measurement.uncertainty import Uncertainty, uncertainty
from actionlines.problems import InputError, Problem, marked


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "uncertainty",
        help="intervals of scores and ranks, probabilities, groups that cannot be told apart",
        description="Factors stand under [uncertainty] in the specification. One row for each unit and period: score"
        " and rank as specified, the ends of their intervals, the probability of being among the first, the group of"
        " units it cannot be told apart from, and in how many draws it has no score.",
    )
    add_inputs(command)
    add_drawing(command)
    command.add_argument("--level", type=float, default=0.9, help="of the intervals (default 0.9)")
    command.add_argument("--top", type=int, default=10, metavar="K", help="P(rank ≤ K) (default 10)")
    command.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="csv, parquet, xlsx or json (default: csv)"
    )
    command.add_argument(
        "--ranks", action="store_true", help="ranks even of an index that is published without"
    )
    command.add_argument(
        "--pairs",
        type=Path,
        metavar="OUT",
        help="the probability that one unit is better than another, for every pair",
    )
    command.set_defaults(func=_uncertainty)


def _uncertainty(arguments: argparse.Namespace) -> int:
    check_output(arguments.output)
    check_output(arguments.pairs)
    if not 0 < arguments.level < 1:
        fault = marked("%(level)s is no level.")
        expected = marked("a number between 0 and 1, such as 0.9.")
        raise InputError([Problem(fault, {"level": arguments.level}, "--level", expected=expected)])
    options = drawing(arguments, 1)
    found = uncertainty(computed(arguments)[0], **options)
    ranked = arguments.ranks or found.nominal.specification.ranked
    columns = _columns(found, arguments.level, arguments.top, ranked=ranked)
    if arguments.pairs:
        write_table(arguments.pairs, _pairs(found))
    write_table(arguments.output, columns, about=_about(found, arguments.level))
    sys.stderr.write(f"actionlines: {_said(found)}\n")
    say_failures(found.failures)
    return 0


def _columns(found: Uncertainty, level: float, top: int, *, ranked: bool) -> dict[str, list[Any]]:
    """Units in the order of their codes, each with its periods; those without a nominal score are left out."""
    cells = [
        (row, column)
        for column in range(len(found.units))
        for row in range(len(found.periods))
        if not np.isnan(found.nominal_scores[row, column])
    ]
    ends = (1 - level) / 2, (1 + level) / 2
    scores, order = found.score_quantiles(ends[0], 0.5, ends[1]), found.rank_interval(level)
    arrays = {
        "score": found.nominal_scores,
        "score_low": scores[0],
        "score_median": scores[1],
        "score_high": scores[2],
        "absent": found.absent,
    }
    if ranked:
        arrays |= {
            "rank": found.nominal_ranks,
            "rank_low": order[0],
            "rank_high": order[1],
            f"within_{top}": found.within(top),
            "group": found.groups(),
        }
    columns: dict[str, list[Any]] = {
        "unit": [found.units[column] for _, column in cells],
        "period": [found.periods[row] for row, _ in cells],
    }
    return columns | {name: [array[cell].item() for cell in cells] for name, array in arrays.items()}


def _pairs(found: Uncertainty) -> dict[str, list[Any]]:
    cells = np.argwhere(~np.isnan(found.pairwise)).tolist()
    return {
        "period": [found.periods[row] for row, _, _ in cells],
        "unit": [found.units[one] for _, one, _ in cells],
        "other": [found.units[other] for _, _, other in cells],
        "probability": [float(found.pairwise[row, one, other]) for row, one, other in cells],
    }


def _about(found: Uncertainty, level: float) -> dict[str, Any]:
    """How the figures came to be, for json."""
    convergence = found.convergence()
    return {
        "index": found.nominal.specification.code,
        "element": found.element,
        "data": found.nominal.source.fingerprint,
        "factors": [factor.name for factor in found.factors],
        "exact": found.exact,
        "draws": found.draws,
        "seed": found.seed,
        "level": level,
        "failures": dict(found.failure_counts),
        "convergence": None
        if found.exact
        else {"score": convergence.score, "rank": convergence.rank, "stable": convergence.stable},
    }


def _said(found: Uncertainty) -> str:
    """One sentence on how sure the figures are."""
    if found.exact:
        return (
            f"all {found.draws} combinations of {len(found.factors)} factors, {found.failed} of them failed"
        )
    convergence = found.convergence()
    said = "stable" if convergence.stable else "not yet stable: take more draws"
    return (
        f"{found.draws} draws of {len(found.factors)} factors with seed {found.seed}, {found.failed} of them failed;"
        f" with the second half the ends of intervals moved by up to {convergence.score:.3g} of their width and"
        f" {convergence.rank:.0f} ranks ({said})"
    )
