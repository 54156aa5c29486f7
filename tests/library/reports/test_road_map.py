"""A road map as a document: every row in its tables, and read back in every language."""

from datetime import date

import pytest

from actionlines.formats.roadmaps import read_road_map
from actionlines.reports import render
from actionlines.reports.model import Table
from actionlines.reports.road_map import RoadMapDocument, build
from actionlines.results.roadmap import STATES, Activity
from actionlines.text import LANGUAGES

ROWS = (
    Activity(
        "1.1",
        "Connect schools\nand clinics",
        "All connected",
        "schools",
        "0",
        "400",
        date(2026, 1, 1),
        date(2029, 12, 31),
        "2 staff",
        "UNICEF",
        ("4.a", "C2"),
        "ongoing",
        40,
    ),
    Activity("1.2", "تدريب المعلمين", start=date(2026, 3, 1), state="delayed", percent=10),
    Activity("2", "Write", start=date(2027, 1, 1), end=date(2027, 12, 31), state="done", percent=100),
    Activity("3", "Drop", end=date(2026, 6, 30), state="dropped"),
)
DOCUMENT = RoadMapDocument("C2", "2026-2029", "Everybody is connected.\nNobody is left.", ROWS, "en")
TODAY = date(2026, 7, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_document_is_read_back_in_every_language(language):
    made = render(build(DOCUMENT, language=language, today=TODAY), "docx")
    assert read_road_map(made, "map.docx") == list(ROWS)


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_word_that_is_read_back(state):
    document = RoadMapDocument("C5", "2026", "", (Activity("1", "a", state=state),), "fr")
    for language in LANGUAGES:
        (row,) = read_road_map(render(build(document, language=language, today=TODAY), "docx"), "x.docx")
        assert row.state == state


def test_tables_hold_each_row_and_the_years_of_its_time_frame():
    report = build(DOCUMENT, language="en", today=TODAY)
    first, second = (block for block in report.blocks() if isinstance(block, Table))
    assert [row[0].text for row in first.rows[1:]] == ["1.1", "1.2", "2", "3"]
    assert [row[3].text for row in first.rows[1:]] == ["2026–2029", "2026-03-01 –", "2027", "– 2026-06-30"]
    assert [cell.text for cell in second.rows[1]] == ["1.1", "schools", "0", "400", "Under way", "40"]


def test_standing_is_said_with_what_is_late():
    report = build(DOCUMENT, language="en", today=date(2028, 1, 1))
    said = [block.text for block in report.walk().__next__()[1].blocks if hasattr(block, "text")]
    assert said == ["Everybody is connected.", "Nobody is left."]
    texts = [
        block.text for _, section in report.walk() if section.id == "standing" for block in section.blocks
    ]
    assert texts[0] == "3 activities"
    assert texts[1].startswith("Done: 50 %")


def test_draft_says_so_on_every_page_and_a_version_on_the_cover():
    draft = RoadMapDocument("C2", "2026", "", ROWS, "en", draft=True)
    assert build(draft, language="en", today=TODAY).notice == "Draft: not published."
    kept = RoadMapDocument("C2", "2026", "", ROWS, "en", 3, date(2026, 5, 4))
    report = build(kept, language="fr", today=TODAY)
    assert report.notice == ""
    assert report.cover[0] == "Version 3, publiée le 4 mai 2026"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_is_made(language):
    assert render(build(DOCUMENT, language=language, today=TODAY), "pdf").startswith(b"%PDF-")
