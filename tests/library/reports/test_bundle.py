"""Bundles: written whole, verified, and every change of a digit, a record or a file named."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from actionlines.problems import InputError
from actionlines.reports import Filters, render
from actionlines.reports.bundle import Bundle
from actionlines.reports.model import KeyFigures, Paragraph
from actionlines.reports.readback import read_back
from actionlines.reports.verification import verify
from library.reports.cases import ENTRIES, LINKS, TODAY

# a6 holds control characters, which no csv keeps; a7 has no title of its own language.
GIVEN = tuple(entry for entry in ENTRIES if entry.id != "a6" and entry.description)
PAPER = b'meeting = "Advisory Group"\nbackground = ["In 2017 it began."]\n'


def made(kind="contribution", language="en", **more):
    return Bundle(kind, language, TODAY, GIVEN, LINKS, **more)


@pytest.fixture(scope="module")
def whole():
    """The members of one bundle of each kind and language asked for, made once."""
    known = {}

    def members(kind="contribution", language="en"):
        if (kind, language) not in known:
            bundle = made(
                kind,
                language,
                filters=Filters(line="C7") if kind == "action-line" else Filters(),
                paper=PAPER if kind == "meeting-paper" else b"",
            )
            with zipfile.ZipFile(io.BytesIO(bundle.archive(bundle.report()))) as archive:
                known[kind, language] = {name: archive.read(name) for name in archive.namelist()}
        return dict(known[kind, language])

    return members


def write(path: Path, members, *, sums=True):
    """The members as a zip; with fresh checksums, so that only the content can betray a change."""
    if sums:
        members = {name: data for name, data in members.items() if name != "SHA256SUMS"}
        members["SHA256SUMS"] = "".join(
            f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in members.items()
        ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def found(path):
    return [str(problem) for problem in verify(path).problems]


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        ("contribution", "en"),
        ("global", "ar"),
        ("success-stories", "zh"),
        ("action-line", "ru"),
        ("meeting-paper", "fr"),
    ],
)
def test_bundle_as_written_is_intact(whole, tmp_path, kind, language):
    verification = verify(write(tmp_path / "b.zip", whole(kind, language), sums=False))
    assert verification.problems == ()
    assert verification.intact is True
    assert verification.records == len(GIVEN)
    assert verification.files == ("report.html", "report.docx", "report.pdf", "report.xlsx")


def test_same_report_gives_the_same_bundle():
    first, second = made(), made()
    assert first.archive(first.report(), formats=("html",)) == second.archive(
        second.report(), formats=("html",)
    )


def test_bundle_holds_report_figures_data_and_checksums(whole):
    assert [*whole()] == [
        *(
            "manifest.json",
            "SHA256SUMS",
            "data/entries.csv",
            "data/entries.parquet",
            "data/links.csv",
            "figures.json",
        ),
        *("report.docx", "report.html", "report.pdf", "report.xlsx"),
    ]


def test_checksums_are_those_of_the_files(whole):
    members = whole()
    sums = dict(line.split("  ")[::-1] for line in members.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}


def test_every_figure_tells_where_it_comes_from(whole):
    figure = json.loads(whole()["figures.json"])["figures"]["cell.C2.9"]
    manifest = json.loads(whole()["manifest.json"])
    assert figure == {
        "value": 1,
        "label": "Entries linked to C2 and to goal 9",
        "query": {
            "line": "C2",
            "goal": "9",
            "basis": ["declared", "cited", "lexicon"],
            "probability_from": 0.5,
        },
        "records": ["a1"],
        "counting": "mentions",
        "filters": {},
        "vintage": manifest["vintage"],
        "frameworks": {
            "sdg": manifest["method"]["frameworks"]["sdg"],
            "wsis": manifest["method"]["frameworks"]["wsis"],
        },
    }


def test_parquet_holds_the_rows_of_the_csv(whole):
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(io.BytesIO(whole()["data/entries.parquet"])).rows()
    assert [list(row) for row in rows] == [*csv.reader(io.StringIO(whole()["data/entries.csv"].decode()))][1:]


def test_changed_byte_of_any_file_is_named(whole, tmp_path):
    for name in whole():
        if name in ("manifest.json", "SHA256SUMS"):
            continue
        members = whole()
        members[name] += b" "
        assert f"{name}: the file is not the one of SHA256SUMS." in found(
            write(tmp_path / "b.zip", members, sums=False)
        )


@pytest.mark.parametrize("name", ["figures.json", "report.pdf", "report.html", "report.docx"])
def test_missing_file_is_named(whole, tmp_path, name):
    members = whole()
    del members[name]
    assert f"{name}: the file is missing." in found(write(tmp_path / "b.zip", members, sums=False))


def test_file_of_a_stranger_is_named(whole, tmp_path):
    members = whole() | {"extra.txt": b"x"}
    assert found(write(tmp_path / "b.zip", members, sums=False)) == [
        "extra.txt: the file is not in SHA256SUMS."
    ]


# From here on the checksums are made anew: what is changed must be found from the data.


def test_changed_value_in_the_figures_is_named(whole, tmp_path):
    members = whole()
    members["figures.json"] = members["figures.json"].replace(
        b'"cell.C2.9": {"value": 1', b'"cell.C2.9": {"value": 2'
    )
    assert found(write(tmp_path / "b.zip", members)) == [
        "figures.json: the figure cell.C2.9 says value 2; the data give 1."
    ]


def test_changed_record_in_the_figures_is_named(whole, tmp_path):
    members = whole()
    figures = json.loads(members["figures.json"])
    figures["figures"]["line.C2"]["records"] = ["a9"]
    members["figures.json"] = json.dumps(figures).encode()
    assert found(write(tmp_path / "b.zip", members)) == [
        "figures.json: the figure line.C2 counts other records than the data give: a1, a9."
    ]


def test_missing_and_surplus_figures_are_named(whole, tmp_path):
    members = whole()
    figures = json.loads(members["figures.json"])
    figures["figures"]["line.C99"] = figures["figures"].pop("line.C2")
    members["figures.json"] = json.dumps(figures).encode()
    assert found(write(tmp_path / "b.zip", members)) == [
        "figures.json: the figure line.C2 is missing.",
        "figures.json: the data give no figure line.C99.",
    ]


def test_changed_record_in_the_data_is_named_with_what_it_changes(whole, tmp_path):
    members = whole()
    members["data/entries.csv"] = members["data/entries.csv"].replace(b"KEN", b"UGA")
    problems = found(write(tmp_path / "b.zip", members))
    assert "data/entries.csv: the record a1 has changed." in problems
    assert "figures.json: the figure all.countries says value 7; the data give 6." in problems
    assert "data/entries.parquet: the record a1 has changed." in problems


def test_changed_link_names_its_record(whole, tmp_path):
    members = whole()
    members["data/links.csv"] = members["data/links.csv"].replace(b"a8,sdg,4,", b"a8,sdg,5,")
    problems = found(write(tmp_path / "b.zip", members))
    assert "data/entries.csv: the record a8 has changed." in problems
    assert "figures.json: the figure goal.5 says value 0; the data give 1." in problems


def test_removed_record_is_named(whole, tmp_path):
    members = whole()
    lines = members["data/entries.csv"].decode().splitlines(keepends=True)
    members["data/entries.csv"] = "".join(line for line in lines if not line.startswith("a9")).encode()
    members["data/links.csv"] = re.sub(rb"a9,.*\r?\n", b"", members["data/links.csv"])
    problems = found(write(tmp_path / "b.zip", members))
    assert "data/entries.csv: the record a9 is missing." in problems
    assert "figures.json: the figure all.entries says value 7; the data give 6." in problems


def test_changed_text_of_an_entry_is_found_in_every_file(whole, tmp_path):
    members = whole()
    members["data/entries.csv"] = members["data/entries.csv"].replace(
        b"Rooms with computers", b"Halls with computers"
    )
    problems = found(write(tmp_path / "b.zip", members))
    assert [problem for problem in problems if problem.startswith("report.html")] == [
        "report.html, column a1: “Rooms with computers.” stands where “Halls with computers.” is due."
    ]
    assert any(problem.startswith("report.docx") for problem in problems)
    assert any(problem.startswith("report.pdf, column page ") for problem in problems)


def forged(report, figure):
    """The report with the number of one key figure, and of the sentence beside it, one too high."""
    due = str(report.figures[figure].value)

    def block(old):
        if isinstance(old, KeyFigures):
            return KeyFigures(
                tuple(replace(item, text="8") if item.figure == figure else item for item in old.items)
            )
        if isinstance(old, Paragraph) and figure in old.figures:
            return replace(old, text=old.text.replace(due, "8", 1))
        return old

    sections = (
        replace(report.sections[0], blocks=tuple(map(block, report.sections[0].blocks))),
        *report.sections[1:],
    )
    return replace(report, sections=sections)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_changed_digit_in_a_report_file_is_named(whole, tmp_path, form, language):
    members = whole("contribution", language)
    members[f"report.{form}"] = render(forged(made(language=language).report(), "all.entries"), form)
    problems = found(write(tmp_path / "b.zip", members))
    assert problems
    assert all(problem.startswith(f"report.{form}") for problem in problems)
    assert any("8" in problem.split("stands where")[0] for problem in problems)
    if form != "pdf":
        assert re.search("all[._]entries", problems[0])


def test_changed_cell_of_a_table_names_its_figure(whole, tmp_path):
    members = whole()
    members["report.html"] = re.sub(rb'(data-figure="cell.C2.9">)1<', rb"\g<1>7<", members["report.html"])
    assert found(write(tmp_path / "b.zip", members)) == [
        "report.html, column cell.C2.9: “7” stands where “1” is due."
    ]


def test_changed_number_of_the_workbook_is_named(whole, tmp_path):
    report = made().report()
    figures = dict(report.figures)
    figures["line.C2"] = replace(figures["line.C2"], value=9)
    members = whole() | {"report.xlsx": render(replace(report, figures=figures), "xlsx")}
    assert any(
        problem.startswith("report.xlsx, column line.C2: ")
        for problem in found(write(tmp_path / "b.zip", members))
    )


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "xlsx"])
def test_report_file_of_another_kind_is_said(whole, tmp_path, form):
    members = whole() | {f"report.{form}": b"no report at all"}
    assert any(problem.startswith(f"report.{form}") for problem in found(write(tmp_path / "b.zip", members)))


def test_changed_setting_of_the_manifest_is_found(whole, tmp_path):
    members = whole()
    manifest = json.loads(members["manifest.json"])
    manifest["filters"]["year_from"] = 2020
    members["manifest.json"] = json.dumps(manifest).encode()
    assert any("says value" in problem for problem in found(write(tmp_path / "b.zip", members)))


@pytest.mark.parametrize(
    "change",
    [
        {"filters": {"year": 1}},
        {"language": "de"},
        {"date": "yesterday"},
        {"counting": {"bases": ["matrix"], "threshold": 0.5}},
        {"counting": 7},
    ],
)
def test_manifest_no_report_can_be_made_from_is_a_finding(whole, tmp_path, change):
    members = whole()
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | change).encode()
    assert verify(write(tmp_path / "b.zip", members)).intact is False


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_zip_is_no_bundle(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="the file is no bundle of a report"):
        verify(path)


@pytest.mark.parametrize("manifest", [b"{}", b"[]", b"nonsense", b'{"format": "another"}'])
def test_zip_without_a_manifest_of_ours_is_no_bundle(tmp_path, manifest):
    with pytest.raises(InputError, match="the file is no bundle of a report"):
        verify(write(tmp_path / "x.zip", {"manifest.json": manifest}))


def test_missing_file_is_no_bundle(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        verify(tmp_path / "none.zip")


def test_damaged_member_is_named(whole, tmp_path):
    path = write(tmp_path / "b.zip", whole(), sums=False)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Rooms with computers", b"Rooms with computerz", 1))
    problems = found(path)
    assert problems
    assert "the file is damaged" in problems[0]


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_figures_read_back_are_those_of_the_report(whole, form):
    shown = " ".join(piece.text for piece in read_back(whole()[f"report.{form}"], form))
    assert "This report covers 7 entries by 6 organisations in 7 countries." in shown


def test_pdf_of_the_bundle_opens(whole):
    assert len(pypdfium2.PdfDocument(whole()["report.pdf"])) > 5
