"""Arrange data as a specification wants them: its indicators in its order, its variables beside them."""

from dataclasses import replace

import numpy as np

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked


def series_of(specification: Specification) -> tuple[str, ...]:
    """The series a specification reads: its indicators but for those it derives, and its variables."""
    derived = {step.values.get("indicator") for step in specification.steps if step.kind == "combine"}
    indicators = (one.code for one in specification.tree.indicators if one.code not in derived)
    return (*indicators, *specification.variables)


def arranged(cube: Cube, specification: Specification) -> Cube:
    """The data of a specification; indicators it derives are there, empty until they are combined.

    Raises:
        InputError: series the specification reads and the data do not have, all in one.
    """
    wanted = series_of(specification)
    absent = [code for code in wanted if code not in cube.column and code not in cube.variables]
    if absent:
        fault = marked("the data have no series %(absent)s.")
        raise InputError([Problem(fault, {"absent": ", ".join(absent)}, specification.file)])
    variables = {code: cube.series(code) for code in specification.variables}
    scored = tuple(one.code for one in specification.tree.indicators)
    if scored != cube.indicators:
        cube = _with_columns(cube, [code for code in scored if code not in cube.column]).only(scored)
    return replace(cube, variables=variables)


def _with_columns(cube: Cube, codes: list[str]) -> Cube:
    """The cube with columns for these codes: a variable's values where there is one, else empty."""
    if not codes:
        return cube
    shape = cube.values.shape[:-1]
    empty = np.full(shape, np.nan)
    new = np.stack([np.broadcast_to(cube.variables.get(code, empty), shape) for code in codes], axis=-1)
    missing = np.where(np.isnan(new.reshape(-1, *new.shape[-3:])[0]), np.uint16(Flag.MISSING), np.uint16(0))
    errors = cube.errors
    if errors is not None:
        errors = np.concatenate([errors, np.full((*errors.shape[:2], len(codes)), np.nan)], axis=-1)
    return replace(
        cube,
        indicators=(*cube.indicators, *codes),
        values=np.concatenate([cube.values, new], axis=-1),
        flags=np.concatenate([cube.flags, missing], axis=-1),
        errors=errors,
    )
