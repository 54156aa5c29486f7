"""Screen: take out units with too few data, and indicators with too few units."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Flag, Floats, Mask
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class Screen:
    """Parameters; every share is of indicators, from 0 to 1, and reaching it is enough.

    Attributes:
        available: least share of indicators with a value.
        nonzero: least share of non-zero among the indicators with a value.
        observed: least number of indicators whose value is neither estimated by its source nor imputed.
        elements: element to (its indicators, the least share of them with a value).
        keep: units that stay whatever they lack; drop: units that go.
        indicators_available: least share of the units that stay with a value, under which an indicator goes.
    """

    available: float
    nonzero: float
    observed: int
    elements: Mapping[str, tuple[tuple[str, ...], float]]
    keep: tuple[str, ...]
    drop: tuple[str, ...]
    indicators_available: float


def bind(settings: Settings, tree: Tree) -> Screen:
    """Read the settings, named as the parameters; `elements` is a table of shares."""
    elements: dict[str, tuple[tuple[str, ...], float]] = {}
    for code, share in settings.numbers_by_code("elements").items():
        if code not in tree.children or not 0 <= share <= 1:
            expected = marked("codes of elements, each with a share from 0 to 1.")
            settings.fault(
                "elements",
                marked("“%(code)s” with %(share)s cannot stand here."),
                expected,
                code=code,
                share=share,
            )
        else:
            elements[code] = (tree.leaves(code), share)
    keep, drop = settings.texts("keep", ()), settings.texts("drop", ())
    for unit in sorted({*keep} & {*drop}):
        settings.fault("keep", marked("the unit “%(unit)s” is both kept and dropped."), unit=unit)
    return Screen(
        settings.number("available", 0.0, low=0.0, high=1.0),
        settings.number("nonzero", 0.0, low=0.0, high=1.0),
        settings.whole("observed", 0, low=0),
        elements,
        keep,
        drop,
        settings.number("indicators_available", 0.0, low=0.0, high=1.0),
    )


@dataclass(frozen=True, eq=False)
class Availability:
    """How many data each unit has, arrays (P, U).

    Attributes:
        missing: number of indicators without a value; zero: with the value 0.
        available: share of indicators with a value; nonzero: share of non-zero among these (NaN without any).
    """

    missing: Floats
    zero: Floats
    available: Floats
    nonzero: Floats


def availability(cube: Cube) -> Availability:
    """Count the data of each unit; the cube has no draws."""
    total = len(cube.indicators)
    missing = np.isnan(cube.values).sum(axis=-1)
    zero = (cube.values == 0).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return Availability(
            missing.astype(float), zero.astype(float), 1 - missing / total, 1 - zero / (total - missing)
        )


def run(cube: Cube, params: Screen) -> StepResult:
    """Take out units of a period, and indicators. With draws, judged on the flags and the first draw.

    Raises:
        InputError: a unit to keep or to drop is not in the data, or nothing stays.
    """
    unknown = [unit for unit in (*params.keep, *params.drop) if unit not in cube.units]
    if unknown:
        fault = marked("the data have no unit “%(unit)s”.")
        raise InputError(Problem(fault, {"unit": unit}, column="screen") for unit in unknown)
    nominal = cube if cube.draws is None else replace(cube, values=cube.values[0])
    decisions: list[Decision] = []
    included = nominal.included & ~_failing(nominal, params, decisions)
    kept = _kept_indicators(nominal, params, included, decisions)
    if not included.any() or not kept:
        raise InputError([Problem(marked("screening leaves nothing."), column="screen")])
    values = np.where(included[..., None], cube.values, np.nan)
    done = np.where(included[..., None] | ~cube.included[..., None], np.uint16(0), np.uint16(Flag.EXCLUDED))
    done = np.broadcast_to(done, cube.flags.shape).copy()
    screened = replace(cube.with_values(values, done), included=included)
    if len(kept) < len(cube.indicators):
        done = done[..., cube.columns(kept)]
        screened = screened.only(kept)
    return StepResult(_without_empty(screened), done[:, included.any(axis=0)], tuple(decisions))


def _failing(cube: Cube, params: Screen, decisions: list[Decision]) -> Mask:
    counts = availability(cube)
    tests: list[tuple[Mask, str, Floats, dict[str, object]]] = []
    low = marked(
        "%(subject)s is taken out: %(found).4g of its indicators have a value, %(least)s are needed."
    )
    tests.append((counts.available < params.available, low, counts.available, {"least": params.available}))
    zeros = marked("%(subject)s is taken out: %(found).4g of its values are not 0, %(least)s are needed.")
    tests.append((counts.nonzero < params.nonzero, zeros, counts.nonzero, {"least": params.nonzero}))
    if params.observed:
        other = np.uint16(int(Flag.MISSING | Flag.ESTIMATED | Flag.imputed()))
        seen = ((cube.flags & other) == 0).sum(axis=-1).astype(float)
        few = marked("%(subject)s is taken out: %(found)d official values, %(least)d are needed.")
        tests.append((seen < params.observed, few, seen, {"least": params.observed}))
    for code, (leaves, share) in params.elements.items():
        places = [cube.column[leaf] for leaf in leaves if leaf in cube.column]
        found = (~np.isnan(cube.values[..., places])).mean(axis=-1)
        thin = marked(
            "%(subject)s is taken out: %(found).4g of %(element)s has a value, %(least)s is needed."
        )
        tests.append((found < share, thin, found, {"least": share, "element": code}))
    failing = np.zeros(cube.included.shape, np.bool_)
    keep = np.array([unit in params.keep for unit in cube.units])
    for bad, template, found, facts in tests:
        new = bad & ~failing & cube.included & ~keep
        for period, unit in np.argwhere(new):
            values = {**facts, "found": float(found[period, unit])}
            decisions.append(Decision(cube.units[unit], template, values, cube.periods[period]))
        failing |= new
    for unit in params.drop:
        decisions.append(Decision(unit, marked("%(subject)s is taken out, as the specification says.")))
        failing[:, cube.units.index(unit)] = True
    return failing


def _kept_indicators(cube: Cube, params: Screen, included: Mask, decisions: list[Decision]) -> list[str]:
    if not params.indicators_available:
        return list(cube.indicators)
    share = (~np.isnan(cube.values))[included].mean(axis=0)
    template = marked(
        "%(subject)s is taken out: %(found).4g of the units have a value, %(least)s are needed."
    )
    for code, found in zip(cube.indicators, share, strict=True):
        if found < params.indicators_available:
            facts = {"found": float(found), "least": params.indicators_available}
            decisions.append(Decision(code, template, facts))
    return [
        code
        for code, found in zip(cube.indicators, share, strict=True)
        if found >= params.indicators_available
    ]


def _without_empty(cube: Cube) -> Cube:
    """The cube without the units that are in no period any more."""
    stay: Mask = np.asarray(cube.included.any(axis=0))
    if stay.all():
        return cube
    return replace(
        cube,
        units=tuple(unit for unit, here in zip(cube.units, stay, strict=True) if here),
        values=cube.values[..., stay, :],
        flags=cube.flags[:, stay],
        included=cube.included[:, stay],
        variables={code: series[..., stay] for code, series in cube.variables.items()},
        groups={name: labels[:, stay] for name, labels in cube.groups.items()},
        errors=None if cube.errors is None else cube.errors[:, stay],
    )


SCREEN: Final = register(Kind("screen", 1, bind, run))
