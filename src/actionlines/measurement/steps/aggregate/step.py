"""The step `aggregate`: every element from its children, by level and by group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Flag, Floats
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.aggregate import means
from actionlines.measurement.steps.aggregate.doubt import benefit_of_the_doubt
from actionlines.measurement.steps.aggregate.outranking import copeland
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.problems import InputError, Problem, marked

POWERS: Final[Mapping[str, float]] = {"geometric": 0.0, "harmonic": -1.0}
METHODS: Final = (
    "arithmetic",
    *POWERS,
    "power",
    "median",
    "copeland",
    "mazziotta_pareto",
    "ordered",
    "mean_min",
    "benefit_of_the_doubt",
)


@dataclass(frozen=True, slots=True)
class Group:
    """How one element is made.

    Attributes:
        element: its code; children: codes of what it is made of; weights: theirs, as the specification says.
        method: one of `METHODS`.
        availability: least share of the children that must be there; one at least must.
        power: exponent of 'power'.
        penalty: 'mazziotta_pareto': −1 where more is better, 1 where less is.
        sample: 'mazziotta_pareto': variance divided by n − 1 instead of n.
        order: 'ordered': weights of the best, the second, … child.
        alpha, beta: of 'mean_min'.
        least_share: of 'benefit_of_the_doubt'.
    """

    element: str
    children: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    method: str = "arithmetic"
    availability: float = 0.0
    power: float = 1.0
    penalty: int = -1
    sample: bool = False
    order: tuple[float, ...] = ()
    alpha: float = 1.0
    beta: float = 0.0
    least_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Parameters.

    Attributes:
        groups: one for each element, lower levels first.
    """

    groups: tuple[Group, ...]


def bind(settings: Settings, tree: Tree) -> Aggregate:
    """Read the settings, named as the fields of `Group`: for all, under `levels` by level, under `elements` by code.

    An element's own setting goes before its level's, that before the one for all.
    """
    default = _group(settings, Group(""))
    levels = [str(level) for level in range(2, tree.levels[tree.root.code] + 1)]
    by_level = settings.tables_by_code("levels", levels, marked("there is no level “%(code)s”."))
    template = marked("no element has the code “%(code)s”.")
    by_element = settings.tables_by_code("elements", tree.children, template)
    groups: list[Group] = []
    for code in tree.bottom_up:
        group = replace(default, element=code, children=tree.children[code])
        group = replace(group, weights=tuple(tree.by_code[child].weight for child in group.children))
        for table in (by_level.get(str(tree.levels[code])), by_element.get(code)):
            if table is not None:
                group = _group(table, group)
        _check(by_element.get(code) or by_level.get(str(tree.levels[code])) or settings, group)
        groups.append(group)
    for table in (*by_level.values(), *by_element.values()):
        table.done()
    return Aggregate(tuple(groups))


def _group(settings: Settings, default: Group) -> Group:
    penalty = settings.raw("penalty", default.penalty)
    if penalty not in (1, -1) or isinstance(penalty, bool):
        settings.fault("penalty", marked("%(found)r is no penalty."), marked("-1 or 1."), found=penalty)
        penalty = -1
    return replace(
        default,
        method=settings.choice("method", METHODS, default.method),
        availability=settings.number("availability", default.availability, low=0.0, high=1.0),
        power=settings.number("power", default.power),
        penalty=penalty,
        sample=settings.flag("sample", default.sample),
        order=settings.numbers("order", default.order),
        alpha=settings.number("alpha", default.alpha, low=0.0, high=1.0),
        beta=settings.number("beta", default.beta, low=0.0),
        least_share=settings.number("least_share", default.least_share, low=0.0, high=1.0),
    )


def _check(settings: Settings, group: Group) -> None:
    if group.method == "ordered" and (len(group.order) != len(group.children) or sum(group.order) <= 0):
        settings.fault(
            "order",
            marked(
                "“%(element)s” has %(children)s children, and `order` %(found)s weights that sum to %(total)s."
            ),
            marked("as many weights as children, with a sum above 0."),
            element=group.element,
            children=len(group.children),
            found=len(group.order),
            total=sum(group.order),
        )


def run(cube: Cube, params: Aggregate) -> StepResult:
    """Every element's scores, after the indicators on the last axis.

    With draws, in the values or in the weights, a mean that is not defined in a draw is missing there.

    Raises:
        InputError: negative values under a method that cannot take them, by element, unit and period.
    """
    places = {
        code: place for place, code in enumerate((*cube.indicators, *(g.element for g in params.groups)))
    }
    draws = _draws(cube, params)
    width = len(places)
    shape = (*((draws,) if draws else ()), len(cube.periods), len(cube.units), width)
    values = np.full(shape, np.nan)
    values[..., : len(cube.indicators)] = cube.values
    here = set(cube.indicators)
    problems: list[Problem] = []
    for group in params.groups:
        children = [code for code in group.children if code in here]
        if not children:
            continue
        here.add(group.element)
        chosen = [places[code] for code in children]
        part = (
            values[..., chosen[0] : chosen[-1] + 1]
            if chosen == list(range(chosen[0], chosen[-1] + 1))
            else values[..., chosen]
        )
        if draws is None:
            problems += _refused(cube, group, children, part)
        values[..., places[group.element]] = _aggregated(cube, group, children, part)
    if problems:
        raise InputError(problems)
    values = (
        values[..., [place for code, place in places.items() if code in here]]
        if len(here) < width
        else values
    )
    return _result(cube, [code for code in places if code in here], values, params)


