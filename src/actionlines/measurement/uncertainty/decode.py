"""From uniform numbers to what a factor takes: alternatives, values, weights, errors of cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Places
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.uncertainty.factor import Dirichlet, Discrete, Errors, Noise


def probabilities_of(factor: Discrete) -> Floats:
    """The probabilities of a discrete factor's alternatives, summing to 1."""
    count = len(factor.labels)
    given = np.array(factor.probabilities, np.float64) if factor.probabilities else np.full(count, 1 / count)
    return np.asarray(given / given.sum())


def alternatives(factor: Discrete, points: Floats) -> Places:
    """Points (n, 1) to the numbers (n,) of alternatives."""
    edges = np.cumsum(probabilities_of(factor))[:-1]
    return np.searchsorted(edges, points[:, 0], side="right")


def multipliers(factor: Noise, points: Floats) -> Floats:
    """Points (n, K) to what each weight is multiplied by."""
    return 1 + factor.share * (2 * points - 1)


def shares(factor: Dirichlet, tree: Tree, points: Floats) -> Floats:
    """Points (n, K) to weights, the children of every parent summing to 1; K in the order of the families."""
    from scipy.special import gammaincinv

    weights = np.empty(points.shape)
    done = 0
    for children in factor.families.values():
        part = slice(done, done + len(children))
        if factor.concentration is None:
            drawn = -np.log(points[:, part])
        else:
            given = np.array([tree.by_code[child].weight for child in children])
            drawn = gammaincinv(factor.concentration * given / given.sum(), points[:, part])
        weights[:, part] = drawn / drawn.sum(axis=1, keepdims=True)
        done += len(children)
    return weights


@dataclass(frozen=True, eq=False)
class Cells:
    """Which cells of a cube move, and how far.

    Attributes:
        places: of the cells in the cube's values laid out flat; values: theirs; errors: their standard error or
            half-width; distribution: as of `Errors`.
    """

    places: Places
    values: Floats
    errors: Floats
    distribution: str

    @classmethod
    def of(cls, cube: Cube, factor: Errors) -> "Cells":
        """The cells a factor moves: those with a value and an error above 0."""
        errors = factor.errors if factor.errors is not None else cube.errors
        if factor.relative:
            errors = np.abs(cube.values) * factor.relative
        if errors is None:
            errors = np.full(cube.values.shape, np.nan)
        moving = (errors > 0) & ~np.isnan(cube.values)
        if factor.indicators:
            moving &= np.isin(cube.indicators, factor.indicators)
        places = np.flatnonzero(moving)
        return cls(places, cube.values.ravel()[places], errors.ravel()[places], factor.distribution)

    def move(self, values: Floats, deviates: Floats) -> None:
        """Move, in place, values laid out flat (d, P·U·I) by deviates (d, cells)."""
        if self.distribution == "lognormal":
            spread = np.sqrt(np.log1p((self.errors / self.values) ** 2))
            way = self.values * np.expm1(spread * deviates - spread**2 / 2)
        else:
            way = self.errors * deviates
        if len(self.places) == values.shape[1]:
            values += way
        else:
            values[:, self.places] += way


def _normal(points: Floats) -> Floats:
    from scipy.special import ndtri

    return np.asarray(ndtri(points))


DEVIATES: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "normal": _normal,
    "lognormal": _normal,
    "uniform": lambda points: 2 * points - 1,
}


def sets_matrix(sets: Sequence[Mapping[str, float]]) -> tuple[tuple[str, ...], Floats]:
    """The codes of complete sets of weights, and the weights (sets, codes)."""
    codes = tuple(sets[0])
    return codes, np.array([[one[code] for code in codes] for one in sets])
