"""Comparisons: how ranks and scores move when an index is made otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Mask
from actionlines.measurement.index import Index
from actionlines.measurement.memory import Memory
from actionlines.measurement.ranking import ranks
from actionlines.measurement.result import Result
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two results over the units and periods that both have.

    Attributes:
        name: what is compared, such as 'without LPI'; element: whose scores.
        periods, units: of both; first_scores, second_scores, first_ranks, second_ranks: (P, U), NaN without score.
            Ranks are among the units that have a score in both results.
    """

    name: str
    element: str
    periods: tuple[str, ...]
    units: tuple[str, ...]
    first_scores: Floats
    second_scores: Floats
    first_ranks: Floats
    second_ranks: Floats

    @property
    def rank_shifts(self) -> Floats:
        """Places gained in the second, (P, U): positive is better."""
        return self.first_ranks - self.second_ranks

    @property
    def score_changes(self) -> Floats:
        """Second less first score, (P, U)."""
        return self.second_scores - self.first_scores

    @property
    def mean_rank_shift(self) -> Floats:
        """Mean absolute rank shift of each period, (P,); NaN for a period without a unit in both."""
        return _over(np.abs(self.rank_shifts), np.mean)

    def distribution(self, shares: Sequence[float] = (0.5, 0.9, 0.95, 1.0)) -> dict[float, Floats]:
        """Absolute rank shift that this share of the units does not pass, by share, each (P,)."""
        shifts = np.abs(self.rank_shifts)
        return {
            share: _over(shifts, lambda row, share=share: np.quantile(row, share, method="inverted_cdf"))
            for share in shares
        }

    def agreement(self) -> Floats:
        """Kendall's τ-b of the ranks of each period, (P,)."""
        return np.array(
            [_tau(one, two) for one, two in zip(self.first_ranks, self.second_ranks, strict=True)]
        )


def _over(table: Floats, measure: Any) -> Floats:
    rows = [row[~np.isnan(row)] for row in table]
    return np.array([float(measure(row)) if len(row) else np.nan for row in rows])


def _tau(one: Floats, two: Floats) -> float:
    both = ~np.isnan(one) & ~np.isnan(two)
    first, second = one[both], two[both]
    a = np.sign(first[:, None] - first[None, :])
    b = np.sign(second[:, None] - second[None, :])
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / scale) if scale else float("nan")


def compare(first: Result, second: Result, name: str = "", code: str = "") -> Comparison:
    """Compare two results over the units and periods both have a score for.

    Args:
        name: how the comparison is called; code: an element, '' for each result's own index.

    Raises:
        InputError: the two have no unit or no period in common.
    """
    cubes = [result.cube.only([code or result.specification.code]) for result in (first, second)]
    return compare_scores(cubes[0], cubes[1], name, code or first.specification.code)


def compare_scores(first: Cube, second: Cube, name: str, element: str) -> Comparison:
    """Compare two cubes of one column of scores each, as `compare` does results.

    Raises:
        InputError: the two have no unit or no period in common.
    """
    units = tuple(unit for unit in first.units if unit in second.units)
    periods = tuple(period for period in first.periods if period in second.periods)
    if not units or not periods:
        raise InputError([Problem(marked("the two results have no unit and period in common."))])
    one, two = (_chosen(cube, cube.values[..., 0], periods, units) for cube in (first, second))
    both = ~np.isnan(one) & ~np.isnan(two)
    first_ranks, second_ranks = (_ranks(scores, both) for scores in (one, two))
    return Comparison(name, element, periods, units, one, two, first_ranks, second_ranks)


def _chosen(cube: Cube, scores: Floats, periods: tuple[str, ...], units: tuple[str, ...]) -> Floats:
    rows = [cube.periods.index(period) for period in periods]
    return scores[np.ix_(rows, [cube.units.index(unit) for unit in units])]


def _ranks(scores: Floats, both: Mask) -> Floats:
    return ranks(np.where(both, scores, np.nan), descending=True)


def removals(
    specification: Specification,
    cube: Cube,
    codes: Iterable[str] = (),
    level: int = 1,
    memory: Memory | None = None,
) -> list[Comparison]:
    """The index without one element at a time, compared with the whole.

    Args:
        codes: elements or indicators; none for every one of `level` (1 is the indicators).
        memory: results already known; what the indices share is computed once.

    Returns:
        One comparison for each, in the order of the specification.
    """
    memory = memory if memory is not None else Memory()
    whole = Index(specification, memory).compute(cube)
    tree = specification.tree
    chosen = list(codes) or [node.code for node in tree.nodes if tree.levels[node.code] == level]
    found: list[Comparison] = []
    for code in chosen:
        smaller = Index(specification.without(code), memory).compute(cube)
        found.append(compare(whole, smaller, code))
    return found


def alternatives(
    specification: Specification,
    cube: Cube,
    changes: Iterable[tuple[str, Any]],
    memory: Memory | None = None,
) -> list[Comparison]:
    """The index with one setting changed at a time, compared with the index as specified.

    Args:
        changes: address and value, as `Specification.changed` takes them.
    """
    memory = memory if memory is not None else Memory()
    nominal = Index(specification, memory).compute(cube)
    return [
        compare(
            nominal,
            Index(specification.changed((address, value)), memory).compute(cube),
            f"{address} = {value}",
        )
        for address, value in changes
    ]
