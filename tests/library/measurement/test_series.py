"""The catalogue of series: complete in six languages, its codes known, its faults told all at once."""

import shutil

import pytest

from actionlines.formats.factbook import FIELDS
from actionlines.frameworks.catalogue import catalogue
from actionlines.measurement import find_series, read_series, series, series_by_code
from actionlines.measurement.arrangement import series_of
from actionlines.measurement.files.editions import edition
from actionlines.measurement.series import DATA
from actionlines.problems import InputError
from actionlines.text import LANGUAGES


def test_catalogue_holds_the_series_of_the_demonstration():
    assert {one.code for one in series() if one.source_note} == set(FIELDS)


@pytest.mark.parametrize(
    ("indicator", "codes"),
    [
        ("4.4.1", ["SE_ADT_ACTS"]),
        ("5.b.1", ["IT_MOB_OWN"]),
        ("9.c.1", ["IT_MOB_2GNTWK", "IT_MOB_3GNTWK", "IT_MOB_4GNTWK"]),
        ("17.6.1", ["i4213tfbb", "i992b"]),
        ("17.8.1", ["i99H"]),
    ],
)
def test_catalogue_holds_the_series_of_each_sdg_indicator_of_ict(indicator, codes):
    assert [one.code for one in series() if one.indicator == indicator] == codes


@pytest.mark.parametrize(("name", "list_"), [("idi-2017", "idi-2017"), ("idi-2023-2025", "idi-2023-2025")])
def test_catalogue_holds_every_input_of_an_edition(name, list_):
    inputs = [find_series(code) for code in series_of(edition(name))]
    assert None not in inputs
    listed = {one.code for one in series() if list_ in one.lists} - {"coverage_3g4g"}
    assert {one.code for one in inputs} == listed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("IT_NET_BBND", "i992b"),
        ("it_use_II99", "i99H"),
        ("HH7", "i99H"),
        ("i271pop", "IT_MOB_2GNTWK"),
        ("IT.CEL.SETS.P2", "i911"),
    ],
)
def test_series_is_found_by_its_older_and_foreign_names(name, code):
    assert find_series(name).code == code


def test_name_of_nothing_finds_nothing():
    assert find_series("IT_NOTHING") is None


def test_codes_of_the_core_list_are_marked_where_they_were_not_found_in_print():
    confirmed = {one.core for one in series() if one.core and one.core not in one.unverified}
    assert confirmed == {"HH1", "HH2", "HH3f", "HH3m", "HH4", "HH5", "HH6", "HH7", "HH10"}


def test_rate_is_made_of_counts_of_the_catalogue():
    made = [one for one in series() if one.numerator and one.denominator]
    assert len(made) == 11
    assert {(one.unit_class in {"percent", "per-100"}, one.factor) for one in made} == {(True, 100)}
    assert {series_by_code()[one.numerator].unit_class for one in made} == {"number"}


def test_every_series_of_a_list_is_defined_in_our_words():
    without = [one.code for one in series() if not one.definition and one.lists]
    assert without == []


def test_every_definition_is_worded_in_each_of_the_six_languages():
    defined = [one for one in series() if one.definition]
    assert len(defined) == 57
    for one in defined:
        assert {*one.definition} == {*LANGUAGES}
        assert len({one.definition.get(language) for language in LANGUAGES}) == len(LANGUAGES)


def test_series_is_found_by_its_code():
    users = series_by_code()["i99H"]
    assert users.title.get("fr") == "Personnes utilisant Internet"
    assert (users.unit_code, users.unit.get("ru")) == ("PERCENT", "процентов")
    assert (users.targets, users.goals, users.lines) == (("17.8",), (17,), ("C2", "C3"))


def test_goals_of_several_targets_ascend():
    assert series_by_code()["i992b"].goals == (9, 17)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_exists_in(language):
    for one in series():
        assert {one.title.language(language), one.unit.language(language)} == {language}
        assert one.source_note.language(language) in {language, ""}


def test_every_target_and_line_is_in_its_framework():
    frameworks = catalogue().frameworks
    for one in series():
        assert [frameworks["sdg"][code].kind for code in one.targets] == ["target"] * len(one.targets)
        assert [frameworks["wsis"][code].kind for code in one.lines] == [
            "sub-line" if "-" in code else "action line" for code in one.lines
        ]


def test_source_note_says_the_figures_are_not_those_of_itu():
    (note,) = {one.source_note for one in series() if one.source_note}
    assert note.get("en") == (
        "Estimates printed in the CIA World Factbook (public domain), for demonstration: they are not figures of ITU "
        "or of the indicator’s custodian agency."
    )


@pytest.fixture
def folder(tmp_path):
    for file in DATA.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_every_fault_is_told_with_file_and_row(folder):
    file = folder / "series.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    wrong = [
        "i 1,LITRES,,,sex,ITU,administrative,9,,,,,18.1 9.c,C12,factbook",
        "i5,NUMBER,x,,moon,XYZ,administrative,,half,,i112,,9.c,C2,press",
    ]
    file.write_text("\n".join([header, first, first, *wrong, *rest]), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_series(folder)
    assert [problem.place + ": " + problem.message for problem in refused.value.problems] == [
        "series.csv, row 3, column code: “SP.POP.TOTL” stands here twice.",
        "series.csv, row 4, column code: “i 1” is not a code.",
        "series.csv, row 4, column code: “i 1” has no title in titles.csv.",
        "series.csv, row 4, column unit: “LITRES” is not known.",
        "series.csv, row 4, column targets: “18.1” is not a code.",
        "series.csv, row 4, column lines: “C12” is not a code.",
        "series.csv, row 4, column sdg: “9” is not a code.",
        "series.csv, row 5, column code: “i5” has no title in titles.csv.",
        "series.csv, row 5, column source: “press” is not known.",
        "series.csv, row 5, column numerator: “x” is not known.",
        "series.csv, row 5, column breakdowns: “moon” is not a code.",
        "series.csv, row 5, column custodian: “XYZ” is not known.",
        "series.csv, row 5, column lists: “half” is not a code.",
        "series.csv, row 6, column names: “i112” is a name of i5 already.",
    ]


def test_missing_file_is_told(folder):
    (folder / "units.csv").unlink()
    with pytest.raises(InputError) as refused:
        read_series(folder)
    assert str(refused.value.problems[0]) == "units.csv: the file is missing."
