import pytest

from actionlines.stocktaking import (
    COVERAGES,
    MAKERS,
    STAGES,
    STAKEHOLDER_TYPES,
    STATUSES,
    Entry,
    Translation,
    WordRule,
    entry_from_row,
    figure_parts,
)
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


def test_several_countries_in_the_lead_cell_are_kept_without_a_lead_and_with_a_warning():
    entry, problems = entry_from_row({**SOUND, "country": "KEN; Uganda", "countries": "Uganda, Ruanda"})
    assert entry is not None
    assert (entry.country, entry.countries) == ("", ("KEN", "UGA", "RWA"))
    assert [(problem.severity, problem.message) for problem in problems] == [
        ("warning", "“KEN; Uganda” names several countries; the entry stands without a lead country.")
    ]


def test_lead_country_does_not_stand_among_the_further_ones():
    entry = read(country="KEN", countries="Kenya; Korea, Republic of; UGA | uganda")
    assert (entry.country, entry.countries) == ("KEN", ("KOR", "UGA"))


def test_unknown_further_country_is_named():
    assert faults(countries="KEN; Atlantis") == [("a.csv", 7, "countries", "“Atlantis” is not a country.")]


def test_partners_keep_their_commas_and_stand_once():
    entry = read(partners="Ministry of Health, Kenya;\n ITU ؛ ITU；华为")
    assert entry.partners == ("Ministry of Health, Kenya", "ITU", "华为")


def test_figure_without_a_number_is_kept_with_a_warning():
    entry, problems = entry_from_row({**SOUND, "figures": "Teachers trained: 1 200 (2023); many more"})
    assert entry is not None
    assert entry.figures == ("Teachers trained: 1 200 (2023)", "many more")
    assert [(problem.column, problem.severity, problem.message) for problem in problems] == [
        ("figures", "warning", "“many more” holds no number.")
    ]


@pytest.mark.parametrize(
    ("figure", "parts"),
    [
        ("Teachers trained: 1200 persons (2023)", ("Teachers trained", "1200 persons (2023)")),
        ("培训教师：1200人", ("培训教师", "1200人")),
        ("1200 teachers", ("", "1200 teachers")),
        ("Teachers: many", ("", "Teachers: many")),
    ],
)
def test_figure_parts_at_the_colon_before_its_number(figure, parts):
    assert figure_parts(figure) == parts


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("coverage", "Worldwide", "international"),
        ("coverage", "全国", "national"),
        ("coverage", "إقليمي", "regional"),
        ("stage", "en cours", "ongoing"),
        ("stage", "завершён", "completed"),
        ("stage", "Planificado", "planned"),
    ],
)
def test_coverage_and_stage_are_said_in_six_languages(field, said, value):
    assert getattr(read(**{field: said}), field) == value


def test_text_that_is_too_long_is_refused():
    assert faults(results="x" * 5_001) == [("a.csv", 7, "results", "the text has 5001 characters.")]


def test_translations_are_read_with_their_maker():
    entry = read(
        language="en", title_fr="Titre", description_fr="Texte", title_zh="标题", translation_zh="机器翻译"
    )
    assert entry.translations == (
        Translation("fr", "Titre", "Texte"),
        Translation("zh", "标题", made_by="machine"),
    )


def test_translation_without_a_title_is_refused():
    assert faults(description_ru="Текст") == [("a.csv", 7, "title_ru", "the cell is empty.")]


def test_translation_into_the_own_language_is_left_out_with_a_warning():
    entry, problems = entry_from_row({**SOUND, "language": "fr", "title_fr": "Titre"})
    assert entry is not None
    assert entry.translations == ()
    assert [(problem.column, problem.severity) for problem in problems] == [("title_fr", "warning")]


def test_description_is_held_to_the_rule_only_where_one_is_given():
    assert entry_from_row(SOUND)[1] == []
    _, warned = entry_from_row(SOUND, words=WordRule(150, 200))
    assert [str(problem) for problem in warned] == [
        "column description: the text has 1 words. Expected: from 150 to 200 words."
    ]
    entry, problems = entry_from_row(SOUND, words=WordRule(150, 200, "error"))
    assert (entry, len(problems)) == (None, 1)
    assert entry_from_row(SOUND, words=WordRule(150, 200, "off"))[1] == []


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
    [
        ("status", STATUSES),
        ("stakeholder_type", STAKEHOLDER_TYPES),
        ("coverage", COVERAGES),
        ("stage", STAGES),
        ("translation", MAKERS),
        ("language", LANGUAGES),
    ],
)
def test_wordings_lead_to_every_value_and_no_other(field, values):
    assert set(wordings(field).values()) == set(values)


@pytest.mark.parametrize("said", ["fr", "FR", "fr-FR", "French", "français", "法语", "французский"])
def test_language_is_known_by_code_and_name(said):
    assert read(language=said).language == "fr"
