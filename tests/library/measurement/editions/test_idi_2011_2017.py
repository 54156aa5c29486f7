"""The old index: the worked example of 2011, and recomputations from other sources than ITU's annexes."""

from collections import defaultdict

import numpy as np
import pytest

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.files.editions import edition
from actionlines.measurement.index import Index
from actionlines.measurement.ranking import ranks
from library.measurement.editions.published import old_scores, rows, worked
from shared import needs_shared

pytestmark = needs_shared


@pytest.fixture
def korea() -> Cube:
    """The Republic of Korea in 2010, as Annex Box 1.2 of the report of 2011 prints it."""
    specification = edition("idi-2011")
    example = {row["indicator"]: row for row in worked("ITU MIS 2011")}
    codes = [one.code for one in specification.tree.indicators]
    values = np.array([[float(example[code]["value"]) for code in codes]])
    return Cube.of(values, ["KOR"], codes, ["2011"])


def test_normalised_values_are_those_of_the_worked_example(korea: Cube) -> None:
    result = Index(edition("idi-2011")).compute(korea)
    printed = {row["indicator"]: float(row["score"]) for row in worked("ITU MIS 2011")}
    ours = {code: result.scores(code)[0, 0] / 10 for code in korea.indicators}
    assert {code: round(value, 2) for code, value in ours.items()} == {
        code: printed[code] for code in korea.indicators
    }


def test_access_of_the_worked_example_is_the_printed_one(korea: Cube) -> None:
    result = Index(edition("idi-2011")).compute(korea)
    # The mean of the five values as printed, 0.99, 0.62, 0.75, 0.82 and 0.97, is 0.83; the box prints 0.82.
    assert result.scores("access")[0, 0] == pytest.approx(8.29, abs=0.01)


def test_index_of_the_worked_example_is_what_its_erratum_says(korea: Cube) -> None:
    specification = edition("idi-2011")
    assert Index(specification).compute(korea).published()[0, 0] == 8.44
    other = specification.changed(("indicators.mobile_subs_per100.goalposts", [0, 180]))
    assert Index(other).compute(korea).published()[0, 0] == 8.41
    assert "8.44" in " ".join(specification.errata)


def test_value_above_its_reference_counts_as_the_reference(korea: Cube) -> None:
    result = Index(edition("idi-2011")).compute(korea)
    assert result.scores("secondary_ger_pct")[0, 0] == 10.0


@pytest.mark.parametrize(
    ("year", "reference", "schooling"),
    [("2011", 5.45, False), ("2015", 5.98, False), ("2016", 5.99, True), ("2017", 6.33, True)],
)
def test_edition_has_its_bandwidth_reference_and_its_proxy_of_skills(
    year: str, reference: float, schooling: bool
) -> None:
    tree = edition(f"idi-{year}").tree
    assert tree.by_code["intl_bandwidth_bits_per_user"].goalposts == (0.0, reference)
    assert ("mean_years_schooling" in tree.by_code, "adult_literacy_pct" in tree.by_code) == (
        schooling,
        not schooling,
    )


@pytest.mark.parametrize("year", ["2011", "2015", "2016", "2017"])
def test_effective_weights_are_those_of_the_method(year: str) -> None:
    shares = edition(f"idi-{year}").tree.effective_weights()
    leaves = [one.code for one in edition(f"idi-{year}").tree.indicators]
    expected = [0.4 / 5] * 5 + [0.4 / 3] * 3 + [0.2 / 3] * 3
    assert [shares[code] for code in leaves] == pytest.approx(expected)


# Where the shared data have an indicator of the old index: file, column of the code, its code, column of the
# economy, and how many years away from the wanted one a value may be.
SOURCES = {
    "fixed_tel_subs_per100": ("itu_wti_2000_2018_jun2019.csv", "fixed_tel_subs_per100", 0),
    "mobile_subs_per100": ("itu_wti_2000_2018_jun2019.csv", "mobile_subs_per100", 0),
    "fixed_bb_subs_per100": ("itu_wti_2000_2018_jun2019.csv", "fixed_bb_subs_per100", 0),
    "individuals_internet_pct": ("itu_wti_2000_2018_jun2019.csv", "individuals_internet_pct", 0),
    "mobile_bb_subs_per100": ("wb_data360_itu_dh.csv", "ITU_DH_ACT_MOB_PER_100", 1),
    "intl_bandwidth_bits_per_user": ("wb_data360_itu_dh.csv", "ITU_DH_INT_BAND_PER_CAP", 1),
    "households_computer_pct": ("itu_core_household_latest.csv", "HH4", 9),
    "households_internet_pct": ("itu_core_household_latest.csv", "HH6", 9),
    "secondary_ger_pct": ("uis_education_2012_2018.csv", "GER_2T3", 4),
    "tertiary_ger_pct": ("uis_education_2012_2018.csv", "GER_5T8", 4),
    "adult_literacy_pct": ("uis_education_2012_2018.csv", "LR_AG15T99", 4),
}


def nearest(file: str, code: str, year: int, width: int) -> dict[str, float]:
    """Economy to its positive value of the nearest year; later years before earlier ones."""
    found: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for row in rows(file):
        economy = row.get("economy_iso3") or row["ref_area"]
        own = row.get("indicator") or row["core_code"]
        value = row.get("value") or row.get("value_pct") or "nan"
        away = int(row["year"]) - year
        if own == code and abs(away) <= width and float(value) > 0:
            found[economy].append((abs(away), -away, float(value)))
    return {economy: min(values)[2] for economy, values in found.items()}


def test_index_2015_from_other_sources_orders_economies_as_the_published_one() -> None:
    """The inputs ITU used were not kept: later vintages and other years differ, the order should not."""
    specification = edition("idi-2015")
    series = {code: nearest(file, own, 2014, width) for code, (file, own, width) in SOURCES.items()}
    published = old_scores("2015")
    units = sorted(published)
    values: Floats = np.array(
        [
            [
                series[one.code].get(unit, 99.0 if one.code == "adult_literacy_pct" else np.nan)
                for one in specification.tree.indicators
            ]
            for unit in units
        ]
    )
    cube = Cube.of(values, units, [one.code for one in specification.tree.indicators], ["2015"])
    ours = Index(specification).compute(cube).scores()[0]
    there = ~np.isnan(ours)
    theirs = np.array([published[unit] for unit in units])
    assert there.sum() == 73
    assert np.median(np.abs(ours - theirs)[there]) < 0.22
    assert np.corrcoef(ranks(ours[there]), ranks(theirs[there]))[0, 1] > 0.97
