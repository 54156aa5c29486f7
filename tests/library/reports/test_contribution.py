"""The contribution report: every figure is what it says, whatever the entries."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.alignment.link import Basis, Link
from actionlines.problems import InputError
from actionlines.reports import Counting, Filters, build
from actionlines.reports.model import Chart, EntryBlock, KeyFigures, Paragraph, Table
from actionlines.stocktaking import Entry
from actionlines.text import LANGUAGES
from library.reports.cases import ENTRIES, LINKS, TODAY, sdg, wsis
from library.reports.oracle import LINES, recount


def section(report, identifier):
    return next(found for _, found in report.walk() if found.id == identifier)


def table(report, identifier):
    return next(block for block in report.blocks() if isinstance(block, Table) and block.id == identifier)


def shown(table):
    return [[re.sub("[\u2066-\u2069]", "", cell.text) for cell in row] for row in table.rows]


FILTERS = (
    Filters(),
    Filters(2019, 2021),
    Filters(region="AFR"),
    Filters(organisation="ITU"),
    Filters(year_to=2020, region="cis"),
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_every_figure_is_what_a_plain_loop_finds(reports, filters):
    report = reports("en", filters)
    for figure in report.figures.values():
        assert (figure.id, figure.value, figure.records) == (
            figure.id,
            *recount(figure, ENTRIES, LINKS, TODAY),
        )


def test_a_figure_of_no_link_does_not_ask_for_links(reports):
    assert reports().figures["year.2020"].query == {"year_from": 2020, "year_to": 2020}
    assert reports().figures["cell.C2.9"].query == {
        "line": "C2",
        "goal": "9",
        "basis": ["declared", "cited", "lexicon"],
        "probability_from": 0.5,
    }


def test_every_number_in_a_table_names_its_figure(reports):
    for block in reports().blocks():
        if isinstance(block, Table) and block.id.startswith(
            ("table.matrix", "table.line", "table.goal", "table.region")
        ):
            numbers = [
                cell for row in block.rows[1:] for cell in row if not cell.head and cell.text.isdigit()
            ]
            assert numbers
            for cell in numbers:
                # A goal's or target's code is a text of its own; every count carries its figure.
                if not cell.figure:
                    assert block.id in {"table.line", "table.goal"}
                else:
                    assert reports().figures[cell.figure].value == int(cell.text)


def test_figures_named_by_paragraphs_and_key_figures_exist(reports):
    report = reports()
    named = {name for block in report.blocks() if isinstance(block, Paragraph) for name in block.figures}
    named |= {
        item.figure for block in report.blocks() if isinstance(block, KeyFigures) for item in block.items
    }
    assert len(named) > 10
    assert named <= report.figures.keys()


def test_matrix_has_the_eighteen_lines_one_row_for_c7_alone_and_one_for_none(reports):
    rows = shown(table(reports(), "table.matrix"))
    assert [row[0] for row in rows] == [
        "Action line",
        *LINES,
        "C7, sub-line not stated",
        "No action line",
        "Total",
    ]
    assert rows[0][1:] == [*map(str, range(1, 18)), "None", "Total"]


def test_matrix_cells_and_totals_are_right(reports):
    rows = {
        row[0]: dict(zip(shown(table(reports(), "table.matrix"))[0], row, strict=True))
        for row in shown(table(reports(), "table.matrix"))
    }
    assert {goal: text for goal, text in rows["C4"].items() if text not in ("–", "C4")} == {
        "4": "2",
        "9": "1",
        "Total": "2",
    }
    assert rows["C7-HEA"]["3"] == "1"
    assert rows["C7-HEA"]["None"] == "1"
    assert rows["C9"]["Total"] == "–"  # its only link has a probability of 0.49
    assert rows["C7, sub-line not stated"]["9"] == "1"
    assert rows["No action line"]["None"] == "1"
    assert rows["Total"]["Total"] == "9"


def test_total_of_distinct_entries_is_not_the_sum_of_mentions():
    links = {"a1": [wsis("C1"), wsis("C2"), wsis("C3"), sdg("1"), sdg("2"), sdg("3"), sdg("4"), sdg("5")]}
    report = build(ENTRIES[:1], links, language="en", today=TODAY)
    cells = [figure for figure in report.figures.values() if figure.counting == "mentions" and figure.value]
    assert len(cells) == 15
    assert {figure.records for figure in cells} == {("a1",)}
    assert [report.figures[name].value for name in ("line.C1", "goal.5", "all.entries")] == [1, 1, 1]


def test_link_to_an_indicator_counts_for_its_target_and_goal(reports):
    assert reports().figures["goal.4"].records == ("a1", "a4", "a8")
    assert "4.7" in shown(table(reports(), "table.goal"))[4][3]


def test_matrix_links_are_never_counted_and_stand_apart(reports):
    report = reports()
    assert report.figures["cell.C7-HEA.1"].value == 0
    assert report.figures["suggested.1"].records == ("a2",)
    assert report.figures["suggested.3"].records == ("a3",)
    assert report.figures["suggested.4"].value == 0  # a4's own text supports goal 4
    assert report.figures["suggested.all"].records == ("a2", "a3", "a4")
    with pytest.raises(ValueError, match="suggestions"):
        Counting(bases=(Basis.DECLARED, Basis.MATRIX))


def test_threshold_and_bases_are_parameters():
    strict = build(ENTRIES, LINKS, language="en", today=TODAY, counting=Counting((Basis.DECLARED,), 0.9))
    assert strict.figures["line.C4"].records == ("a8",)
    assert strict.method["bases"] == ["declared"]
    loose = build(ENTRIES, LINKS, language="en", today=TODAY, counting=Counting(threshold=0.2))
    assert loose.figures["line.C9"].records == ("a2",)
    assert loose.figures["goal.17"].records == ("a5",)


def test_threshold_beyond_one_is_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        Counting(threshold=1.5)


def test_entry_is_described_once_and_named_under_each_of_its_lines(reports):
    blocks = [block for block in reports().blocks() if isinstance(block, EntryBlock) and block.id == "a1"]
    assert [(block.description, block.note) for block in blocks] == [
        ("Rooms with computers.", ""),
        ("", "Described under C2."),
    ]


def test_entry_names_its_most_exact_links_with_their_basis(reports):
    block = next(block for block in section(reports(), "entries-C2").blocks if isinstance(block, EntryBlock))
    assert [(group.label, group.links) for group in block.links] == [
        ("Action lines", ("C2 (declared)", "C4 (vocabulary)")),
        ("Goals and targets", ("4.4 (vocabulary)", "9.c (cited)")),
    ]


def test_entries_of_a_line_stand_latest_first(reports):
    blocks = section(reports(), "entries-C4").blocks
    assert [block.id for block in blocks if isinstance(block, EntryBlock)] == ["a8", "a1"]


def test_annex_is_the_outcome_framework(reports):
    assert reports().figures["frame.outcomes"].value == 16
    rows = shown(table(reports(), "table.D.2"))
    assert [row[0] for row in rows[1:]] == ["D.2-1", "D.2-2", "D.2-3"]
    assert rows[2][2:] == ["4, 9, 11, 16, 17", "C5"]


def test_method_names_everything_needed_to_recompute(reports):
    method = reports().method
    assert method["bases"] == ["declared", "cited", "lexicon"]
    assert method["probability_from"] == 0.5
    assert method["date"] == "2026-11-25"
    assert set(method["frameworks"]) >= {"sdg", "wsis", "itu-d-2020"}
    assert reports("en", Filters(2019, 2021)).method["filters"] == {"year_from": 2019, "year_to": 2021}


def test_title_names_the_organisation_as_its_entries_spell_it(reports):
    report = reports("en", Filters(organisation="iTu"))
    assert (
        report.title == "Contribution of ITU to the WSIS action lines and the Sustainable Development Goals"
    )
    assert report.figures["all.entries"].records == ("a1", "a2")


def test_demonstration_says_so():
    shown = build(ENTRIES, LINKS, language="fr", today=TODAY, demonstration=True)
    assert shown.notice.startswith("Données de démonstration")
    assert build(ENTRIES, LINKS, language="fr", today=TODAY).notice == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_the_same_in_every_language(reports, language):
    values = {name: figure.value for name, figure in reports(language).figures.items()}
    assert values == {name: figure.value for name, figure in reports("en").figures.items()}
    assert reports(language).title != ""


def test_arabic_codes_and_numbers_are_isolated(reports):
    texts = [block.text for block in section(reports("ar"), "summary").blocks if isinstance(block, Paragraph)]
    loose = [text for text in texts if re.search(r"(?<![\u2066\w.-])[A-Z0-9]", text)]
    assert loose == []


def test_region_is_the_one_of_the_entrys_year():
    entries = [
        replace(ENTRIES[0], id="old", country="UKR", year=2012),
        replace(ENTRIES[0], id="new", country="UKR", year=2022),
    ]
    figures = build(entries, {}, language="en", today=date(2026, 1, 1)).figures
    assert (figures["region.CIS"].records, figures["region.EUR"].records) == (("old",), ("new",))


def test_chart_stands_beside_the_table_it_names(reports):
    report = reports()
    tables = {block.id for block in report.blocks() if isinstance(block, Table)}
    charts = [block for block in report.blocks() if isinstance(block, Chart)]
    assert [chart.id for chart in charts] == ["chart.matrix", "chart.line", "chart.goal", "chart.region"]
    assert {chart.table for chart in charts} <= tables


def test_entries_without_links_and_years_make_a_report_without_charts():
    report = build([ENTRIES[6]], {}, language="en", today=TODAY)
    assert [block for block in report.blocks() if isinstance(block, Chart)] == []
    assert report.figures["cell.none.none"].value == 1
    assert "all.first_year" not in report.figures


def test_two_entries_with_one_identifier_are_refused():
    twin = replace(ENTRIES[1], id="a1", row=7)
    with pytest.raises(InputError, match=r"row 7, column id: the identifier a1 stands twice") as caught:
        build([ENTRIES[0], twin], {}, language="en", today=TODAY)
    assert len(caught.value.problems) == 1


def test_link_to_an_unknown_code_is_left_out():
    report = build(ENTRIES[:1], {"a1": [wsis("C99"), sdg("99.z")]}, language="en", today=TODAY)
    assert report.figures["line.none"].value == report.figures["goal.none"].value == 1


codes = st.sampled_from([*LINES, "C7"])
goals = st.sampled_from(["1", "4", "4.4", "9", "9.c", "16", "16.10", "17.8", "17.8.1"])
any_link = st.one_of(
    st.builds(
        Link, st.just("wsis"), codes, st.sampled_from(list(Basis)[:3]), st.sampled_from([0.1, 0.5, 0.9])
    ),
    st.builds(Link, st.just("sdg"), goals, st.sampled_from(list(Basis)), st.sampled_from([0.1, 0.5, 0.9])),
)
any_entry = st.builds(
    Entry,
    st.uuids().map(str),
    st.text(max_size=8),
    st.text(max_size=8),
    organisation=st.sampled_from(["", "ITU", "itu", "FAO"]),
    country=st.sampled_from(["", "KEN", "FRA", "UKR", "MEX"]),
    year=st.one_of(st.none(), st.integers(1990, 2030)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(any_entry, st.lists(any_link, max_size=6)), min_size=1, max_size=8))
def test_any_entries_give_figures_a_plain_loop_finds(records):
    entries = [entry for entry, _ in records]
    links = {entry.id: found for entry, found in records}
    report = build(entries, links, language="en", today=TODAY)
    for figure in report.figures.values():
        assert (figure.id, figure.value, figure.records) == (
            figure.id,
            *recount(figure, entries, links, TODAY),
        )
    for name, figure in report.figures.items():
        if name.startswith("cell.") and figure.counting == "mentions":
            _, line, goal = name.split(".", 2)
            assert figure.value <= report.figures[f"line.{line}"].value
            assert figure.value <= report.figures[f"goal.{goal}"].value
