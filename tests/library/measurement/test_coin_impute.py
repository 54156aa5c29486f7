"""Imputation equal to the peer's."""

import numpy as np
import pytest

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from coin import after, assert_same, meta, number, rows, source, table
from shared import needs_shared

pytestmark = needs_shared

ACROSS_UNITS = {
    "col_mean": {"method": "mean"},
    "col_median": {"method": "median"},
    "grp_mean_GDP_group": {"method": "mean", "group": "GDP_group"},
    "grp_median_EurAsia_group": {"method": "median", "group": "EurAsia_group"},
    "row_mean_normfirst": {"method": "row_mean"},
    "row_mean_normfirst_level2": {"method": "row_mean", "level": 2},
}
OVER_TIME = {
    "latest": ("panel_input", {"method": "latest"}),
    "latest_maxtime1": ("panel_input", {"method": "latest", "max_gap": 1}),
    "constant": ("panel_input", {"method": "constant"}),
    "linear-constant": ("panel_input", {"method": "linear"}),
    "linear": ("panel_linear_input", {"method": "linear"}),
}


@pytest.mark.parametrize("name", ACROSS_UNITS)
def test_gaps_are_filled_as_by_the_peer(name):
    found = after(source(), {"step": "impute", **ACROSS_UNITS[name]})
    assert_same(found.values[0], table(f"impute/{name}.csv", list(meta()))[1])


def panel_of(name):
    found = rows(f"impute/{name}.csv")
    codes = list(found[0])[2:]
    periods, units = sorted({row["Time"] for row in found}), sorted({row["uCode"] for row in found})
    cells = {(row["Time"], row["uCode"]): [number(row[code]) for code in codes] for row in found}
    return Cube.of(
        np.array([[cells[period, unit] for unit in units] for period in periods]), units, codes, periods
    )


@pytest.mark.parametrize("name", OVER_TIME)
def test_gaps_over_time_are_filled_as_by_the_peer(name):
    file, settings = OVER_TIME[name]
    cube = panel_of(file)
    specification = Specification.of(
        {
            "index": {"code": "X"},
            "indicators": [{"code": code, "parent": "X"} for code in cube.indicators],
            "steps": [{"step": "impute", **settings}],
        }
    )
    found = Index(specification).compute(cube).cube
    assert_same(found.values, panel_of(f"panel_{name}").values)
    filled = np.isnan(cube.values) & ~np.isnan(found.values)
    how = (found.flags & int(Flag.CARRIED | Flag.INTERPOLATED)) != 0
    np.testing.assert_array_equal(how, filled)
