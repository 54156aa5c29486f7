"""Every kind of report: its parts, its figures, its languages, and what it refuses."""

import dataclasses

import pytest

from actionlines.problems import InputError
from actionlines.reports import Filters, render
from actionlines.reports.kinds import KINDS
from actionlines.reports.model import EntryBlock, Paragraph, Table
from actionlines.reports.paper import Paper, read_paper
from actionlines.text import LANGUAGES
from library.reports.cases import ENTRIES, LINKS, TODAY
from library.reports.oracle import recount

NEEDED = {"regional": Filters(region="AFR"), "action-line": Filters(line="C7")}
PARTS = {
    "contribution": ["summary", "matrix", "breakdown", "entries", "suggestions", "outcomes", "method"],
    "global": [
        *(
            "summary",
            "highlights",
            "matrix",
            "breakdown",
            "countries",
            "entries",
            "suggestions",
            "method",
            "index",
        ),
    ],
    "regional": [
        *(
            "summary",
            "highlights",
            "countries",
            "matrix",
            "breakdown",
            "entries",
            "suggestions",
            "method",
            "index",
        ),
    ],
    "success-stories": ["summary", "highlights", "stories", "breakdown", "countries", "method", "index"],
    "action-line": [
        *(
            "summary",
            "facilitators",
            "line-goals",
            "by-region",
            "highlights",
            "countries",
            "entries",
            "method",
        ),
        "index",
    ],
    "meeting-paper": [
        *(
            "paper",
            "paper-background",
            "paper-policy",
            "paper-operations",
            "paper-conclusions",
            "outcomes",
            "matrix",
        ),
        *("breakdown", "method"),
    ],
}


def built(kind, language="en", filters=None, entries=ENTRIES, **more):
    return KINDS[kind].build(
        entries, LINKS, language=language, today=TODAY, filters=filters or NEEDED.get(kind), **more
    )


def block(report, kind, identifier):
    return next(found for found in report.blocks() if isinstance(found, kind) and found.id == identifier)


