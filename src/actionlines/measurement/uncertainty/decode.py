"""From uniform numbers to what a factor takes: alternatives, values, weights, errors of cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats, Labels, Places
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
        places: of the cells in `flat_values`; values: theirs; errors: their standard error or half-width;
            distribution: as of `Errors`.
    """

    places: Places
    values: Floats
    errors: Floats
    distribution: str

    @classmethod
    def of(cls, cube: Cube, factor: Errors) -> "Cells":
        """The cells a factor moves: those with a value and an error above 0."""
        values = flat_values(cube)
        errors = np.full(values.shape, np.nan)
        if factor.relative or factor.absolute:
            errors = np.abs(values) * factor.relative + factor.absolute
        else:
            given = factor.errors if factor.errors is not None else cube.errors
            if given is not None:
                errors[: cube.values.size] = given.ravel()
        moving = (errors > 0) & ~np.isnan(values)
        if factor.series:
            moving &= np.isin(_series(cube), factor.series)
        places = np.flatnonzero(moving)
        return cls(places, values[places], errors[places], factor.distribution)

    def move(self, values: Floats, deviates: Floats) -> None:
        """Move, in place, rows (d, …) of `flat_values` by deviates (d, cells)."""
        if self.distribution == "lognormal":
            spread = np.sqrt(np.log1p((self.errors / self.values) ** 2))
            way = self.values * np.expm1(spread * deviates - spread**2 / 2)
        else:
            way = self.errors * deviates
        if len(self.places) == values.shape[1]:
            values += way
        else:
            values[:, self.places] += way


def flat_values(cube: Cube) -> Floats:
    """All values of a cube without draws in one row: the indicators', then each variable's."""
    return np.concatenate([cube.values.ravel(), *(series.ravel() for series in cube.variables.values())])


def with_flat_values(cube: Cube, rows: Floats) -> Cube:
    """The cube with draws (d, …) of its `flat_values`, or of its indicators' part of them."""
    size, width = cube.values.size, cube.included.size
    variables = dict(cube.variables)
    if rows.shape[1] > size:
        for number, (code, series) in enumerate(cube.variables.items()):
            start = size + number * width
            variables[code] = rows[:, start : start + width].reshape(-1, *series.shape)
    return replace(cube, values=rows[:, :size].reshape(-1, *cube.values.shape), variables=variables)


def _series(cube: Cube) -> Labels:
    """The code of the series that each of the `flat_values` belongs to."""
    indicators = np.broadcast_to(np.array(cube.indicators), cube.values.shape).ravel()
    variables = [np.full(cube.included.size, code) for code in cube.variables]
    return np.concatenate([indicators, *variables])


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
