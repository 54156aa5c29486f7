"""Denominate: divide indicators by another series (per inhabitant, per unit of income), with a scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Mask
from actionlines.measurement.hierarchy import Indicator, Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.problems import marked


@dataclass(frozen=True, slots=True)
class Denominate:
    """Parameters.

    Attributes:
        by: indicator to (series it is divided by, factor the quotient is multiplied by).
    """

    by: Mapping[str, tuple[str, float]]


def bind(settings: Settings, tree: Tree) -> Denominate:
    """Read `indicators` (a list; default all that name a denominator); series and scale stand with the indicator."""
    named = {one.code: one for one in tree.indicators}
    chosen = settings.texts("indicators", [one.code for one in tree.indicators if one.denominator])
    by: dict[str, tuple[str, float]] = {}
    for code in chosen:
        found: Indicator | None = named.get(code)
        if found is None or not found.denominator:
            settings.fault("indicators", marked("the indicator “%(code)s” has no denominator."), code=code)
        else:
            by[code] = (found.denominator, found.denominator_scale)
    return Denominate(by)


def run(cube: Cube, params: Denominate) -> StepResult:
    """Divide. Without its denominator, or with a denominator of 0, a value is missing, and a decision says so."""
    values = cube.values
    terms = {code: cube.series(series) for code, (series, _) in params.by.items() if code in cube.column}
    if any(term.ndim > values.ndim - 1 for term in terms.values()):
        values = np.broadcast_to(
            values, (*max((t.shape for t in terms.values()), key=len)[:-2], *values.shape)
        )
    values = values.copy()
    decisions: list[Decision] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for code, term in terms.items():
            series, scale = params.by[code]
            place = cube.column[code]
            zero = term == 0
            if cube.draws is None and zero.any():
                decisions += _zero_denominators(cube, code, series, zero & ~np.isnan(values[..., place]))
            values[..., place] = values[..., place] / np.where(zero, np.nan, term) * scale
    done = np.zeros(cube.flags.shape, np.uint16)
    return StepResult(cube.with_values(values, done), done, tuple(decisions))


def _zero_denominators(cube: Cube, code: str, series: str, where: Mask) -> list[Decision]:
    template = marked("%(subject)s of %(unit)s is missing: its denominator %(series)s is 0.")
    return [
        Decision(code, template, {"unit": cube.units[unit], "series": series}, cube.periods[period])
        for period, unit in np.argwhere(where)
    ]


DENOMINATE: Final = register(Kind("denominate", 1, bind, run))
