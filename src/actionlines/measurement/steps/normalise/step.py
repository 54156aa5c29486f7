"""The step `normalise`: each indicator by its own method, and what could not be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from actionlines.measurement.cube import Bits, Cube, Flag, Floats
from actionlines.measurement.hierarchy import Indicator, Tree
from actionlines.measurement.ranking import TIES
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.normalise import kernels
from actionlines.measurement.steps.normalise.scaling import METHODS, Scaling
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.measurement.steps.tables import stacked
from actionlines.measurement.steps.transform import TRANSFORMS, check_domain
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class Normalise:
    """Parameters.

    Attributes:
        scalings: indicator to its scaling; pooled: over all periods together, instead of each alone.
    """

    scalings: Mapping[str, Scaling]
    pooled: bool


def bind(settings: Settings, tree: Tree) -> Normalise:
    """Read the settings, named as the fields of `Scaling`, for all and under `indicators` for one.

    `range` is [low, high] and `centre` is [mean, deviation] of the output; direction, goalposts, transform and
    target come with the indicator, or stand under `indicators` for this step alone.
    """
    known = [one.code for one in tree.indicators]
    own = settings.tables_by_code("indicators", known, marked("no indicator has the code “%(code)s”."))
    default = _scaling(settings, Scaling())
    scalings: dict[str, Scaling] = {}
    for one in tree.indicators:
        start = _of_indicator(default, one)
        scaling = _scaling(own[one.code], start) if one.code in own else start
        _check(own.get(one.code, settings), one, scaling)
        scalings[one.code] = scaling
    for table in own.values():
        table.done()
    return Normalise(scalings, settings.flag("pooled"))


def _of_indicator(default: Scaling, one: Indicator) -> Scaling:
    """The default with what the indicator says and the method uses; the rest stays out of the step's key."""
    scaling = replace(default, direction=one.direction)
    if default.method == "goalposts":
        return _with_goalposts(scaling, one)
    return replace(scaling, target=one.target) if default.method == "distance_to_target" else scaling


def _with_goalposts(scaling: Scaling, one: Indicator) -> Scaling:
    return replace(
        scaling,
        goalposts=one.goalposts,
        transform=one.transform,
        transformed=one.goalposts_transformed,
        clip=one.cap,
    )


def _scaling(settings: Settings, default: Scaling) -> Scaling:
    low, high = settings.numbers("range", (default.low, default.high), count=2)
    mean, deviation = settings.numbers("centre", (default.mean, default.deviation), count=2)
    bounds = settings.numbers("bounds", default.bounds, count=2)
    if low == high or bounds[0] == bounds[1]:
        settings.fault("range" if low == high else "bounds", marked("the two ends are equal."))
    return replace(
        default,
        method=settings.choice("method", METHODS, default.method),
        low=low,
        high=high,
        mean=mean,
        deviation=deviation,
        ties=settings.choice("ties", TIES, default.ties),
        bounds=(bounds[0], bounds[1]),
        reference=settings.text("reference", default.reference),
        base=settings.text("base", default.base),
        cap=settings.flag("cap", default.cap),
    )


def _check(settings: Settings, one: Indicator, scaling: Scaling) -> None:
    if scaling.method == "goalposts" and one.goalposts is None:
        settings.fault("method", marked("the indicator “%(code)s” has no goalposts."), code=one.code)
    if scaling.method == "distance_to_target" and one.target is None:
        settings.fault("method", marked("the indicator “%(code)s” has no target."), code=one.code)
    if scaling.method == "distance_to_reference" and not scaling.reference:
        settings.fault("reference", marked("there is no reference unit."), marked("the code of a unit."))


def run(cube: Cube, params: Normalise) -> StepResult:
    """Normalise. With draws, an indicator that does not vary in a draw is missing there.

    Raises:
        InputError: an indicator that does not vary over the units, a reference unit that is not in the data, a
            value outside the domain of its transform: all of them, named.
    """
    values = cube.values.copy()
    tables = stacked(values, params.pooled)
    done = np.zeros(cube.flags.shape, np.uint16)
    with np.errstate(invalid="ignore", divide="ignore"):
        for codes, scalings in _blocks(cube, params):
            places = cube.columns(codes)
            where = (
                slice(places[0], places[-1] + 1)
                if places == list(range(places[0], places[-1] + 1))
                else places
            )
            tables[..., where] = _normalised(cube, params, tables[..., where], codes, scalings)
            if scalings[0].method == "goalposts":
                _clip(values, done, places, scalings, cube.draws is None)
                moved = [
                    place for place, one in zip(places, scalings, strict=True) if one.transform != "none"
                ]
                done[..., moved] |= np.uint16(Flag.TRANSFORMED)
    if cube.draws is None:
        _refuse_constants(cube, values, params)
    return StepResult(cube.with_values(values, done), done, () if cube.draws else _decisions(cube, done))


def _blocks(cube: Cube, params: Normalise) -> Iterable[tuple[list[str], list[Scaling]]]:
    """Indicators that one call can normalise together."""
    blocks: dict[tuple[str, ...], tuple[list[str], list[Scaling]]] = {}
    for code in cube.indicators:
        scaling = params.scalings[code]
        key = (scaling.method, scaling.ties, scaling.reference, scaling.base)
        codes, scalings = blocks.setdefault(key, ([], []))
        codes.append(code)
        scalings.append(scaling)
    return blocks.values()


