"""The catalogue of series: complete in six languages, its codes known, its faults told all at once."""

import shutil

import pytest

from actionlines.frameworks.catalogue import catalogue
from actionlines.measurement import read_series, series, series_by_code
from actionlines.measurement.series import DATA
from actionlines.problems import InputError
from actionlines.text import LANGUAGES


def test_catalogue_holds_the_series_of_the_demonstration():
    assert [one.code for one in series()] == [
        "i112",
        "i91",
        "i271",
        "i911",
        "i99H",
        "i4213tfbb",
        "i992b",
        "EG_ACS_ELEC",
        "SE.ADT.LITR.ZS",
    ]


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
        assert {
            one.title.language(language),
            one.unit.language(language),
            one.source_note.language(language),
        } == {language}


def test_every_target_and_line_is_in_its_framework():
    frameworks = catalogue().frameworks
    for one in series():
        assert [frameworks["sdg"][code].kind for code in one.targets] == ["target"] * len(one.targets)
        assert [frameworks["wsis"][code].kind for code in one.lines] == ["action line"] * len(one.lines)


def test_source_note_says_the_figures_are_not_those_of_itu():
    (note,) = {one.source_note for one in series()}
    assert note.get("en") == (
        "Estimates printed in the CIA World Factbook (public domain), for demonstration: they are not figures of ITU "
        "or of the indicator’s custodian agency."
    )


@pytest.fixture
def folder(tmp_path):
    for name in ("series.csv", "units.csv", "sources.csv"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def test_every_fault_is_told_with_file_and_row(folder):
    file = folder / "series.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    wrong = [
        "i 1,LITRES,18.1 9.c,C12,Eau,Eau,ماء,Agua,Вода,水,factbook",
        "i5,NUMBER,9.c,C2,Water,Eau,ماء,Agua,,水,press",
    ]
    file.write_text("\n".join([header, first, first, *wrong, *rest]), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_series(folder)
    assert [problem.place + ": " + problem.message for problem in refused.value.problems] == [
        "series.csv, row 3, column code: “i112” stands here twice.",
        "series.csv, row 4, column code: “i 1” is not a code.",
        "series.csv, row 4, column unit: “LITRES” is not known.",
        "series.csv, row 4, column targets: “18.1” is not a code.",
        "series.csv, row 4, column lines: “C12” is not a code.",
        "series.csv, row 5, column ru: the cell is empty.",
        "series.csv, row 5, column source: “press” is not known.",
    ]


def test_missing_file_is_told(folder):
    (folder / "units.csv").unlink()
    with pytest.raises(InputError) as refused:
        read_series(folder)
    assert str(refused.value.problems[0]) == "units.csv: the file is missing."