def rows(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_there_are_these_kinds():
    assert [*KINDS] == [*PARTS]


@pytest.mark.parametrize("kind", KINDS)
def test_parts_stand_in_their_order(kind):
    assert [section.id for section in built(kind).sections] == PARTS[kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_language_has_the_same_figures(kind, language):
    assert {
        name: (figure.value, figure.records) for name, figure in built(kind, language).figures.items()
    } == {name: (figure.value, figure.records) for name, figure in built(kind).figures.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_what_a_plain_loop_finds(kind):
    for figure in built(kind).figures.values():
        assert (figure.id, figure.value, figure.records) == (
            figure.id,
            *recount(figure, ENTRIES, LINKS, TODAY),
        )


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_cell_with_a_figure_shows_its_value(kind):
    report = built(kind)
    for table in (found for found in report.blocks() if isinstance(found, Table)):
        for cell in (cell for row in table.rows for cell in row if cell.figure):
            assert cell.text == (
                f"{report.figures[cell.figure].value:,}" if report.figures[cell.figure].value else "–"
            )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("regional", "the report 'regional' is about one region, and none is named."),
        ("action-line", "the report 'action-line' is about one line, and none is named."),
    ],
)
def test_kind_that_needs_a_filter_asks_for_it(kind, message):
    with pytest.raises(InputError) as caught:
        built(kind, filters=Filters(year_from=2018))
    assert caught.value.problems[0].message == message


def test_unknown_line_is_refused():
    with pytest.raises(InputError, match="there is no action line C77"):
        built("action-line", filters=Filters(line="C77"))


def test_line_without_an_entry_is_said():
    with pytest.raises(InputError, match=r"none of the 9 entries passes the filter \(line C11\)"):
        built("action-line", filters=Filters(line="C11"))


def test_line_report_counts_the_entries_of_the_line_and_its_sub_lines():
    figure = built("action-line", filters=Filters(line="c7")).figures["all.entries"]
    assert figure.records == ("a2", "a3", "a5", "a9")
    assert figure.query["line"] == "C7"
    assert figure.query["basis"] == ["declared", "cited", "lexicon"]


def test_line_report_names_who_facilitates_on_the_day():
    table = block(built("action-line", filters=Filters(line="C2")), Table, "table.facilitators")
    assert rows(table)[1][:2] == ["International Telecommunication Union (ITU)", "Lead facilitator"]


def test_line_report_sets_the_matrix_beside_what_is_reached():
    table = block(built("action-line", filters=Filters(line="C2")), Table, "table.goal")
    by_goal = {row[0]: row[2:] for row in rows(table)}
    assert by_goal["9"] == ["1", "9.c", "9.1, 9.a, 9.c"]
    assert by_goal["14"] == ["–", "–", "–"]


def test_regional_report_names_its_region():
    assert built("regional", "fr").title == "Inventaire du SMSI : rapport régional, Afrique"


def test_success_stories_are_of_winners_and_champions_only():
    report = built("success-stories")
    assert report.figures["all.entries"].records == ("a1", "a2", "a8")
    assert report.figures["all.entries"].query == {"status": ["winner", "champion"]}
    stories = [found.id for found in report.blocks() if isinstance(found, EntryBlock)]
    assert sorted(stories) == ["a1", "a2", "a8"]


def test_success_story_tells_its_results():
    told = dataclasses.replace(
        ENTRIES[0], results="More pupils.", figures=("Rooms: 12 (2018)",), partners=("UNDP",)
    )
    report = built("success-stories", entries=[told])
    story = block(report, EntryBlock, "a1")
    assert [(group.label, group.links) for group in story.links[:3]] == [
        ("Results", ("More pupils.",)),
        ("In figures", ("Rooms: 12 (2018)",)),
        ("Partners", ("UNDP",)),
    ]


def test_countries_stand_under_their_regions():
    assert rows(block(built("global"), Table, "table.countries")) == [
        ["Country", "Region", "Entries"],
        ["Kenya", "Africa", "1"],
        ["Senegal", "Africa", "1"],
        ["Uganda", "Africa", "1"],
        ["Mexico", "Americas", "1"],
        ["Egypt", "Arab States", "1"],
        ["China", "Asia and the Pacific", "1"],
        ["Kyrgyzstan", "Commonwealth of Independent States", "1"],
        ["France", "Europe", "1"],
        ["No single country", "", "1"],
        ["Total", "", "9"],
    ]


def test_index_gives_organisations_with_their_lines():
    table = rows(block(built("global"), Table, "table.index"))
    assert table[3] == ["ITU", "KEN, UGA", "C2, C4, C7-HEA", "2"]


def test_highlights_show_one_entry_of_each_organisation_winners_first():
    table = rows(block(built("global"), Table, "table.highlights"))
    assert [row[0] for row in table[1:4]] == ["Telecentres", "Азбука", "Télésanté"]


def test_translated_entry_is_printed_in_the_language_of_the_report():
    from actionlines.stocktaking.translation import Translation

    entry = dataclasses.replace(ENTRIES[0], translations=(Translation("fr", "Télécentres", "Des salles."),))
    french = block(built("global", "fr", entries=[entry]), EntryBlock, "a1")
    assert (french.title, french.description, french.language) == ("Télécentres", "Des salles.", "fr")


def test_text_of_another_language_is_marked():
    french = block(built("global", "fr"), EntryBlock, "a1")
    assert french.title == "Telecentres"
    assert french.meta.endswith(" · anglais")


PAPER = b"""
meeting = "Advisory Group"
number = "TDAG-18/7-F"
references = ["Resolution 30", "Resolution 140"]
background = ["First.", "Second."]
conclusions = "Members are invited to act."
"""


def paragraphs(report, identifier):
    found = next(section for _, section in report.walk() if section.id == identifier)
    return [part.text for part in found.blocks if isinstance(part, Paragraph)]


def test_meeting_paper_carries_what_people_wrote_numbered_through():
    report = built("meeting-paper", paper=read_paper(PAPER))
    assert report.cover[:2] == ("Advisory Group", "Document TDAG-18/7-F")
    assert paragraphs(report, "paper-references") == ["Resolution 30", "Resolution 140"]
    assert paragraphs(report, "paper-background") == ["1\u2003First.", "2\u2003Second."]
    assert paragraphs(report, "paper-conclusions") == ["5\u2003Members are invited to act."]


def test_meeting_paper_says_in_which_language_its_texts_are():
    report = built("meeting-paper", "en", paper=Paper(language="fr", background=("Premier.",)))
    assert paragraphs(report, "paper") == [
        "The written texts exist in French only and are printed as written."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"meeting = ", "the file cannot be read"),
        (b"\xff", "the file cannot be read"),
        (b"metting = 'x'", "p.toml, column metting: the field is unknown."),
        (b"number = 7", "p.toml, column number: the field is no text."),
        (b"language = 'de'", "p.toml, column language: there is no report in the language 'de'."),
    ],
)
def test_wrong_paper_is_refused(text, message):
    with pytest.raises(InputError) as caught:
        read_paper(text, "p.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "json"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "contribution"])
def test_every_kind_becomes_a_file(kind, form):
    assert len(render(built(kind, "ar"), form)) > 10_000
