"""Every file of the trade at hand is recognised by what it holds, and imported to what a careful person would enter."""

import csv
import json

import pytest

from actionlines.cli import main
from shared import SHARED, needs_shared

pytestmark = needs_shared
FILES = SHARED / "data" / "interchange"


def imported(capsys, path, *more):
    status = main(["import", "auto", str(FILES / path), "--format", "json", *more])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("path", "entries", "warnings"),
    [
        ("iati/gac-canada-bilingual-2.03.xml", 1, 7),
        ("iati/ec-intpa-sdg-tags-noversion.xml", 1, 2),
        ("iati/caf-es-sdg-tags-30acts.xml", 30, 0),
        ("projects/aiddata-lithuania-2009-projects.xlsx", 73, 5),
        ("iati/aiddata-senegal-1.04-fr-text-60acts.xml", 60, 61),
    ],
)
def test_activities_and_projects_become_entries(capsys, path, entries, warnings):
    status, said = imported(capsys, path, "--dry-run")
    assert (status, said["entries"], said["refused"], said["written"]) == (0, entries, 0, None)
    assert [one["severity"] for one in said["problems"]] == ["warning"] * warnings


@pytest.mark.parametrize(
    ("path", "form", "records", "status", "more"),
    [
        ("sdg-nso/kgz-17.8.1.xlsx", "statistics", 162, 0, ("--economy", "KGZ")),
        ("sdg-nso/kgz-17.8.1.expected-sdmx.xml", "sdmx-ml", 162, 0, ()),
        ("sdg-nso/can/indicator_17-8-1.csv", "open-sdg", 165, 0, ()),
        ("sdg-nso/can/indicator_9-c-1.csv", "open-sdg", 24, 0, ()),
        ("sdmx/wb-data360-itu-bandwidth-sdmxcsv2-extract.csv", "sdmx-csv", 213, 0, ()),
        ("un-sdg/Data_5.b.1_IT_MOB_OWN.xlsx", "statistics", 406, 0, ()),
        ("itu/Individuals_Internet_2000-2018_Jun2019.xls", "statistics", 3798, 0, ()),
        ("wdi/API_NY.GDP.MKTP.CD_DS2_en_csv_v2_247793.csv", "statistics", 12089, 0, ()),
        ("sdg-nso/can/indicator-config-17-8-1.yml", "open-sdg-words", 35, 0, ()),
        ("sdg-nso/can/meta-en-17-8-1.yml", "open-sdg-words", 20, 0, ()),
        ("sdg-nso/can/meta-fr-17-8-1.yml", "open-sdg-words", 21, 0, ()),
        ("sdg-nso/can/translations-fr-data.yml", "open-sdg-words", 2146, 0, ()),
        ("hxl/rowca-3w-hxl.csv", "hxl", 244, 0, ()),
    ],
)
def test_data_are_recognised_and_counted(capsys, path, form, records, status, more):
    found, said = imported(capsys, path, *more)
    assert (found, said["format"], said["records"]) == (status, form, records)


def counts(capsys, path, *more):
    return imported(capsys, path, *more)[1]["counts"]


def test_aggregates_are_told_from_economies(capsys):
    data360 = counts(capsys, "sdmx/wb-data360-itu-bandwidth-sdmxcsv2-extract.csv")
    assert (data360["economies"], data360["areas that are no economies"]) == (8, ["SSF", "WLD"])
    assert data360["labels"]["REF_AREA"]["CIV"] == "Cote d'Ivoire"
    wdi = counts(capsys, "wdi/API_NY.GDP.MKTP.CD_DS2_en_csv_v2_247793.csv")
    assert (wdi["areas in the table"], wdi["first period"], wdi["last period"]) == (264, "1960", "2018")
    assert "NAM" not in wdi["areas that are no economies"]


def test_empty_rows_of_the_sdg_database_are_no_zeros(capsys):
    found = counts(capsys, "un-sdg/Data_5.b.1_IT_MOB_OWN.xlsx")
    assert (found["economies"], found["cells that say there is no value"]) == (69, 3314)
    assert (found["first period"], found["last period"]) == ("2014", "2017")


def test_headline_of_an_indicator_is_its_blank_rows(capsys):
    found = counts(capsys, "sdg-nso/can/indicator_17-8-1.csv")
    assert [row["Value"] for row in found["headline"]] == ["91.3", "92.3", "94.5"]
    assert found["years"] == ["2018", "2020", "2022"]


def test_untagged_columns_of_hxl_are_kept_under_their_header(capsys, tmp_path):
    out = tmp_path / "out.csv"
    _, said = imported(capsys, "hxl/rowca-3w-hxl.csv", "--out", str(out))
    assert said["counts"]["columns with a hashtag"] == 8
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len([row for row in rows if row["#country"] == "Mali"]) == 132
    assert len([row for row in rows if row["#country"] == "Senegal"]) == 112
    assert rows[0]["ProjectCode"] == "MLI-14/E/65276"


def test_unnamed_column_is_refused_and_named(capsys):
    _, said = imported(capsys, "itu/Individuals_Internet_2000-2018_Jun2019.xls")
    assert said["problems"][0]["column"] == "U2"
    assert {one["severity"] for one in said["problems"]} == {"warning"}


def test_table_that_does_not_say_its_economy_is_refused(capsys):
    path = str(FILES / "sdg-nso" / "kgz-17.8.1.xlsx")
    assert main(["import", "auto", path]) == 2
    assert "--economy KGZ" in capsys.readouterr().err


def test_compare_says_which_ten_figures_differ_and_by_how_much(capsys):
    left, right = FILES / "sdg-nso" / "kgz-17.8.1.xlsx", FILES / "sdg-nso" / "kgz-17.8.1.expected-sdmx.xml"
    status = main(["compare", str(left), str(right), "--economy", "KGZ", "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert (status, said["equal"], said["only_left"], said["only_right"]) == (1, 152, [], [])
    found = {(one["INCOME_WEALTH_QUANTILE"], one["TIME_PERIOD"]): one["by"] for one in said["different"]}
    assert set(found) == {(f"Q{place}", year) for place in range(1, 6) for year in ("2020", "2023")}
    assert found["Q4", "2023"] == "1.2690694087274"
    assert found["Q1", "2020"] == "-0.012512234411"


def test_compare_of_a_file_with_itself_finds_nothing(capsys):
    path = str(FILES / "sdg-nso" / "kgz-17.8.1.expected-sdmx.xml")
    assert main(["compare", path, path]) == 0
    assert capsys.readouterr().out.startswith("162 equal, 0 differ")
