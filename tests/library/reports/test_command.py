"""`actionlines report contribution`: files in, reports out, and nothing half-written."""

import argparse
import json
import os
import sys
import zipfile

import pytest

from actionlines.cli import report as command
from actionlines.problems import InputError
from library.reports.cases import LINKS, wsis

TABLE = """id,title,description,organisation,country,year,action_line,language
p1,Telecentres,Rooms with computers.,ITU,KEN,2018,C2,en
p2,Santé,Des médecins à distance.,Ministère de la santé,SEN,2020,C7-HEA,fr
"""


@pytest.fixture(autouse=True)
def aligned(monkeypatch):
    """Links to what the owner declared only: the aligner has tests of its own."""

    def align(text, *, language="", lines=(), targets=()):
        return [wsis(line) for line in lines]

    monkeypatch.setattr(command, "align", align)


def run(*arguments):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["report", "contribution", *map(str, arguments)])
    return parsed.func(parsed)


def said(*arguments):
    with pytest.raises(InputError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "entries.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_without_a_file_the_demonstration_entries_are_reported(capfdbinary):
    assert run("--format", "json", "--date", "2026-11-25") == 0
    data = json.loads(capfdbinary.readouterr().out)
    assert data["figures"]["all.entries"]["value"] == 70
    assert data["method"]["demonstration"] is True
    assert data["date"] == "2026-11-25"


def test_file_is_reported_without_the_notice(table, tmp_path):
    output = tmp_path / "report.json"
    assert run(table, "--lang", "fr", "-o", output) == 0
    data = json.loads(output.read_text(encoding="utf-8"))
    assert data["notice"] == ""
    assert data["language"] == "fr"
    assert data["figures"]["line.C2"]["records"] == ["p1"]
    assert data["figures"]["all.entries"]["value"] == 2


def test_spreadsheet_is_reported_like_its_csv(table, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "entries.xlsx")
    outputs = []
    for source in (table, tmp_path / "entries.xlsx"):
        run(source, "--date", "2026-11-25", "-o", tmp_path / "out.json")
        outputs.append((tmp_path / "out.json").read_bytes())
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.pdf", b"%PDF"), ("r.docx", b"PK"), ("r.html", b"<!DOCTYPE"), ("r.report", b"<!DOCTYPE")],
)
def test_name_of_the_output_says_the_format(table, tmp_path, name, start):
    assert run(table, "-o", tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_format_asked_for_goes_before_the_name(table, tmp_path):
    assert run(table, "--format", "json", "-o", tmp_path / "r.pdf") == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"{")


def test_filters_choose_the_entries(table, tmp_path):
    run(table, "--from", 2019, "--to", 2021, "--region", "afr", "-o", tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert data["figures"]["all.entries"]["records"] == ["p2"]
    assert data["method"]["filters"] == {"year_from": 2019, "year_to": 2021, "region": "AFR"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--from", "2021", "--to", "2019"], "the first year 2021 lies after the last year 2019."),
        (["--region", "EUROPA"], "there is no region EUROPA."),
        (["--organisation", "IT"], "near names: ITU."),
        (["--from", "2030"], "none of the 2 entries passes the filter (year_from 2030)."),
    ],
)
def test_wrong_filter_is_refused_and_writes_nothing(table, tmp_path, options, message):
    assert message in said(table, *options, "-o", tmp_path / "r.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entries.csv"]


def test_row_with_an_error_stops_the_report_and_leaves_the_old_one(tmp_path):
    path = tmp_path / "entries.csv"
    path.write_text(TABLE + "p3,Third,Text.,ITU,KEN,31/02/2018,C2,en\n", encoding="utf-8")
    output = tmp_path / "r.html"
    output.write_text("old", encoding="utf-8")
    assert "entries.csv, row 4, column year" in said(path, "-o", output)
    assert output.read_text(encoding="utf-8") == "old"


def test_missing_file_is_refused(tmp_path):
    assert "absent.csv" in said(tmp_path / "absent.csv")


def test_folder_is_no_output(table, tmp_path):
    assert said(table, "-o", tmp_path) == (
        f"{tmp_path}: this is a folder. Expected: the name of a file in a folder that exists."
    )