def _normalised(
    cube: Cube, params: Normalise, tables: Floats, codes: list[str], scalings: list[Scaling]
) -> Floats:
    method = scalings[0].method
    if method == "goalposts":
        return _by_goalposts(cube, tables, codes, scalings)
    low, high = _array(scalings, "low"), _array(scalings, "high")
    direction = _array(scalings, "direction")
    directed = tables if (direction == 1).all() else tables * direction
    ties = scalings[0].ties
    if method == "minmax":
        return kernels.minmax(directed, low, high)
    if method == "scaled":
        bounds = np.array([one.bounds for one in scalings])
        return kernels.scaled(directed, bounds[:, 0], bounds[:, 1], low, high)
    if method == "zscore":
        return kernels.zscore(directed, _array(scalings, "mean"), _array(scalings, "deviation"))
    if method == "rank":
        return kernels.rank(directed, ties)
    if method == "borda":
        return kernels.rank(directed, ties) - 1
    if method == "percentile_rank":
        return kernels.percentile_rank(directed, ties)
    if method == "distance_to_max":
        return kernels.distance_to_max(directed)
    if method == "fraction_of_max":
        return kernels.fraction_of_max(tables, direction)
    if method == "centred_range":
        return kernels.centred_range(directed, _middle(cube, params, directed, scalings[0].base), low, high)
    cap = _array(scalings, "cap")
    if method == "distance_to_target":
        return kernels.distance_to(directed, _array(scalings, "target") * direction, cap)
    return kernels.distance_to(directed, _reference(cube, params, directed, scalings[0].reference), cap)


def _array(scalings: list[Scaling], name: str) -> Floats:
    return np.array([float(getattr(one, name)) for one in scalings])


def _middle(cube: Cube, params: Normalise, directed: Floats, base: str) -> Floats:
    """The mean of the base period's values, or of all values of a table without one."""
    if not base:
        return kernels.moments(directed)[0]
    if base not in cube.periods or not params.pooled:
        fault = marked("the base period “%(period)s” is not in the data, or periods are not pooled.")
        raise InputError([Problem(fault, {"period": base}, column="normalise")])
    count, place = len(cube.units), cube.periods.index(base)
    return kernels.moments(directed[:, count * place : count * (place + 1)])[0]


def _reference(cube: Cube, params: Normalise, directed: Floats, unit: str) -> Floats:
    """The reference unit's values: of the period, or pooled of the latest period that it has a value in."""
    if unit not in cube.units:
        fault = marked("the reference unit “%(unit)s” is not in the data.")
        raise InputError([Problem(fault, {"unit": unit}, column="normalise")])
    place, count = cube.units.index(unit), len(cube.units)
    rows = directed[:, place::count, :]
    if not params.pooled:
        return rows
    there = ~np.isnan(rows)
    latest = rows.shape[1] - 1 - np.argmax(np.flip(there, axis=1), axis=1)
    return np.take_along_axis(rows, latest[:, None, :], axis=1)


def _by_goalposts(cube: Cube, tables: Floats, codes: list[str], scalings: list[Scaling]) -> Floats:
    if any(one.transform != "none" for one in scalings):
        tables = tables.copy()
    for place, (code, one) in enumerate(zip(codes, scalings, strict=True)):
        if one.transform != "none":
            check_domain(cube, code, one.transform)
            tables[..., place] = TRANSFORMS[one.transform](tables[..., place])
    posts = np.array([one.posts for one in scalings])
    low, high = _array(scalings, "low"), _array(scalings, "high")
    return kernels.goalposts(tables, posts[:, 0], posts[:, 1], low, high)


def _clip(values: Floats, done: Bits, places: list[int], scalings: list[Scaling], record: bool) -> None:
    """Clip, in place, the ends each indicator says."""
    part = values[..., places]
    ends = np.sort(np.array([(one.low, one.high) for one in scalings]), axis=-1)
    rising = _array(scalings, "high") > _array(scalings, "low")
    best = np.array([one.clip in ("both", "best") for one in scalings])
    worst = np.array([one.clip in ("both", "worst") for one in scalings])
    lowest = np.where(np.where(rising, worst, best), ends[:, 0], -np.inf)
    highest = np.where(np.where(rising, best, worst), ends[:, 1], np.inf)
    clipped = np.minimum(np.maximum(part, lowest), highest)
    if record:
        changed = (clipped != part) & ~np.isnan(part)
        done[..., places] |= np.where(changed, np.uint16(Flag.CAPPED), np.uint16(0))
    values[..., places] = clipped


def _refuse_constants(cube: Cube, values: Floats, params: Normalise) -> None:
    """Raise for every indicator that has values and lost all of them: it does not vary."""
    lost = np.isnan(values) & ~np.isnan(cube.values) | np.isinf(values)
    if not lost.any():
        return
    template = marked(
        "the indicator %(code)s cannot be normalised by %(method)s: its values do not vary enough."
    )
    in_period = marked(
        "the indicator %(code)s cannot be normalised by %(method)s in %(period)s: its values do not vary enough."
    )
    problems: list[Problem] = []
    for period, place in np.argwhere(lost.any(axis=1)):
        code = cube.indicators[place]
        facts: dict[str, Any] = {"code": code, "method": params.scalings[code].method}
        if not params.pooled and cube.periods[period]:
            problems.append(Problem(in_period, {**facts, "period": cube.periods[period]}, column=code))
        elif not any(problem.column == code for problem in problems):
            problems.append(Problem(template, facts, column=code))
    raise InputError(problems)


def _decisions(cube: Cube, done: Bits) -> tuple[Decision, ...]:
    template = marked("%(subject)s: %(capped)d values beyond its goalposts are taken as the goalpost.")
    capped = ((done & np.uint16(Flag.CAPPED)) != 0).sum(axis=(0, 1))
    return tuple(
        Decision(code, template, {"capped": int(count)})
        for code, count in zip(cube.indicators, capped, strict=True)
        if count
    )


NORMALISE: Final = register(Kind("normalise", 1, bind, run))
