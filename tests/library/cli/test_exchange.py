"""`actionlines import` and `actionlines export`: other formats in and out, nothing half-written."""

import json

import pytest

from actionlines.cli import main
from actionlines.formats.tabular import read_entries

TABLE = (
    "id,title,description,country,year,lines,targets,language\n"
    "1,Farm radio,Farmers learn of prices.,SEN,2015,C7-AGR,2.3,en\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "entries.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def activities(tmp_path, table, capsys):
    path = tmp_path / "activities.xml"
    assert main(["export", "iati", str(table), "--out", str(path), "--publisher", "XI-TEST"]) == 0
    assert capsys.readouterr() == ("", "")
    return path


def run(capsys, *words):
    status = main(list(map(str, words)))
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("form", ["iati", "auto"])
def test_exported_entries_come_back_as_the_same_table(capsys, tmp_path, table, activities, form):
    out = tmp_path / "back.csv"
    status, said, err = run(capsys, "import", form, activities, "--out", out)
    assert (status, err) == (0, "")
    assert said == f"activities.xml: 1 records, 1 entries, 0 refused\nwritten: {out}\n"
    first, second = read_entries(table).entries[0], read_entries(out).entries[0]
    assert first == second


def test_dry_run_says_all_in_json_and_writes_nothing(capsys, tmp_path, activities):
    text = activities.read_text(encoding="utf-8")
    activities.write_text(
        text.replace("</iati-activities>", "<iati-activity/></iati-activities>"), encoding="utf-8"
    )
    out = tmp_path / "back.csv"
    status, said, _ = run(capsys, "import", "iati", activities, "--dry-run", "--format", "json", "--out", out)
    answer = json.loads(said)
    assert (status, out.exists()) == (1, False)
    assert (answer["records"], answer["entries"], answer["refused"], answer["written"]) == (2, 1, 1, None)
    (problem,) = answer["problems"]
    assert (problem["severity"], problem["column"]) == ("error", "iati-identifier")


def test_auto_reads_a_table(capsys, table):
    assert run(capsys, "import", "auto", table)[:2] == (0, "entries.csv: 1 records, 1 entries, 0 refused\n")


def test_warnings_are_said_and_do_not_fail(capsys, activities):
    text = activities.read_text(encoding="utf-8")
    activities.write_text(text.replace('code="2.3"', 'code="2.99"'), encoding="utf-8")
    status, _, err = run(capsys, "import", "iati", activities)
    assert status == 0
    assert err.startswith("actionlines: warning: activities.xml, row ")


@pytest.mark.parametrize("words", [("import", "iati"), ("import", "auto"), ("export", "iati")])
def test_missing_file_is_bad_input(capsys, tmp_path, words):
    status, out, err = run(capsys, *words, tmp_path / "none.xml")
    assert (status, out) == (2, "")
    assert "there is no such file" in err


def test_table_with_a_fault_is_not_exported(capsys, tmp_path, table):
    table.write_text(TABLE.replace("2015", "soon"), encoding="utf-8")
    out = tmp_path / "a.xml"
    status, _, err = run(capsys, "export", "iati", table, "--out", out)
    assert (status, out.exists()) == (2, False)
    assert "column year" in err
