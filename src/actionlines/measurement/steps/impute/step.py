"""The step `impute`: which method, over what, and what it did to each cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Bits, Cube, Flag, Floats, Labels
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.impute.centre import centres
from actionlines.measurement.steps.impute.model import Model, expected
from actionlines.measurement.steps.impute.neighbours import neighbour_means
from actionlines.measurement.steps.impute.row import row_centres
from actionlines.measurement.steps.impute.time import METHODS as TIME_METHODS
from actionlines.measurement.steps.impute.time import fill
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.problems import InputError, Problem, marked

METHODS: Final = (
    "mean",
    "median",
    "row_mean",
    "row_median",
    *TIME_METHODS,
    "neighbours",
    "em",
    "chained",
    "value",
)


@dataclass(frozen=True, slots=True)
class Impute:
    """Parameters.

    Attributes:
        method: one of `METHODS`.
        indicators: those that are filled.
        group: a grouping within which mean and median are taken, or ''.
        pooled: over all periods (mean, median, neighbours, em, chained) instead of each alone.
        blocks: for row methods, indicators that belong together; directions: 1 or -1 of each indicator;
            normalise: compare them on one scale.
        max_gap: for methods over time, years to the nearest value, at most.
        neighbours: how many; value: what 'value' fills in; model: of em and chained.
    """

    method: str
    indicators: tuple[str, ...]
    group: str
    pooled: bool
    blocks: tuple[tuple[str, ...], ...]
    directions: Mapping[str, int]
    normalise: bool
    max_gap: float
    neighbours: int
    value: float
    model: Model


def bind(settings: Settings, tree: Tree) -> Impute:
    """Read the settings, named as the parameters; `level` says within which level a row method compares."""
    method = settings.choice("method", METHODS)
    codes = tuple(one.code for one in tree.indicators)
    chosen = settings.texts("indicators", codes)
    for code in sorted({*chosen} - {*codes}):
        settings.fault("indicators", marked("no indicator has the code “%(code)s”."), code=code)
    level = settings.whole("level", 0, low=0)
    blocks: dict[str, list[str]] = {}
    for code in codes:
        blocks.setdefault(tree.ancestor(code, level) if level else "", []).append(code)
    return Impute(
        method,
        chosen,
        settings.text("group", ""),
        settings.flag("pooled", method in ("em", "chained", "neighbours")),
        tuple(map(tuple, blocks.values())) if method.startswith("row") else (),
        {one.code: one.direction for one in tree.indicators} if method.startswith("row") else {},
        settings.flag("normalise", True),
        settings.number("max_gap", 1e9, low=0.0),
        settings.whole("neighbours", 5, low=1),
        settings.number("value") if method == "value" else 0.0,
        Model(
            "chained" if method == "chained" else "em",
            settings.number("ridge", 0.01, low=0.0),
            settings.whole("cycles", 100, low=1),
            settings.number("tolerance", 1e-6, low=0.0),
        ),
    )


def run(cube: Cube, params: Impute) -> StepResult:
    """Fill what is missing; excluded units stay empty, and so does a cell the method has nothing for.

    Raises:
        InputError: the data have no such grouping, or periods that are no years where years are needed.
    """
    done = np.zeros(cube.flags.shape, np.uint16)
    missing = np.isnan(cube.values) & cube.included[..., None]
    chosen = [code in params.indicators for code in cube.indicators]
    if not all(chosen):
        missing &= np.array(chosen)
    if not missing.any():
        return StepResult(cube, done)
    offered, bits = _offered(cube, params)
    values = np.where(missing, offered, cube.values)
    if cube.draws is not None:
        return StepResult(cube.with_values(values, done), done)
    done = np.where(missing & ~np.isnan(values), bits, np.uint16(0))
    filled = cube.with_values(values, done)
    return StepResult(filled, done, _decisions(cube, filled, done, params))


def _offered(cube: Cube, params: Impute) -> tuple[Floats, Bits]:
    """What each cell would be filled with, and the bits that say how."""
    if params.method in TIME_METHODS:
        return fill(cube.values, years_of(cube), params.method, params.max_gap)
    if params.method == "value":
        return np.full(cube.values.shape, params.value), np.uint16(Flag.IMPUTED_CENTRE) * np.ones(
            (), np.uint16
        )
    if params.method.startswith("row"):
        blocks = [[cube.column[code] for code in block if code in cube.column] for block in params.blocks]
        directions = np.array([float(params.directions[code]) for code in cube.indicators])
        median = params.method == "row_median"
        offered = row_centres(
            cube.values, directions, [one for one in blocks if one], median, params.normalise
        )
        return offered, np.uint16(Flag.IMPUTED_ROW) * np.ones((), np.uint16)
    if params.method in ("mean", "median"):
        labels = labels_of(cube, params.group) if params.group else None
        offered = centres(cube.values, labels, params.method == "median", params.pooled)
        return offered, np.uint16(Flag.IMPUTED_CENTRE) * np.ones((), np.uint16)
    return _modelled(cube, params), np.uint16(Flag.IMPUTED_MODEL) * np.ones((), np.uint16)


def _modelled(cube: Cube, params: Impute) -> Floats:
    tables = cube.values.reshape(-1, *cube.values.shape[-3:])
    filled = np.empty(tables.shape)
    for draw, table in enumerate(tables):
        parts = [table.reshape(-1, table.shape[-1])] if params.pooled else list(table)
        whole = [
            neighbour_means(part, params.neighbours)
            if params.method == "neighbours"
            else expected(part, params.model)
            for part in parts
        ]
        filled[draw] = np.stack(whole).reshape(table.shape)
    return filled.reshape(cube.values.shape)


def years_of(cube: Cube) -> Floats:
    """The periods as numbers.

    Raises:
        InputError: a period is no year.
    """
    bad = [period for period in cube.periods if not period.lstrip("-").isdigit()]
    if bad:
        fault = marked("“%(period)s” is not a year.")
        raise InputError(Problem(fault, {"period": period}, column="period") for period in bad)
    return np.array(list(map(float, cube.periods)))


def labels_of(cube: Cube, group: str) -> Labels:
    """The labels (P, U) of a grouping.

    Raises:
        InputError: the data have none of that name.
    """
    if group not in cube.groups:
        fault = marked("the data have no grouping “%(group)s”.")
        expected_ = marked("one of: %(known)s.")
        raise InputError(
            [Problem(fault, {"group": group, "known": ", ".join(cube.groups)}, expected=expected_)]
        )
    return cube.groups[group]


def _decisions(cube: Cube, filled: Cube, done: Bits, params: Impute) -> tuple[Decision, ...]:
    template = marked("%(subject)s: %(filled)d values filled by %(method)s, %(left)d stay missing.")
    left = (np.isnan(filled.values) & cube.included[..., None]).sum(axis=(0, 1))
    count = (done != 0).sum(axis=(0, 1))
    return tuple(
        Decision(code, template, {"filled": int(new), "left": int(rest), "method": params.method})
        for code, new, rest in zip(cube.indicators, count, left, strict=True)
        if new or rest
    )


IMPUTE: Final = register(Kind("impute", 1, bind, run))
