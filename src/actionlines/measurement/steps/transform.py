"""Transform: an elementary function applied to indicators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Flag, Floats
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Kind, StepResult
from actionlines.problems import InputError, Problem, marked


def _log_of(shift: float, log: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def transform(values: Floats) -> Floats:
        return log(values + shift) if shift else log(values)

    return transform


TRANSFORMS: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "none": lambda values: values,
    "ln": _log_of(0.0, np.log),
    "log10": _log_of(0.0, np.log10),
    "ln(x+1)": np.log1p,
    "log10(x+1)": _log_of(1.0, np.log10),
    "sqrt": np.sqrt,
    "square": np.square,
}

# The least value each function can take; 'open' where that value itself cannot be taken.
_DOMAIN: Final[Mapping[str, tuple[float, bool]]] = {
    "ln": (0.0, True),
    "log10": (0.0, True),
    "ln(x+1)": (-1.0, True),
    "log10(x+1)": (-1.0, True),
    "sqrt": (0.0, False),
}


@dataclass(frozen=True, slots=True)
class Transform:
    """Parameters.

    Attributes:
        functions: indicator to the name of its function in `TRANSFORMS`.
    """

    functions: Mapping[str, str]


def bind(settings: Settings, tree: Tree) -> Transform:
    """Read `function`, and `indicators` (a list; default all that have no function of their own)."""
    function = settings.choice("function", TRANSFORMS)
    codes = settings.texts("indicators", [one.code for one in tree.indicators])
    for code in codes:
        if code not in tree.by_code:
            settings.fault("indicators", marked("no indicator has the code “%(code)s”."), code=code)
    return Transform(dict.fromkeys(codes, function))


def run(cube: Cube, params: Transform) -> StepResult:
    """Apply each function to its indicator.

    Raises:
        InputError: a value outside the domain of its function, with unit and period.
    """
    values = cube.values.copy()
    done = np.zeros(cube.flags.shape, np.uint16)
    for code, name in params.functions.items():
        if name != "none" and code in cube.column:
            place = cube.column[code]
            values[..., place] = transformed(cube, code, name)
            done[..., place] = Flag.TRANSFORMED
    return StepResult(cube.with_values(values, done), done)


def transformed(cube: Cube, code: str, name: str) -> Floats:
    """One indicator of the cube under a function of `TRANSFORMS`.

    Raises:
        InputError: values outside the function's domain.
    """
    values = cube.values[..., cube.column[code]]
    check_domain(cube, code, name)
    return TRANSFORMS[name](values)


def check_domain(cube: Cube, code: str, name: str) -> None:
    """Raise an InputError naming every value of the indicator that the function cannot take."""
    if name not in _DOMAIN:
        return
    least, open_end = _DOMAIN[name]
    values = cube.values[..., cube.column[code]]
    bad = values <= least if open_end else values < least
    if not bad.any():
        return
    fault = marked("the value %(value)s of %(unit)s in %(period)s cannot be taken under %(function)s.")
    expected = marked("a value above %(least)s.") if open_end else marked("a value of at least %(least)s.")
    places = np.argwhere(bad.reshape(-1, *bad.shape[-2:]))
    raise InputError(
        Problem(
            fault,
            {
                "value": float(values.reshape(-1, *bad.shape[-2:])[draw, period, unit]),
                "unit": cube.units[unit],
                "period": cube.periods[period],
                "function": name,
                "least": least,
            },
            column=code,
            expected=expected,
        )
        for draw, period, unit in places[:50]
    )


TRANSFORM: Final = register(Kind("transform", 1, bind, run))
