import pytest

from actionlines.stocktaking import STAKEHOLDER_TYPES, STATUSES, Entry, entry_from_row
from actionlines.stocktaking.wordings import wordings
from actionlines.text import LANGUAGES

SOUND = {"id": "1", "title": "Title", "description": "Text"}


def read(**cells):
    entry, problems = entry_from_row({**SOUND, **cells}, file="a.csv", number=7)
    assert entry is not None, [str(problem) for problem in problems]
    return entry


def faults(**cells):
    entry, problems = entry_from_row({**SOUND, **cells}, file="a.csv", number=7)
    assert entry is None
    return [(problem.file, problem.row, problem.column, problem.message) for problem in problems]


def test_whole_row_becomes_an_entry():
    entry = read(
        organisation="  ITU ",
        stakeholder_type="International organization",
        country="Côte d’Ivoire",
        year="2018",
        status="lauréat",
        lines="C7 e-health; C2",
        targets="SDG 17.8, 9",
        language="anglais",
        website="https://a.example",
        source="Report, p. 7",
        start="28/02/2018",
        end="2019-01-31",
    )
    assert entry == Entry(
        id="1",
        title="Title",
        description="Text",
        language="en",
        organisation="ITU",
        stakeholder_type="international-organisation",
        country="CIV",
        year=2018,
        status="winner",
        lines=("C2", "C7"),
        targets=("9", "17.8"),
        website="https://a.example",
        source="Report, p. 7",
        start="2018-02-28",
        end="2019-01-31",
        row=7,
    )


def test_bare_row_has_a_status_and_nothing_else():
    assert read() == Entry(id="1", title="Title", description="Text", status="entry", row=7)


def test_text_is_title_empty_line_description():
    assert Entry("1", "Title", "Text").text == "Title\n\nText"
    assert Entry("1", "", "Text").text == "Text"


@pytest.mark.parametrize("said", ["NA", "NAM", "516", "Namibia", "Namibie", "纳米比亚"])
def test_namibia_is_a_country(said):
    assert read(country=said).country == "NAM"


def test_several_countries_stand_for_none_with_a_warning():
    entry, problems = entry_from_row({**SOUND, "country": "KEN; Uganda"})
    assert entry is not None
    assert entry.country == ""
    assert [(problem.severity, problem.message) for problem in problems] == [
        ("warning", "“KEN; Uganda” names several countries; the entry stands without one.")
    ]


def test_year_comes_from_the_start_where_there_is_none():
    assert read(start="2017-05-01").year == 2017
    assert read(start="2017-05-01", year="2019").year == 2019


def test_leap_day_exists_in_leap_years_only():
    assert read(start="29/02/2020").start == "2020-02-29"
    assert faults(start="29/02/2019") == [
        ("a.csv", 7, "start", "“29/02/2019” is not a day: month 2 of 2019 has 28 days.")
    ]


def test_end_before_start_is_refused():
    assert faults(start="2019-01-02", end="2019-01-01") == [
        ("a.csv", 7, "end", "the end 2019-01-01 lies before the start 2019-01-02.")
    ]


def test_title_of_a_line_may_hold_a_comma():
    title = "Cultural diversity and identity, linguistic diversity and local content"
    assert read(lines=title).lines == ("C8",)


def test_codes_stand_once_in_reading_order():
    assert read(lines="C9|C2;c2", targets="17;9.c;9;9.c").lines == ("C2", "C9")
    assert read(targets="17;9.c;9;9.c").targets == ("9", "9.c", "17")


def test_text_with_angle_brackets_is_no_html():
    assert read(title="Cost < 5 and > 3, a<b").title == "Cost < 5 and > 3, a<b"


def test_description_keeps_its_lines_and_the_title_has_one():
    entry = read(title="Two\nlines", description="a\n\nb")
    assert (entry.title, entry.description) == ("Two lines", "a\n\nb")


def test_problem_names_the_column_as_the_file_does():
    _, problems = entry_from_row({**SOUND, "year": "x"}, columns={"year": "Année"})
    assert [problem.column for problem in problems] == ["Année"]


def test_address_of_another_kind_is_refused_as_a_source_too():
    assert [fault[2] for fault in faults(source="javascript:alert(1)")] == ["source"]
    assert read(source="Note: see page 3").source == "Note: see page 3"


def test_title_may_be_missing_where_it_is_said_so():
    entry, _ = entry_from_row({"id": "1", "description": "Text"}, untitled=True)
    assert entry is not None
    assert faults(title="")[0][3] == "the cell is empty."


@pytest.mark.parametrize(
    ("field", "values"),
    [("status", STATUSES), ("stakeholder_type", STAKEHOLDER_TYPES), ("language", LANGUAGES)],
)
def test_wordings_lead_to_every_value_and_no_other(field, values):
    assert set(wordings(field).values()) == set(values)


@pytest.mark.parametrize("said", ["fr", "FR", "fr-FR", "French", "français", "法语", "французский"])
def test_language_is_known_by_code_and_name(said):
    assert read(language=said).language == "fr"
