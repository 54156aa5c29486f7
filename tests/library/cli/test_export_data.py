"""`actionlines export sdmx`, `open-sdg` and `skos`."""

import csv

import pytest
import yaml

from actionlines.cli import main
from actionlines.formats.sdmx import read_sdmx_csv, read_sdmx_ml, read_structures, sdg_structure
from shared import SHARED, needs_shared

NSO = SHARED / "data" / "interchange" / "sdg-nso"
TABLE = NSO / "kgz-17.8.1.xlsx"
LONG = (
    "economy,series,year,sex,value\n"
    "AFG,i99H,2020,,18.4\nAFG,i99H,2020,F,9.5\nNAM,i99H,2020,,51\nNAM,i99H,2020,F,50\nNAM,i271,2020,,1\n"
)


@pytest.fixture
def long(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(LONG, encoding="utf-8")
    return path


@needs_shared
@pytest.mark.parametrize("form", ["csv-1.0", "csv-2.0", "ml-2.1", "ml-2.1-generic", "ml-3.0"])
def test_table_of_an_office_becomes_sdmx(tmp_path, form):
    out = tmp_path / "out"
    assert main(["export", "sdmx", str(TABLE), "--economy", "KGZ", "--form", form, "--out", str(out)]) == 0
    read = read_sdmx_csv if form.startswith("csv") else read_sdmx_ml
    records = list(read(out).records)
    assert len(records) == 162
    wanted = {"REF_AREA": "KG", "INCOME_WEALTH_QUANTILE": "Q5", "TIME_PERIOD": "2023", "AGE": "Y_GE15"}
    (found,) = [one for one in records if wanted.items() <= one.items()]
    assert found["OBS_VALUE"] == "88.5810267290857"


def test_area_is_three_digits_and_what_has_no_code_is_told(long, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert main(["export", "sdmx", str(long), "--out", str(out)]) == 1
    records = list(read_sdmx_csv(out).records)
    assert [(one["REF_AREA"], one["SEX"], one["OBS_VALUE"]) for one in records] == [
        *(("004", "_T", "18.4"), ("004", "F", "9.5"), ("516", "_T", "51"), ("516", "F", "50"))
    ]
    assert {one["REPORTING_TYPE"] for one in records} == {"G"}
    assert "i271 is no series of the SDG structure" in capsys.readouterr().err


@needs_shared
def test_repository_of_open_sdg_has_data_metadata_and_words(tmp_path):
    out = tmp_path / "repository"
    assert main(["export", "open-sdg", str(TABLE), "--economy", "KGZ", "--out", str(out)]) == 0
    with (out / "data" / "indicator_17-8-1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (next(iter(rows[0])), list(rows[0])[-1], len(rows)) == ("Year", "Value", 162)
    headline = [row for row in rows if not any(row[name] for name in list(row)[1:-1])]
    assert [(row["Year"], row["Value"]) for row in headline][:3] == [
        *(("2018", "62.8"), ("2019", "64.0891208714124"), ("2020", "72"))
    ]
    french = yaml.safe_load((out / "meta" / "fr" / "17-8-1.yml").read_text(encoding="utf-8"))
    assert (french["SDG_GOAL"], french["SDG_TARGET"]) == ("17", "17.8")
    assert (
        yaml.safe_load((out / "translations" / "fr" / "data.yml").read_text(encoding="utf-8"))["F"]
        == "Femmes"
    )
    build = yaml.safe_load((out / "config_data.yml").read_text(encoding="utf-8"))
    assert build["inputs"][0]["dtype"]["REF_AREA"] == "str"
    assert build["languages"] == ["ar", "en", "es", "fr", "ru", "zh"]


def test_two_economies_have_no_whole(long, tmp_path):
    out = tmp_path / "repository"
    assert main(["export", "open-sdg", str(long), "--out", str(out)]) == 1
    text = (out / "data" / "indicator_17-8-1.csv").read_text(encoding="utf-8")
    assert text.splitlines() == [
        *("Year,REF_AREA,SEX,Value", "2020,004,,18.4", "2020,004,F,9.5", "2020,516,,51", "2020,516,F,50")
    ]


def test_folder_that_is_there_stays_as_it_is(long, tmp_path, capsys):
    assert main(["export", "open-sdg", str(long), "--out", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["long.csv"]


def test_file_of_entries_holds_no_figures(tmp_path, capsys):
    path, out = tmp_path / "entries.csv", tmp_path / "out.csv"
    path.write_text("title,description\na,b\n", encoding="utf-8")
    assert main(["export", "sdmx", str(path), "--out", str(out)]) == 2
    assert "holds no figures" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("form", "start"), [("turtle", "@prefix skos:"), ("json-ld", '{\n "@context"')])
def test_framework_is_written_as_skos(capsys, form, start):
    assert main(["export", "skos", "sdg", "--as", form]) == 0
    said = capsys.readouterr().out
    assert said.startswith(start)
    assert "http://metadata.un.org/sdg/C170801" in said


def test_sdg_structure_is_written(tmp_path):
    out = tmp_path / "structure.xml"
    assert main(["export", "sdmx-structure", "--out", str(out)]) == 0
    assert read_structures(out)[0].columns == sdg_structure().columns


def test_any_file_of_data_becomes_parquet_and_comes_back_as_a_table(long, tmp_path, capsys):
    out, back = tmp_path / "out.parquet", tmp_path / "back.csv"
    assert main(["export", "parquet", str(long), "--out", str(out)]) == 0
    assert main(["import", "auto", str(out), "--out", str(back)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "out.parquet: parquet, 5 records"
    with back.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["economy"], row["breakdown"], row["value"]) for row in rows][:2] == [
        ("AFG", "", "18.4"),
        ("AFG", "sex=F", "9.5"),
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_unknown_framework_is_refused_with_those_there_are(capsys):
    assert main(["export", "skos", "mdg"]) == 2
    assert "there is no framework or crosswalk mdg. Expected: one of" in capsys.readouterr().err
