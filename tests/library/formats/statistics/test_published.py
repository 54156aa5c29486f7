"""Tables as agencies and offices publish them."""

from dataclasses import replace

import pytest

from actionlines.formats.statistics import read_mapped, recognise
from actionlines.formats.tabular import read_grid
from shared import SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"


def read(path, **said):
    grid = read_grid((DATA / path).read_bytes(), path.rpartition("/")[2])
    mapping = replace(recognise(grid), **said)
    return mapping, read_mapped(grid, mapping)


def test_internet_users_of_itu_keep_their_sources_and_leave_the_nameless_column():
    mapping, found = read("interchange/itu/Individuals_Internet_2000-2018_Jun2019.xls")
    assert (mapping.layout, mapping.house, mapping.series) == ("wide", "ITU", "i99H")
    first = found.observations[0]
    assert (first.economy, first.period, first.source, first.flag) == ("AFG", "2001", "ITU estimate.", "E")
    assert len(found.observations) == 3798
    said = [str(problem) for problem in found.problems]
    assert said[0].endswith(
        "column U2: the column has no name (a merged header?): its 228 cells are left out."
    )
    assert [problem.values["said"] for problem in found.problems[1:]] == ["Ascension"]


def test_export_of_the_un_sdg_database_gives_a_value_for_each_sex():
    mapping, found = read("interchange/un-sdg/Data_5.b.1_IT_MOB_OWN.xlsx")
    assert mapping.house == "UN SDG"
    assert len(found.observations) == 406
    assert len({one.economy for one in found.observations}) == 69
    assert {one.breakdown for one in found.observations} == {"", "sex=F", "sex=M"}
    assert ({one.period for one in found.observations}, found.empty) == (
        {"2014", "2015", "2016", "2017"},
        3314,
    )


def test_table_of_a_national_office_is_read_with_its_breakdowns():
    mapping, found = read("interchange/sdg-nso/kgz-17.8.1.xlsx", economy="KGZ")
    assert (mapping.layout, mapping.series) == ("labels", "i99H")
    assert len(found.observations) == 162
    by_part = {one.breakdown for one in found.observations}
    assert len(by_part) == 27
    assert {
        "",
        "sex=F",
        "sex=M",
        "area=U",
        "area=R",
        "territory=Djalal-Abad oblast",
        "wealth=Poorest",
    } <= by_part
    assert [problem.place for problem in found.problems] == ["kgz-17.8.1.xlsx, row 38, column C38"]


def test_indicators_of_the_world_bank_leave_groups_of_economies_out():
    mapping, found = read("interchange/wdi/API_NY.GDP.MKTP.CD_DS2_en_csv_v2_247793.csv")
    assert (mapping.house, mapping.header, len(mapping.years)) == ("WDI", 5, 59)
    said = {problem.values["said"] for problem in found.problems}
    assert "ARB" in said
    assert "NAM" not in said
    assert "NY.GDP.MKTP.CD" in said


def test_mislabelled_unit_of_data360_is_told_once():
    mapping, found = read("interchange/sdmx/wb-data360-itu-bandwidth-sdmxcsv2-extract.csv")
    assert (mapping.house, len(found.observations)) == ("Data360", 166)
    assert "NAM" in {one.economy for one in found.observations}
    assert [problem.values["said"] for problem in found.problems] == ["KBPS", "SSF", "WLD"]


@pytest.mark.parametrize(
    ("path", "observations"),
    [
        ("ict/itu_wti_2000_2018_jun2019.csv", 26195),
        ("ict/sdg_ict_series_2020-10.csv", 28383),
        ("ict/idi_new_inputs_2023_2025.csv", 4750),
        ("ict/itu_core_household_latest.csv", 1606),
    ],
)
def test_long_table_is_read_whole(path, observations):
    assert len(read(path)[1].observations) == observations
