"""Long data: one row for each value, as statisticians exchange them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from actionlines.measurement.cube import Cube, Flag, Floats, Labels, Places
from actionlines.measurement.files.columns import MOST, codes, flags, numbers, places
from actionlines.measurement.files.layout import Layout
from actionlines.problems import InputError, Problem, marked

if TYPE_CHECKING:
    import polars as pl


def long_cube(
    frame: "pl.DataFrame", name: str, roles: Mapping[str, str], layout: Layout, wanted: Collection[str] | None
) -> tuple[Cube, list[str]]:
    """The cube of a long table, and the series that are not wanted.

    Of several vintages of a value the latest counts.

    Raises:
        InputError: every fault at once.
    """
    problems: list[Problem] = []
    frame, unused = _wanted(frame, roles, layout, wanted)
    frame = _latest(frame, roles)
    units, unit = places(codes(frame, roles["unit"], name, problems))
    series, place = places(codes(frame, roles["indicator"], name, problems), keep_order=True)
    periods: tuple[str, ...] = ("",)
    period = np.zeros(len(frame), np.intp)
    if "period" in roles:
        periods, period = places(codes(frame, roles["period"], name, problems))
    values = numbers(frame, roles["value"], name, problems)
    _check_twice(frame, name, roles, problems)
    _check_measures(frame, name, roles, problems)
    errors = numbers(frame, roles["error"], name, problems) if "error" in roles else None
    if problems:
        raise InputError(problems)
    shape = (len(periods), len(units), len(series))
    where = (period, unit, place)
    table = np.full(shape, np.nan)
    table[where] = values
    cube = Cube.of(
        table,
        units,
        [layout.rename.get(code, code) for code in series],
        periods,
        groups=_groups(frame, layout, shape, where),
        errors=None if errors is None else _filled(shape, where, errors),
        names=_names(frame, roles),
    )
    return (_flagged(cube, frame, roles, where) if "flag" in roles else cube), unused


def _wanted(
    frame: "pl.DataFrame", roles: Mapping[str, str], layout: Layout, wanted: Collection[str] | None
) -> tuple["pl.DataFrame", list[str]]:
    """The rows of the wanted series, and the other series there are."""
    import polars as pl

    if wanted is None:
        return frame, []
    backwards = {new: old for old, new in layout.rename.items()}
    column = pl.col(roles["indicator"]).cast(pl.String).str.strip_chars()
    kept = [backwards.get(code, code) for code in wanted]
    others = frame.filter(~column.is_in(kept))[roles["indicator"]].cast(pl.String).unique().drop_nulls()
    return frame.filter(column.is_in(kept)), sorted(others.to_list())


def _latest(frame: "pl.DataFrame", roles: Mapping[str, str]) -> "pl.DataFrame":
    """Of each value the row of the latest vintage."""
    if "vintage" not in roles:
        return frame
    key = [roles[role] for role in ("unit", "indicator", "period") if role in roles]
    # The vintage itself stays in the key of what stands twice: within one vintage that is still a fault.
    latest = frame.group_by(key).agg(_last_vintage(roles["vintage"]))
    return frame.join(latest, on=[*key, roles["vintage"]], how="semi")


def _last_vintage(column: str) -> "pl.Expr":
    import polars as pl

    return pl.col(column).max()


def _check_twice(frame: "pl.DataFrame", name: str, roles: Mapping[str, str], problems: list[Problem]) -> None:
    import polars as pl

    key = [roles[role] for role in ("unit", "indicator", "period") if role in roles]
    twice = frame.filter(pl.struct(key).is_duplicated())
    if not len(twice):
        return
    first = pl.col("__row").min().over(key).alias("__first")
    again = twice.with_columns(first).filter(pl.col("__row") != pl.col("__first")).sort("__row").head(MOST)
    template = marked("the value of %(key)s stands here twice, first in row %(first)s.")
    problems += [
        Problem(
            template,
            {"key": " / ".join(str(row[one]) for one in key), "first": row["__first"]},
            name,
            row["__row"],
        )
        for row in again.to_dicts()
    ]


def _check_measures(
    frame: "pl.DataFrame", name: str, roles: Mapping[str, str], problems: list[Problem]
) -> None:
    """Note every series that is given in two units of measurement."""
    import polars as pl

    if "measured_in" not in roles:
        return
    measure = pl.col(roles["measured_in"]).cast(pl.String).fill_null("").str.strip_chars()
    said = frame.filter(measure != "").group_by(roles["indicator"], maintain_order=True)
    found = said.agg(measure.unique(maintain_order=True).alias("measures"), pl.col("__row").min())
    template = marked("the series %(series)s is given in different units: %(measures)s.")
    problems += [
        Problem(
            template,
            {"series": row[roles["indicator"]], "measures": ", ".join(row["measures"])},
            name,
            row["__row"],
            roles["measured_in"],
            marked("one unit for a series."),
        )
        for row in found.to_dicts()
        if len(row["measures"]) > 1
    ]


def _filled(shape: tuple[int, int, int], where: tuple[Places, Places, Places], values: Floats) -> Floats:
    table = np.full(shape, np.nan)
    table[where] = values
    return table


def _groups(
    frame: "pl.DataFrame", layout: Layout, shape: tuple[int, int, int], where: tuple[Places, Places, Places]
) -> dict[str, Labels]:
    labels: dict[str, Labels] = {}
    for column in layout.groups:
        if column in frame.columns:
            words = np.array([str(cell or "").strip() for cell in frame[column].to_list()] or [""])
            labels[column] = np.full(shape[:2], "", words.dtype)
            labels[column][where[:2]] = words
    return labels


def _names(frame: "pl.DataFrame", roles: Mapping[str, str]) -> dict[str, str]:
    if "name" not in roles:
        return {}
    pairs = frame.select(roles["unit"], roles["name"]).unique(maintain_order=True)
    return {str(code): str(name) for code, name in pairs.iter_rows() if code and name}


def _flagged(
    cube: Cube, frame: "pl.DataFrame", roles: Mapping[str, str], where: tuple[Places, Places, Places]
) -> Cube:
    """The cube with the flags the file gives; a value that is there is not missing, whatever its flag says."""
    given = np.zeros(cube.flags.shape, np.uint16)
    given[where] = flags(frame, roles["flag"])
    missing = np.isnan(cube.values)
    said = given & np.uint16(0xFFFF ^ int(Flag.MISSING))
    return replace(cube, flags=np.where(missing, np.uint16(Flag.MISSING), said))
