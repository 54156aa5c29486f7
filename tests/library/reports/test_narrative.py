"""What people write: it stands in its section in the report's language, or in its own with a mark, and is verified."""

import io
import zipfile
from pathlib import Path

import pytest

from actionlines.problems import InputError
from actionlines.reports.bundle import Bundle
from actionlines.reports.changes import FigureChange, figure_changes
from actionlines.reports.model import Paragraph
from actionlines.reports.narrative import narrated, narrative_text, read_narrative
from actionlines.reports.verification import verify
from library.reports.cases import ENTRIES, LINKS, TODAY

GIVEN = tuple(entry for entry in ENTRIES if entry.id != "a6" and entry.description)
TEXTS = {
    "matrix": {"en": 'Lines "run" on.\n\nTwo:\n- one\n- two', "fr": "À lire"},
    "foreword": {"fr": "Avant\\tout"},
}


def report(language="en", kind="contribution", narrative=b""):
    return Bundle(kind, language, TODAY, GIVEN, LINKS, narrative=narrative).report()


def section(made, name):
    return next(found for _, found in made.walk() if found.id == name)


def test_the_toml_text_gives_the_same_passages_back():
    odd = {"matrix": {"en": 'a"b\\c\n\t\x0b é 🙂 \u2028', "ar": "نص"}, "a b": {"zh": "中"}}
    assert read_narrative(narrative_text(odd).encode()) == odd
    assert narrative_text({"matrix": {"en": "  "}}) == ""


def test_a_passage_stands_before_what_is_counted_in_paragraphs_and_items():
    made = narrated(report(), TEXTS)
    assert section(made, "matrix").blocks[:4] == (
        Paragraph('Lines "run" on.'),
        Paragraph("Two:"),
        Paragraph("one", "item"),
        Paragraph("two", "item"),
    )
    assert section(made, "matrix").blocks[4:] == section(report(), "matrix").blocks


def test_a_passage_in_another_language_is_marked():
    made = narrated(report(), TEXTS)
    assert made.sections[0].blocks == (
        Paragraph("This text exists in French only and is printed as written.", "note"),
        Paragraph("Avant\\tout", "body", "fr"),
    )
    assert narrated(report("fr"), TEXTS).sections[0].blocks == (Paragraph("Avant\\tout"),)


def test_a_report_nobody_wrote_in_is_the_same():
    made = report()
    assert narrated(made, {"matrix": {"en": " "}}) is made


def test_a_passage_for_a_section_the_report_does_not_have_is_refused():
    with pytest.raises(InputError) as error:
        narrated(report(), {"matrices": {"en": "x"}})
    assert [problem.values["section"] for problem in error.value.problems] == ["matrices"]


@pytest.mark.parametrize(
    "data",
    [b"matrix = 1", b"[matrix]\nde = 'x'", b"[matrix]\nen = 1", b"[matrix", b"\xff"],
)
def test_a_file_of_passages_that_cannot_be_used_is_refused_with_its_place(data):
    with pytest.raises(InputError) as error:
        read_narrative(data, "texts.toml")
    assert [problem.file for problem in error.value.problems] == ["texts.toml"]


def test_what_stands_for_missing_words_of_a_paper_gives_way_and_numbers_run_on():
    made = narrated(report(kind="meeting-paper"), {"paper-policy": {"en": "Ours.\n\nAnd more."}})
    texts = [block.text for block in section(made, "paper-policy").blocks]
    assert texts == ["2\u2003Ours.", "3\u2003And more."]
    assert section(made, "paper-operations").blocks[0].text.startswith("4\u2003")


def test_a_changed_word_of_people_is_named(tmp_path: Path):
    bundle = Bundle("contribution", "en", TODAY, GIVEN, LINKS, narrative=narrative_text(TEXTS).encode())
    members = zipfile.ZipFile(io.BytesIO(bundle.archive(bundle.report())))
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name in members.namelist():
            data = members.read(name)
            out.writestr(name, data.replace(b"run", b"ran") if name == "data/narrative.toml" else data)
    problems = [str(problem) for problem in verify(path).problems]
    assert any("data/narrative.toml" in problem for problem in problems)
    assert any('“Lines "run" on.” stands where “Lines "ran" on.” is due' in problem for problem in problems)


def test_changes_name_value_records_what_came_and_what_went():
    before = {
        "same": {"value": 1, "label": "S", "records": ["a"]},
        "grown": {"value": 1, "label": "G", "records": ["a"]},
        "swapped": {"value": 1, "label": "W", "records": ["a"]},
        "gone": {"value": 2, "label": "X", "records": ["a", "b"]},
    }
    after = {
        "new": {"value": 0, "label": "N", "records": []},
        "swapped": {"value": 1, "label": "W", "records": ["c"]},
        "grown": {"value": 2, "label": "G2", "records": ["a", "b"]},
        "same": {"value": 1, "label": "S", "records": ["a"]},
    }
    assert figure_changes(before, after) == (
        FigureChange("new", "N", None, 0),
        FigureChange("swapped", "W", 1, 1, ("c",), ("a",)),
        FigureChange("grown", "G2", 1, 2, ("b",)),
        FigureChange("gone", "X", 2, None, (), ("a", "b")),
    )
