"""The command `check`."""

import json

import pytest

from actionlines.cli import main
from actionlines.formats.tabular import read_table


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text(
        "economy,year,series,value\nSEN,2020,IT_MOB_2GNTWK,90\nSEN,2020,IT_MOB_3GNTWK,95\nSEN,2021,IT_MOB_2GNTWK,<b>\n",
        encoding="utf-8",
    )
    return path


def test_findings_as_json_with_what_was_looked_at(file, capsys):
    assert main(["check", str(file), "--as", "ict-statistics", "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["findings"] == [
        {
            "rule": "3g-above-2g",
            "severity": "error",
            "economy": "SEN",
            "period": "2020",
            "breakdown": "",
            "values": {"IT_MOB_2GNTWK": 90.0, "IT_MOB_3GNTWK": 95.0},
            "message": "IT_MOB_3GNTWK is 95.0, above IT_MOB_2GNTWK, which is 90.0.",
        }
    ]
    assert said["checked"]["3g-above-2g"] == {"cases": 1, "findings": 1, "fires": "5 of 1,546 (SDG 2020)"}
    assert len(said["problems"]) == 1
    assert "f.csv, row 4, column value: “<b>” is not a number." in said["problems"][0]


def test_html_escapes_and_names_every_finding(file, tmp_path):
    out = tmp_path / "out.html"
    assert main(["check", str(file), "--as", "ict-statistics", "--format", "html", "--out", str(out)]) == 1
    text = out.read_text(encoding="utf-8")
    assert text.count("<tr>") == 2
    assert "&lt;b&gt;" in text
    assert "<b>" not in text


def test_xlsx_holds_a_row_for_each_finding(file, tmp_path):
    out = tmp_path / "out.xlsx"
    assert main(["check", str(file), "--as", "ict-statistics", "--format", "xlsx", "--out", str(out)]) == 1
    table = read_table(out)
    assert [row.cells[1] for row in table.rows] == ["3g-above-2g"]


def test_a_file_without_a_finding_ends_with_status_0(tmp_path, capsys):
    path = tmp_path / "f.csv"
    path.write_text("economy,year,series,value\nSEN,2020,IT_MOB_2GNTWK,90\n", encoding="utf-8")
    assert main(["check", str(path), "--as", "ict-statistics"]) == 0
    assert capsys.readouterr().out.endswith("1 rows, 0 without a value, 0 findings\n")


def test_bad_input_is_named(tmp_path, file, capsys):
    assert main(["check", str(tmp_path / "none.csv"), "--as", "ict-statistics"]) == 2
    assert main(["check", str(file), "--as", "ict-statistics", "--format", "xlsx"]) == 2
    assert "--format xlsx needs --out FILE.xlsx." in capsys.readouterr().err
