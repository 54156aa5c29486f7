"""The two analyses: how uncertain an index is, and which factor is to blame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from actionlines import engine
from actionlines.measurement.cube import Floats
from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty.checks import check_factors
from actionlines.measurement.uncertainty.decode import probabilities_of
from actionlines.measurement.uncertainty.design import Enumerated, Sampled, saltelli
from actionlines.measurement.uncertainty.enumeration import enumerated
from actionlines.measurement.uncertainty.evaluation import Failure, Ranks
from actionlines.measurement.uncertainty.factor import Choice, Factor, Imputation, WeightSets
from actionlines.measurement.uncertainty.indices import Indices
from actionlines.measurement.uncertainty.reading import read_factors
from actionlines.measurement.uncertainty.replicates import Replicates, Runner, run_design
from actionlines.measurement.uncertainty.sobol import estimated
from actionlines.measurement.uncertainty.uncertain import Uncertainty, shift
from actionlines.problems import InputError, Problem, marked

# So many combinations are enumerated at most.
MOST_COMBINATIONS: Final = 100_000
DRAWS: Final = 1024


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Which factor explains how much.

    Attributes:
        uncertainty: of the same replicates: all combinations, or matrices A and B of the design.
        score, rank: indices of each unit's score and rank, (F, P, U).
        shift: of the mean absolute rank shift from the nominal index, (F,).
        top: of whether a unit is among the first `best`, (F, P, U), when that was asked for.
        best: how many first ones, or 0.
        history: (rows, first, total) of the shift's indices from the first eighth of the rows to all of them;
            empty for exact indices.
        failures: of all replicates of the design, those of the mixed matrices included.
    """

    uncertainty: Uncertainty
    score: Indices
    rank: Indices
    shift: Indices
    top: Indices | None
    best: int
    history: tuple[tuple[int, Floats, Floats], ...]
    failures: tuple[Failure, ...]

    @cached_property
    def error(self) -> float:
        """Largest half-width of the bootstrap intervals of the shift's total indices; 0 for exact indices."""
        ends = self.shift.total_interval
        return 0.0 if ends is None else float(np.nanmax((ends[1] - ends[0]) / 2, initial=0.0))


def uncertainty(
    result: Result,
    factors: Sequence[Factor] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    exact: bool | None = None,
    element: str = "",
    runner: Runner = engine.stream,
) -> Uncertainty:
    """Scores and ranks under draws of the factors.

    Args:
        result: the index as specified, with its data; panels are computed whole.
        factors: what varies (default: what the specification says under [uncertainty]).
        draws: how many Sobol' points; powers of 2 are best.
        seed: says every random number; the same seed gives the same result on any number of workers.
        exact: enumerate all combinations (default: when all factors are discrete and there are at most 100,000).
        element: whose scores (default: the index).
        runner: where it runs, such as `partial(engine.stream, on="pool")`.

    Raises:
        InputError: a factor that cannot be, or none at all.
        ValueError: an enumeration is asked for that is not possible, or fewer draws than 1.
    """
    chosen, element = _factors(result, factors), _element(result, element)
    combinations = _combinations(chosen, exact)
    if combinations is not None:
        return _enumerated(result, combinations, element, runner)
    if draws < 1:
        raise ValueError(f"draws is {draws}, at least 1 is needed")
    design = Sampled(chosen, result.source, result.specification.tree, seed, ((0,) * len(chosen),))
    whole = run_design(result, design, draws, seed, element, runner)
    return Uncertainty(
        result, element, chosen, seed, whole.scores[:, 0], whole.ranks[:, 0], None, whole.failures
    )


