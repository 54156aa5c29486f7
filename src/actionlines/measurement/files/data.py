"""Read the data of an index: one table in, a cube out, or every fault at once with row and column."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from actionlines.measurement.arrangement import arranged, series_of
from actionlines.measurement.cube import Cube
from actionlines.measurement.files.frame import read_frame
from actionlines.measurement.files.layout import Layout
from actionlines.measurement.files.long import long_cube
from actionlines.measurement.files.wide import wide_cube
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError, Problem, marked

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Data:
    """What was read.

    Attributes:
        cube: the values; unused: series of a long file that the specification does not name.
    """

    cube: Cube
    unused: tuple[str, ...] = ()


def read_data(path: Path, specification: Specification | None = None, layout: Layout | None = None) -> Data:
    """The data in a file: csv, SDMX-CSV, parquet or the first sheet of a workbook.

    A file is long, one row for each value, when it has a column of indicators and one of values; else it is wide,
    one row for each unit and period and one column for each series. A column `<code>_se` of a wide file holds
    standard errors.

    Args:
        specification: whose series are read; None for all there are.
        layout: where things stand; default as the specification says.

    Raises:
        InputError: every fault at once: unknown or missing columns, text in a number, a value that stands twice, a
            series in two units of measurement, …
    """
    layout = layout or (specification.layout if specification else Layout())
    frame = read_frame(path)
    return data_of(frame, path.name, specification, layout)


def data_of(
    frame: "pl.DataFrame", name: str, specification: Specification | None = None, layout: Layout | None = None
) -> Data:
    """The data in a frame, as `read_data` reads a file; `name` is how problems call it."""
    layout = layout or (specification.layout if specification else Layout())
    wanted = series_of(specification) if specification else None
    frame = _filtered(frame, name, layout)
    roles = layout.roles(frame.columns)
    if "unit" not in roles:
        fault = marked("no column says which unit a row is about.")
        expected = marked("a column named economy_iso3, unit, REF_AREA, … or said under [data.columns].")
        raise InputError([Problem(fault, {}, name, 1, expected=expected)])
    if "indicator" in roles and "value" in roles:
        cube, unused = long_cube(frame, name, roles, layout, wanted)
    else:
        cube, unused = wide_cube(frame, name, roles, layout, wanted), []
    if specification is not None and wanted is not None:
        _check_series(cube, name, wanted, unused)
        cube = arranged(cube, specification)
    return Data(cube, tuple(unused))


def _filtered(frame: "pl.DataFrame", name: str, layout: Layout) -> "pl.DataFrame":
    import polars as pl

    absent = [column for column in layout.where if column not in frame.columns]
    if absent:
        fault = marked("no column named %(columns)s.")
        raise InputError([Problem(fault, {"columns": ", ".join(absent)}, name, 1)])
    frame = frame.with_row_index("__row", offset=2)
    for column, value in layout.where.items():
        frame = frame.filter(pl.col(column).cast(pl.String) == value)
    return frame


def _check_series(cube: Cube, name: str, wanted: Collection[str], unused: Collection[str]) -> None:
    absent = [code for code in wanted if code not in cube.column]
    if absent:
        fault = marked("there is no series %(absent)s.")
        values = {"absent": ", ".join(absent), "found": ", ".join(unused) or "–"}
        expected = marked("every series of the specification; found and not used: %(found)s.")
        raise InputError([Problem(fault, values, name, expected=expected)])
