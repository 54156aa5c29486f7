"""Contributions: what each indicator gives to a score, and to its change between two periods.

Both are path integrals (Aumann and Shapley): the score is followed along the straight line from all zeros, or from
the earlier values, to the values, and every small step is credited to the indicators that move it. Parts sum to the
whole. For an arithmetic mean a part is weight × score, for any mean of power p it is x·∂F/∂x (Euler's theorem).
"""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.steps.aggregate import AGGREGATE, Aggregate, Group
from actionlines.measurement.steps.aggregate.gradients import DIFFERENTIABLE, gradient
from actionlines.problems import InputError, Problem, marked

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)


@dataclass(frozen=True, eq=False)
class Scoring:
    """How scores are made from normalised indicators, settled.

    Attributes:
        indicators: I codes; groups: every element, lower levels first; weights: of every child, by code.
    """

    indicators: tuple[str, ...]
    groups: tuple[Group, ...]
    weights: dict[str, float]

    def scores(self, values: Floats, element: str) -> Floats:
        """Scores (N,) of an element for rows (N, I) of normalised values."""
        names = tuple(map(str, range(len(values))))
        cube = Cube.of(values, names, self.indicators).with_weights(self.weights)
        scored: Floats = AGGREGATE.run(cube, Aggregate(self.groups)).cube.series(element)[0]
        return scored

    def gradients(self, values: Floats, element: str) -> Floats:
        """∂ element / ∂ indicator for rows (N, I) of normalised values, (N, I).

        Raises:
            InputError: an element is made by a method without derivative.
        """
        names = tuple(map(str, range(len(values))))
        cube = Cube.of(values, names, self.indicators).with_weights(self.weights)
        scored = AGGREGATE.run(cube, Aggregate(self.groups)).cube
        slopes = {element: np.ones(len(values))}
        for group in reversed(self.groups):
            if group.element not in slopes or group.element not in scored.column:
                continue
            if group.method not in DIFFERENTIABLE:
                fault = marked(
                    "scores of “%(element)s” cannot be decomposed: %(method)s compares units in pairs."
                )
                raise InputError([Problem(fault, {"element": group.element, "method": group.method})])
            children = [code for code in group.children if code in scored.column]
            part = scored.values[0][:, scored.columns(children)]
            own = gradient(group, part, np.array([self.weights[code] for code in children]))
            for place, code in enumerate(children):
                slopes[code] = own[:, place] * slopes[group.element]
        none = np.zeros(len(values))
        return np.stack([slopes.get(code, none) for code in self.indicators], axis=-1)

    def moved(self, before: Floats, after: Floats, element: str) -> Floats:
        """What each indicator adds to the element on the straight way from `before` to `after`, rows (N, I) each.

        Missing in the one or the other, an indicator adds nothing.
        """
        difference = after - before
        total = np.zeros(after.shape)
        for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
            total += weight * self.gradients(before + node * difference, element)
        return np.where(np.isnan(difference), 0.0, total * np.nan_to_num(difference))


@dataclass(frozen=True, eq=False)
class Change:
    """Why a score changed between two periods.

    Attributes:
        element: whose score; periods: (earlier, later); units: U codes; indicators: I codes.
        before, after: scores (U,).
        parts: what each indicator added, (U, I); 0 where it is missing in either period.
        coverage: what was added by indicators that have a value in one of the periods only, (U,).
        rest: what the sum lacks of the whole, (U,): error of the integration, 0 for arithmetic means.
    """

    element: str
    periods: tuple[str, str]
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    before: Floats
    after: Floats
    parts: Floats
    coverage: Floats
    rest: Floats


def change(scoring: Scoring, cube: Cube, element: str, earlier: str, later: str) -> Change:
    """Decompose the change of an element's score of every unit.

    Args:
        scoring: how scores are made; cube: normalised indicators; earlier, later: two of its periods.

    Raises:
        InputError: no such period, or a method without decomposition.
    """
    unknown = [period for period in (earlier, later) if period not in cube.periods]
    if unknown:
        fault = marked("the data have no period “%(period)s”.")
        known = marked("one of: %(known)s.")
        raise InputError(
            Problem(fault, {"period": one, "known": ", ".join(cube.periods)}, expected=known)
            for one in unknown
        )
    values = cube.values[..., cube.columns(scoring.indicators)]
    old, new = values[cube.periods.index(earlier)], values[cube.periods.index(later)]
    common = ~np.isnan(old) & ~np.isnan(new)
    old_common, new_common = np.where(common, old, np.nan), np.where(common, new, np.nan)
    count = len(cube.units)
    all_ = scoring.scores(np.concatenate([old, new, old_common, new_common]), element)
    before, after, before_common, after_common = (all_[count * n : count * (n + 1)] for n in range(4))
    parts = scoring.moved(old_common, new_common, element)
    coverage = (after - after_common) - (before - before_common)
    rest = after_common - before_common - parts.sum(axis=1)
    return Change(
        element, (earlier, later), cube.units, scoring.indicators, before, after, parts, coverage, rest
    )
