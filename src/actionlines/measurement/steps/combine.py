"""Combine: a derived indicator, the weighted sum of other series (coverage = 0.4·3G + 0.6·4G)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Kind, StepResult
from actionlines.problems import marked


@dataclass(frozen=True, slots=True)
class Combine:
    """Parameters.

    Attributes:
        indicator: code of the derived indicator; of: series to its factor.
    """

    indicator: str
    of: Mapping[str, float]


def bind(settings: Settings, tree: Tree) -> Combine:
    """Read `indicator` and `of`, a table of series and factors."""
    code = settings.text("indicator")
    of = settings.numbers_by_code("of")
    if code not in {one.code for one in tree.indicators}:
        settings.fault("indicator", marked("no indicator has the code “%(code)s”."), code=code)
    if not of:
        settings.fault("of", marked("there is nothing to combine."), marked("a table of series and factors."))
    return Combine(code, of)


def run(cube: Cube, params: Combine) -> StepResult:
    """The sum of factor × series; missing where any term is."""
    combined = np.zeros(())
    for code, factor in params.of.items():
        combined = combined + factor * cube.series(code)
    shape = combined.shape if combined.ndim > cube.values.ndim - 1 else cube.values.shape[:-1]
    values = np.empty((*shape, len(cube.indicators)))
    values[:] = cube.values
    place = cube.column[params.indicator]
    values[..., place] = np.where(cube.included, combined, np.nan)
    done = np.zeros(cube.flags.shape, np.uint16)
    done[..., place] = Flag.DERIVED
    return StepResult(cube.with_values(values, done), done)


COMBINE: Final = register(Kind("combine", 1, bind, run))
