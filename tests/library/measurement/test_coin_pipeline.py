"""The whole ASEM index, stage by stage, equal to the peer's."""

import numpy as np
import pytest

from actionlines.measurement.cube import Flag
from actionlines.measurement.index import Index
from coin import EXAMPLE, assert_same, meta, panel, rows, source, specification, table
from shared import needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def result():
    return Index(specification(*EXAMPLE)).compute(source())


@pytest.mark.parametrize(
    ("step", "file"),
    [
        ("denominate", "denominated"),
        ("impute", "imputed"),
        ("screen", "screened"),
        ("treat", "treated"),
        ("normalise", "normalised"),
    ],
)
def test_stage_has_the_peers_values(result, step, file):
    units, wanted = table(f"pipeline/{file}.csv", list(meta()))
    cube = result.stage(step).result.cube
    assert list(cube.units) == units
    assert_same(cube.values[0], wanted)


def test_every_element_has_the_peers_scores(result):
    codes = list(rows("pipeline/aggregated.csv")[0])[1:]
    _, wanted = table("pipeline/aggregated.csv", codes)
    assert_same(np.stack([result.scores(code)[0] for code in codes], axis=-1), wanted)


def test_screening_counts_missing_and_zero_as_the_peer(result):
    from actionlines.measurement.steps.screen import availability

    counts = availability(result.stage("impute").result.cube)
    wanted = table("pipeline/screen_summary.csv", ["N_missing", "N_zero", "Dat_Avail", "Non_Zero"])[1]
    found = [counts.missing[0], counts.zero[0], counts.available[0], counts.nonzero[0]]
    assert_same(np.stack(found, axis=-1), wanted)


def test_flags_name_the_winsorised_points(result):
    marks = [[row[code] for code in meta()] for row in rows("pipeline/treat_points.csv")]
    winsorised = np.vectorize(lambda mark: mark in ("winhi", "winlo"))(np.array(marks))
    flags = result.stage("treat").result.flags[0]
    np.testing.assert_array_equal((flags & int(Flag.WINSORISED)) != 0, winsorised)


def test_lineage_of_every_indicator_is_the_peers(result):
    for row in rows("pipeline/lineage.csv"):
        assert result.tree.lineage(row["Indicator"]) == (
            row["Indicator"],
            row["Pillar"],
            row["Sub-index"],
            row["Index"],
        )


@pytest.mark.parametrize(("file", "pooled"), [("globalnorm", True), ("localnorm", False)])
def test_panel_has_the_peers_scores(file, pooled):
    steps = (
        {"step": "screen", "available": 0.9},
        {"step": "treat"},
        {"step": "normalise", "pooled": pooled},
        {"step": "aggregate"},
    )
    result = Index(specification(*steps)).compute(panel())
    wanted = rows(f"panel/aggregated_{file}.csv")
    codes = list(wanted[0])[2:]
    place = {(row["Time"], row["uCode"]): row for row in wanted}
    included = 0
    for row, period in enumerate(result.cube.periods):
        for column, unit in enumerate(result.cube.units):
            found = [result.scores(code)[row, column] for code in codes]
            if (period, unit) in place:
                included += 1
                assert_same(found, [float(place[period, unit][code]) for code in codes])
            else:
                assert np.isnan(found).all()
    assert included == len(wanted) == 230


def test_panel_normalised_over_all_years_has_the_peers_values():
    steps = ({"step": "screen", "available": 0.9}, {"step": "treat"}, {"step": "normalise", "pooled": True})
    cube = Index(specification(*steps)).compute(panel()).cube
    wanted = rows("panel/normalised_globalnorm_first10.csv")
    codes = list(wanted[0])[2:]
    for row in wanted:
        where = cube.periods.index(row["Time"]), cube.units.index(row["uCode"])
        found = [cube.series(code)[where] for code in codes]
        assert_same(found, [float(row[code]) if row[code] else np.nan for code in codes])