def _draws(cube: Cube, params: Aggregate) -> int | None:
    if cube.draws:
        return cube.draws
    lengths = {
        len(weight) for weight in cube.weights.values() if isinstance(weight, np.ndarray) and weight.ndim
    }
    del params
    return lengths.pop() if lengths else None


def _weights(cube: Cube, group: Group, children: list[str]) -> Floats:
    """The children's weights, (K,) or (D, K): settled by a step, or else the specification's."""
    own = dict(zip(group.children, group.weights, strict=True))
    found = [cube.weights.get(code, own[code]) for code in children]
    if all(isinstance(one, float | int) for one in found):
        return np.array(found, np.float64)
    return np.stack(np.broadcast_arrays(*found), axis=-1).astype(np.float64)


def _aggregated(cube: Cube, group: Group, children: list[str], part: Floats) -> Floats:
    weights = _weights(cube, group, children)
    result = _by_method(group, children, part, weights)
    if group.availability:
        there = (~np.isnan(part)).sum(axis=-1)
        # 0.6 of 5 children are 3, whatever 0.6 is in binary.
        result = np.where(there < group.availability * len(group.children) - 1e-9, np.nan, result)
    return result


def _by_method(group: Group, children: list[str], part: Floats, weights: Floats) -> Floats:
    method = group.method
    if method == "arithmetic":
        return means.arithmetic(part, weights)
    if method in POWERS:
        return means.power(part, weights, POWERS[method])
    if method == "power":
        return means.power(part, weights, group.power)
    if method == "median":
        return means.median(part, weights)
    if method == "mazziotta_pareto":
        return means.mazziotta_pareto(part, weights, group.penalty, sample=group.sample)
    if method == "mean_min":
        return means.mean_min(part, weights, group.alpha, group.beta)
    if method == "ordered":
        return means.ordered(part, weights, np.array(group.order[: len(children)]))
    return _by_table(group, part, weights)


def _by_table(group: Group, part: Floats, weights: Floats) -> Floats:
    """Methods that compare the units of a period with each other."""
    if weights.ndim > 1:
        part = np.broadcast_to(part, (len(weights), *part.shape[-3:]))
    tables = part.reshape(-1, *part.shape[-2:])
    each = (
        np.broadcast_to(weights, (*part.shape[:-3], weights.shape[-1])) if part.ndim == 4 else weights[None]
    )
    each = np.repeat(each, part.shape[-3], axis=0)
    if group.method == "copeland":
        scores = [copeland(table, own) for table, own in zip(tables, each, strict=True)]
    else:
        scores = [_doubt(table, group.least_share) for table in tables]
    return np.stack(scores).reshape(part.shape[:-1])


def _doubt(table: Floats, least_share: float) -> Floats:
    if (table < 0).any():
        return np.full(len(table), np.nan)
    return benefit_of_the_doubt(table, least_share)[0]


def _refused(cube: Cube, group: Group, children: list[str], part: Floats) -> list[Problem]:
    """Negative values under a method that has no answer for them."""
    if group.method not in (*POWERS, "power", "benefit_of_the_doubt") or (
        group.power == 1 and group.method == "power"
    ):
        return []
    template = marked(
        "%(child)s of %(unit)s is %(value)s: a negative value cannot go into a %(method)s mean."
    )
    expected = marked("values of at least 0; normalise to a range that starts at 0 or above.")
    return [
        Problem(
            template,
            {
                "child": children[place],
                "unit": f"{cube.units[unit]} {cube.periods[period]}".strip(),
                "value": float(part[period, unit, place]),
                "method": group.method.replace("_", " "),
            },
            column=group.element,
            expected=expected,
        )
        for period, unit, place in np.argwhere(part < 0)
    ]


def _result(cube: Cube, codes: list[str], values: Floats, params: Aggregate) -> StepResult:
    added = len(codes) - len(cube.indicators)
    done = np.zeros((*cube.flags.shape[:2], len(codes)), np.uint16)
    done[..., len(cube.indicators) :] = Flag.DERIVED
    flags = np.concatenate([cube.flags, np.zeros((*cube.flags.shape[:2], added), np.uint16)], axis=-1)
    errors = cube.errors
    if errors is not None:
        errors = np.concatenate([errors, np.full((*errors.shape[:2], added), np.nan)], axis=-1)
    wide = replace(cube, indicators=tuple(codes), values=values, flags=flags, errors=errors)
    if values.ndim == 4:
        return StepResult(wide, done)
    return StepResult(wide.with_values(values, done), done, _decisions(cube, codes, values, params))


def _decisions(cube: Cube, codes: list[str], values: Floats, params: Aggregate) -> tuple[Decision, ...]:
    """One line for each element that some unit has no score in."""
    template = marked("%(subject)s: %(missing)d of %(units)d units and periods have no score.")
    missing = (np.isnan(values) & cube.included[..., None]).sum(axis=(0, 1))
    whole = int(cube.included.sum())
    elements = {group.element for group in params.groups}
    return tuple(
        Decision(code, template, {"missing": int(count), "units": whole})
        for code, count in zip(codes, missing, strict=True)
        if count and code in elements
    )


AGGREGATE: Final = register(Kind("aggregate", 1, bind, run))
