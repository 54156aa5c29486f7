"""Designs: which combination of the factors' values each replicate takes.

A replicate takes, for every factor, what the point of one row and one side (0 for matrix A, 1 for matrix B) says;
or, when all combinations are enumerated, an alternative of every factor.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Places
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.uncertainty.decode import (
    DEVIATES,
    Cells,
    alternatives,
    multipliers,
    probabilities_of,
    sets_matrix,
    shares,
)
from actionlines.measurement.uncertainty.factor import (
    Dirichlet,
    Discrete,
    Errors,
    Factor,
    Noise,
    Range,
    WeightSets,
)
from actionlines.measurement.uncertainty.points import MOST_DIMENSIONS, Points, streams


@dataclass(frozen=True, slots=True)
class Weighing:
    """What one factor does to weights.

    Attributes:
        codes: of the nodes, K; values: (R, K); relative: whether they multiply the weights, or replace them.
    """

    codes: tuple[str, ...]
    values: Floats
    relative: bool


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """How one factor moves data.

    Attributes:
        cells: which; deviates: (sides, rows, cells); side, row: (R,) which of them a replicate has.
    """

    cells: Cells
    deviates: Floats
    side: Places
    row: Places

    def of(self, replicates: Places) -> Floats:
        """The deviates of some replicates, (d, cells)."""
        return self.deviates[self.side[replicates], self.row[replicates]]


@dataclass(frozen=True, slots=True, eq=False)
class Picks:
    """What R replicates take.

    Attributes:
        settings: (R, F) number of the alternative (choices, imputations) or value (ranges), 0 for other factors.
        weighings: of the factors that change weights; movings: of those that move data; in the factors' order.
    """

    settings: Floats
    weighings: tuple[Weighing, ...] = ()
    movings: tuple[Moving, ...] = ()


@dataclass
class Sampled:
    """Replicates at scrambled Sobol' points.

    Attributes:
        factors: F of them; cube: the data they act on; tree: the nominal hierarchy; seed: says all the points.
        matrices: for each replicate of a row, the side every factor takes: ((0, 0),) is matrix A of two factors.
    """

    factors: tuple[Factor, ...]
    cube: Cube
    tree: Tree
    seed: int
    matrices: tuple[tuple[int, ...], ...]
    _points: Points | None = field(default=None, repr=False)

    @cached_property
    def cells(self) -> dict[int, Cells]:
        """The cells each factor of errors moves, by the factor's place."""
        return {
            place: Cells.of(self.cube, factor)
            for place, factor in enumerate(self.factors)
            if isinstance(factor, Errors)
        }

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many uniform numbers each factor needs."""
        return tuple(
            len(self.cells[place].places) if isinstance(factor, Errors) else _width(factor)
            for place, factor in enumerate(self.factors)
        )

    @cached_property
    def sides(self) -> int:
        """How many matrices of points there are: 1 or 2."""
        return 1 + max((side for matrix in self.matrices for side in matrix), default=0)

    @cached_property
    def streamed(self) -> frozenset[int]:
        """Factors of errors with too many cells for Sobol' points: their numbers are pseudo-random."""
        if sum(self.widths) * self.sides <= MOST_DIMENSIONS:
            return frozenset()
        return frozenset(self.cells)

    def picks(self, start: int, stop: int) -> Picks:
        """What the replicates of rows `start` to `stop` − 1 take: rows first, then matrices, in their order."""
        uniforms = self._uniforms(start, stop)
        row = np.repeat(np.arange(stop - start), len(self.matrices))
        sides = np.tile(np.array(self.matrices, np.intp), (stop - start, 1))
        settings = np.zeros((len(row), len(self.factors)))
        weighings: list[Weighing] = []
        movings: list[Moving] = []
        for place, (factor, both) in enumerate(zip(self.factors, uniforms, strict=True)):
            side = sides[:, place]
            if isinstance(factor, Errors):
                deviates = DEVIATES[factor.distribution](both)
                movings.append(Moving(self.cells[place], deviates, side, row))
                continue
            taken = both[side, row]
            if isinstance(factor, Noise):
                weighings.append(Weighing(factor.codes, multipliers(factor, taken), relative=True))
            elif isinstance(factor, Dirichlet):
                codes = tuple(child for children in factor.families.values() for child in children)
                weighings.append(Weighing(codes, shares(factor, self.tree, taken), relative=False))
            elif isinstance(factor, Range):
                settings[:, place] = factor.low + (factor.high - factor.low) * taken[:, 0]
            elif isinstance(factor, WeightSets):
                weighings.append(_one_set(factor, alternatives(factor, taken)))
            else:
                settings[:, place] = alternatives(factor, taken)
        return Picks(settings, tuple(weighings), tuple(movings))

    def _uniforms(self, start: int, stop: int) -> list[Floats]:
        """Each factor's points, (sides, n, width)."""
        widths = [0 if place in self.streamed else width for place, width in enumerate(self.widths)]
        whole = sum(widths)
        if self._points is None:
            self._points = Points(whole * self.sides, self.seed)
        points = self._points.rows(start, stop).reshape(stop - start, self.sides, whole).swapaxes(0, 1)
        parts = np.split(points, np.cumsum(widths)[:-1], axis=2)
        rows = np.arange(start, stop)
        for place in self.streamed:
            width = self.widths[place]
            each = [streams(self.seed, place, side, rows, width) for side in range(self.sides)]
            parts[place] = np.stack(each)
        return parts


@dataclass
class Enumerated:
    """Every combination of the alternatives of discrete factors, the last factor's changing fastest.

    Attributes:
        factors: all discrete.
    """

    factors: tuple[Discrete, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many alternatives each factor has."""
        return tuple(len(factor.labels) for factor in self.factors)

    @cached_property
    def size(self) -> int:
        """How many combinations there are."""
        return int(np.prod(self.shape))

    @cached_property
    def probabilities(self) -> Floats:
        """Of every combination, (size,)."""
        whole = np.ones(1)
        for factor in self.factors:
            whole = np.multiply.outer(whole, probabilities_of(factor)).ravel()
        return whole

    def picks(self, start: int, stop: int) -> Picks:
        """What the combinations `start` to `stop` − 1 take."""
        numbers = np.unravel_index(np.arange(start, stop), self.shape)
        settings = np.zeros((stop - start, len(self.factors)))
        weighings: list[Weighing] = []
        for place, (factor, number) in enumerate(zip(self.factors, numbers, strict=True)):
            if isinstance(factor, WeightSets):
                weighings.append(_one_set(factor, number))
            else:
                settings[:, place] = number
        return Picks(settings, tuple(weighings))


Design: TypeAlias = Sampled | Enumerated


def _width(factor: Factor) -> int:
    if isinstance(factor, Noise):
        return len(factor.codes)
    if isinstance(factor, Dirichlet):
        return sum(map(len, factor.families.values()))
    return 1


def _one_set(factor: WeightSets, numbers: Places) -> Weighing:
    codes, weights = sets_matrix(factor.sets)
    return Weighing(codes, weights[numbers], relative=False)


def saltelli(count: int) -> tuple[tuple[int, ...], ...]:
    """The matrices A, B, AB₁ … AB_F of a sensitivity analysis: AB_i is A with factor i from B."""
    each = tuple(tuple(int(own == place) for own in range(count)) for place in range(count))
    return ((0,) * count, (1,) * count, *each)