def sensitivity(
    result: Result,
    factors: Sequence[Factor] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    exact: bool | None = None,
    element: str = "",
    best: int = 0,
    resamples: int = 200,
    level: float = 0.95,
    runner: Runner = engine.stream,
) -> Sensitivity:
    """Sobol' indices of the factors, with the uncertainty of the same replicates.

    Args:
        result, factors, seed, exact, element, runner: as of `uncertainty`.
        draws: rows of the design; the index is computed draws × (factors + 2) times.
        best: also for membership among the first so many units.
        resamples, level: of the bootstrap intervals.

    Raises:
        InputError, ValueError: as `uncertainty`.
    """
    chosen, element = _factors(result, factors), _element(result, element)
    combinations = _combinations(chosen, exact)
    if combinations is not None:
        whole = _enumerated(result, combinations, element, runner)
        probabilities = [probabilities_of(factor) for factor in combinations.factors]

        def indices(values: Floats) -> Indices:
            return enumerated(values, probabilities)

        return _sensitivity(whole, indices, (whole.scores, whole.ranks), best, (), whole.failures)
    if draws < 2:
        raise ValueError(f"draws is {draws}, at least 2 are needed")
    matrices = saltelli(len(chosen))
    design = Sampled(chosen, result.source, result.specification.tree, seed, matrices)
    ran = run_design(result, design, draws, seed, element, runner)
    whole = _of_both_sides(result, element, chosen, seed, ran)

    def sampled(values: Floats) -> Indices:
        return estimated(values, resamples=resamples, level=level, seed=seed)

    history = _history(shift(ran.ranks, whole.nominal_ranks))
    return _sensitivity(whole, sampled, (ran.scores, ran.ranks), best, history, ran.failures)


def _factors(result: Result, factors: Sequence[Factor] | None) -> tuple[Factor, ...]:
    chosen = tuple(factors) if factors is not None else read_factors(result.specification)
    check_factors(result, chosen)
    return chosen


def _element(result: Result, element: str) -> str:
    tree = result.specification.tree
    if element and element not in tree.by_code:
        fault = marked("no element has the code “%(code)s”.")
        raise InputError([Problem(fault, {"code": element}, result.specification.file)])
    return element or tree.root.code


def _combinations(factors: tuple[Factor, ...], exact: bool | None) -> Enumerated | None:
    """All combinations, where they are wanted and possible."""
    discrete = tuple(factor for factor in factors if isinstance(factor, Choice | Imputation | WeightSets))
    possible = len(discrete) == len(factors)
    whole = Enumerated(discrete)
    if exact and not possible:
        raise ValueError("only discrete factors can be enumerated")
    if exact is False or not possible or (exact is None and whole.size > MOST_COMBINATIONS):
        return None
    return whole


def _enumerated(result: Result, design: Enumerated, element: str, runner: Runner) -> Uncertainty:
    whole = run_design(result, design, design.size, 0, element, runner)
    shares = design.probabilities
    equal = bool(np.ptp(shares) <= 1e-12 * shares.max())
    scores, order = whole.scores[:, 0], whole.ranks[:, 0]
    return Uncertainty(
        result, element, design.factors, None, scores, order, None if equal else shares, whole.failures
    )


def _of_both_sides(
    result: Result, element: str, factors: tuple[Factor, ...], seed: int, ran: Replicates
) -> Uncertainty:
    """The uncertainty in matrices A and B, row by row."""
    width = ran.scores.shape[1]
    failures: list[Failure] = []
    for failure in ran.failures:
        at = [
            (row, matrix) for row, matrix in (divmod(one, width) for one in failure.replicates) if matrix < 2
        ]
        if at:
            failures.append(Failure(failure.reason, tuple(2 * row + matrix for row, matrix in at)))
    scores = ran.scores[:, :2].reshape(-1, *ran.scores.shape[2:])
    order = ran.ranks[:, :2].reshape(-1, *ran.ranks.shape[2:])
    return Uncertainty(result, element, factors, seed, scores, order, None, tuple(failures))


def _sensitivity(
    whole: Uncertainty,
    indices: Callable[[Floats], Indices],
    replicates: tuple[Floats, Ranks],
    best: int,
    history: tuple[tuple[int, Floats, Floats], ...],
    failures: tuple[Failure, ...],
) -> Sensitivity:
    scores, order = replicates
    ranked = np.where(order > 0, order, np.nan)
    top = indices(np.where(order > 0, order <= best, np.nan)) if best else None
    shifts = shift(order, whole.nominal_ranks)
    return Sensitivity(whole, indices(scores), indices(ranked), indices(shifts), top, best, history, failures)


def _history(shifts: Floats) -> tuple[tuple[int, Floats, Floats], ...]:
    """The indices of the shift (N, F + 2) from growing numbers of rows."""
    count = len(shifts)
    found: list[tuple[int, Floats, Floats]] = []
    for rows in sorted({count // 8, count // 4, count // 2, count}):
        if rows > 1:
            part = estimated(shifts[:rows], resamples=0, level=0.95, seed=0)
            found.append((rows, part.first, part.total))
    return tuple(found)