def test_output_in_a_missing_folder_is_refused(table, tmp_path):
    assert "its folder does not exist" in said(table, "-o", tmp_path / "absent" / "r.pdf")


def test_binary_file_is_not_shown_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert said("--format", "pdf") == (
        "a pdf file cannot be shown on a terminal. Expected: a file to write: -o report.pdf."
    )


def test_disk_that_refuses_leaves_no_trace(table, tmp_path, monkeypatch):
    def refuse(self, target):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    assert "the file cannot be written (No space left on device)." in said(table, "-o", tmp_path / "r.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entries.csv"]


@pytest.mark.parametrize(
    "options", [["--lang", "de"], ["--from", "long ago"], ["--date", "31/02/2018"], ["--format", "odt"]]
)
def test_option_that_cannot_be_read_exits_with_two(options, capsys):
    with pytest.raises(SystemExit) as caught:
        run(*options)
    assert caught.value.code == 2
    assert options[0] in capsys.readouterr().err


def test_only_the_entries_that_pass_are_aligned(table, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(command, "align", lambda text, **_: seen.append(text) or LINKS["a8"])
    run(table, "--from", 2019, "-o", tmp_path / "r.json")
    assert seen == ["Santé\n\nDes médecins à distance."]


def run_kind(kind, *arguments):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["report", kind, *map(str, arguments)])
    return parsed.func(parsed)


def figures(path):
    return json.loads(path.read_text(encoding="utf-8"))["figures"]


@pytest.mark.parametrize(
    ("kind", "options", "count"),
    [("global", [], 2), ("regional", ["--region", "AFR"], 2), ("action-line", ["--line", "c2"], 1)],
)
def test_every_kind_is_a_command(table, tmp_path, kind, options, count):
    assert run_kind(kind, table, *options, "-o", tmp_path / "r.json") == 0
    assert figures(tmp_path / "r.json")["all.entries"]["value"] == count


def test_paper_brings_its_texts(table, tmp_path):
    (tmp_path / "p.toml").write_text('title = "Our paper"\n', encoding="utf-8")
    run_kind("meeting-paper", table, "--paper", tmp_path / "p.toml", "-o", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["title"] == "Our paper"


def test_wrong_paper_writes_nothing(table, tmp_path):
    (tmp_path / "p.toml").write_text("titel = 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"p\.toml, column titel: the field is unknown"):
        run_kind("meeting-paper", table, "--paper", tmp_path / "p.toml", "-o", tmp_path / "r.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entries.csv", "p.toml"]


def test_missing_paper_is_refused(table, tmp_path):
    with pytest.raises(InputError, match=r"absent\.toml: the file cannot be read"):
        run_kind("meeting-paper", table, "--paper", tmp_path / "absent.toml")


def test_bundle_is_written_beside_the_report_and_verified(table, tmp_path, capsys):
    assert run(table, "-o", tmp_path / "r.html", "--bundle", tmp_path / "b.zip") == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("report.html") == (tmp_path / "r.html").read_bytes()
    assert run_kind("verify", tmp_path / "b.zip") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The bundle is what its data give."


def test_bundle_alone_writes_nothing_to_standard_output(table, tmp_path, capsys):
    assert run(table, "--bundle", tmp_path / "b.zip") == 0
    assert capsys.readouterr().out == ""


def test_changed_bundle_is_named_with_status_one(table, tmp_path, capsys):
    run(table, "--bundle", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["figures.json"] = members["figures.json"].replace(
        b'"all.entries": {"value": 2', b'"all.entries": {"value": 3'
    )
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert run_kind("verify", tmp_path / "b.zip", "--format", "json") == 1
    said_of = json.loads(capsys.readouterr().out)
    assert said_of["intact"] is False
    assert said_of["problems"] == [
        "figures.json: the file is not the one of SHA256SUMS.",
        "figures.json: the figure all.entries says value 3; the data give 2.",
    ]


def test_bundle_in_a_missing_folder_is_refused_before_the_work(table, tmp_path):
    assert "its folder does not exist" in said(table, "--bundle", tmp_path / "absent" / "b.zip")
