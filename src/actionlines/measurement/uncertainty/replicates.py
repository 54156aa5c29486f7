"""Run a whole design, in chunks whose size depends on the design alone, and put the replicates together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty.design import Design, Sampled
from actionlines.measurement.uncertainty.evaluation import Batch, Evaluation, Failure, Ranks

# `engine.stream` or `engine.run`, with the place of work and the like already given.
Runner = Callable[[Evaluation, list[tuple[int, int]]], Iterable[Batch]]

_MOST_ROWS: Final = 1024

# Numbers a chunk holds at most, of points or of scores.
_MOST_NUMBERS: Final = 1 << 23


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """Scores of a design of N rows with M replicates each.

    Attributes:
        scores: (N, M, P, U); ranks: the same shape.
        failures: reason to replicates, numbered row by row.
    """

    scores: Floats
    ranks: Ranks
    failures: tuple[Failure, ...]


def run_design(
    result: Result, design: Design, rows: int, seed: int, element: str, runner: Runner
) -> Replicates:
    """All replicates of rows 0 … `rows` − 1."""
    evaluation = Evaluation(result.specification, result.source, design.factors, design, seed, element)
    matrices = len(design.matrices) if isinstance(design, Sampled) else 1
    periods, units = result.source.values.shape[:2]
    size = _rows_of_chunk(design, matrices * periods * units)
    chunks = [(start, min(start + size, rows)) for start in range(0, rows, size)]
    scores = np.empty((rows * matrices, periods, units))
    order = np.empty(scores.shape, np.uint16 if units < 1 << 16 else np.uint32)
    failures: dict[str, list[int]] = {}
    for (start, stop), batch in zip(chunks, runner(evaluation, chunks), strict=True):
        scores[start * matrices : stop * matrices] = batch.scores
        order[start * matrices : stop * matrices] = batch.ranks
        for failure in batch.failures:
            numbers = [start * matrices + one for one in failure.replicates]
            failures.setdefault(failure.reason, []).extend(numbers)
    shape = (rows, matrices, periods, units)
    said = tuple(Failure(reason, tuple(sorted(numbers))) for reason, numbers in failures.items())
    return Replicates(scores.reshape(shape), order.reshape(shape), said)


def _rows_of_chunk(design: Design, scores: int) -> int:
    """A power of 2."""
    points = sum(design.widths) * design.sides if isinstance(design, Sampled) else 1
    most = max(1, min(_MOST_ROWS, _MOST_NUMBERS // max(scores, points)))
    return 1 << (most.bit_length() - 1)
