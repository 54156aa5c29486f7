"""Multiple imputation: the same gaps filled many times, so that what is not known shows in the scores.

Every draw has a random stream of its own, seeded by (seed, number of the draw): the draws are the same whoever
makes them, in whatever order.
"""

from dataclasses import dataclass, replace

import numpy as np

from actionlines.measurement.arrangement import arranged
from actionlines.measurement.cube import Cube, Floats, Labels, Mask
from actionlines.measurement.index import Index
from actionlines.measurement.steps.impute import Impute
from actionlines.measurement.steps.impute.model import drawn
from actionlines.measurement.steps.impute.step import labels_of
from actionlines.problems import InputError, Problem, marked

DRAWABLE = ("em", "chained", "mean", "median")


def imputations(cube: Cube, params: Impute, draws: int, seed: int, first: int = 0) -> Floats:
    """Values (D, P, U, I) with the gaps drawn anew in each draw, what is there kept.

    'em' and 'chained' draw from the predictive distribution of their model, its parameters' uncertainty included.
    'mean' and 'median' draw from the values of the indicator, or of the unit's group, by the approximate Bayesian
    bootstrap (Rubin and Schenker 1986). Excluded units stay empty.

    Args:
        draws: how many; first: number of the first one.

    Raises:
        InputError: a method that has no distribution to draw from.
    """
    if params.method not in DRAWABLE:
        fault = marked("the method “%(method)s” has nothing to draw from.")
        values = {"method": params.method, "known": ", ".join(DRAWABLE)}
        raise InputError([Problem(fault, values, column="impute", expected=marked("one of: %(known)s."))])
    gaps = np.isnan(cube.values) & cube.included[..., None]
    gaps &= np.array([code in params.indicators for code in cube.indicators])
    found = np.empty((draws, *cube.values.shape))
    for draw in range(draws):
        rng = np.random.default_rng([seed, first + draw])
        found[draw] = np.where(gaps, _drawn(cube, params, rng), cube.values)
    return found


def _drawn(cube: Cube, params: Impute, rng: np.random.Generator) -> Floats:
    if params.method in ("em", "chained"):
        values = cube.values
        parts = [values.reshape(-1, values.shape[-1])] if params.pooled else list(values)
        return np.stack([drawn(part, params.model, rng) for part in parts]).reshape(values.shape)
    labels = labels_of(cube, params.group) if params.group else np.full(cube.included.shape, "all")
    return _resampled(cube, labels, params.pooled, rng)


def _resampled(cube: Cube, labels: Labels, pooled: bool, rng: np.random.Generator) -> Floats:
    """Gaps drawn from a bootstrap sample of their group's values."""
    found = cube.values.copy()
    for label in np.unique(labels[labels != ""]):
        members = (labels == label) & cube.included
        sets: list[Mask] = [members]
        if not pooled:
            rows = np.arange(len(cube.periods))[:, None]
            sets = [members & (rows == row) for row in range(len(cube.periods))]
        for chosen in sets:
            part = found[chosen]
            for column in range(part.shape[1]):
                gaps = np.isnan(part[:, column])
                donors = part[~gaps, column]
                if gaps.any() and len(donors):
                    part[gaps, column] = rng.choice(rng.choice(donors, len(donors)), int(gaps.sum()))
            found[chosen] = part
    return found


@dataclass(frozen=True, eq=False)
class Pooled:
    """Estimates of several imputed data sets as one, by Rubin's rules (1987); arrays in the shape of one estimate.

    Attributes:
        estimate: their mean; within: mean of their variances; between: variance of the estimates.
        total: within + (1 + 1/D)·between.
        freedom: degrees of freedom; infinite where nothing was imputed.
        missing: share of the total variance that is due to the gaps.
    """

    estimate: Floats
    within: Floats
    between: Floats
    total: Floats
    freedom: Floats
    missing: Floats


def pool(estimates: Floats, variances: Floats | None = None) -> Pooled:
    """Pool estimates (D, …) of D ≥ 2 imputed data sets, with the variance of each where it is known (else 0)."""
    count = len(estimates)
    if count < 2:
        raise ValueError("pooling needs two imputed data sets or more")
    within = np.zeros(estimates.shape[1:]) if variances is None else variances.mean(axis=0)
    between = estimates.var(axis=0, ddof=1)
    extra = (1 + 1 / count) * between
    total = within + extra
    with np.errstate(invalid="ignore", divide="ignore"):
        missing = np.where(total > 0, extra / total, 0.0)
        freedom = np.where(missing > 0, (count - 1) / missing**2, np.inf)
    return Pooled(estimates.mean(axis=0), within, between, total, freedom, missing)


def scores_over_imputations(index: Index, cube: Cube, draws: int, seed: int, code: str = "") -> Floats:
    """Scores (D, P, U) of an element, the gaps filled anew in each draw.

    Raises:
        InputError: the specification has no step that imputes, or one that cannot draw; faults of the data.
    """
    before = arranged(cube, index.specification)
    place = next((at for at, step in enumerate(index.steps) if isinstance(step.params, Impute)), None)
    if place is None:
        raise InputError([Problem(marked("no step imputes."), {}, index.specification.file, column="steps")])
    for step in index.steps[:place]:
        before = step(before).cube
    params: Impute = index.steps[place].params
    found: list[Floats] = []
    # So many draws at a time that the working set stays within some tens of megabytes.
    size = max(1, 4_000_000 // max(1, before.values.size))
    for first in range(0, draws, size):
        done = replace(before, values=imputations(before, params, min(size, draws - first), seed, first))
        for step in index.steps[place + 1 :]:
            done = step(done).cube
        found.append(done.series(code or index.specification.code))
    return np.concatenate(found)
