"""Questionnaires: the workbook asks counts, takes them back, and makes the rates."""

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.questionnaire import is_questionnaire, read_questionnaire, write_questionnaire
from actionlines.formats.tabular import read_grid
from actionlines.measurement.questionnaire import KINDS, questions, rates, rates_from
from actionlines.problems import InputError
from actionlines.text import LANGUAGES


def written(kind="short", language="en", **known):
    file = io.BytesIO()
    write_questionnaire(file, kind, "SEN", 2024, language, **known)
    return file.getvalue()


def filled(answers, kind="short"):
    """The workbook with answers in it: (code, part) to value, or to (value, flag, note)."""
    book = openpyxl.load_workbook(io.BytesIO(written(kind)))
    sheet = book.active
    for row in sheet.iter_rows(min_row=7):
        answer = answers.get((row[0].value, row[1].value or ""))
        if answer is not None:
            answer = answer if isinstance(answer, tuple) else (answer,)
            for place, value in enumerate(answer, 5):
                row[place].value = value
    file = io.BytesIO()
    book.save(file)
    return read_grid(file.getvalue(), "q.xlsx")


def values(found):
    return {(one.series, one.breakdown): (str(one.value), one.flag) for one in found.observations}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_asks_in_each_language(kind, language):
    sheet = openpyxl.load_workbook(io.BytesIO(written(kind, language))).active
    assert sheet["A1"].value == f"actionlines questionnaire | {kind} | SEN | 2024"
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    asked = [(row[0].value, row[1].value or "") for row in sheet.iter_rows(min_row=7) if row[0].value]
    assert asked == [(one.series.code, one.breakdown) for one in questions(kind)]


def test_cells_to_fill_are_open_and_checked_and_formulas_are_not():
    sheet = openpyxl.load_workbook(io.BytesIO(written())).active
    assert sheet.protection.sheet
    assert (sheet["F7"].protection.locked, sheet["A7"].protection.locked) == (False, True)
    kinds = {rule.type: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert kinds == {"decimal": "0", "list": '"A,E,P,B"'}
    formulas = [row[5] for row in sheet.iter_rows(min_row=20) if str(row[5].value).startswith("=")]
    assert len(formulas) == len(rates("short"))
    assert all(cell.protection.locked for cell in formulas)


def test_value_of_the_year_before_stands_beside():
    known = {("i112", ""): Decimal(290000)}
    sheet = openpyxl.load_workbook(io.BytesIO(written(before=known))).active
    assert [row[4].value for row in sheet.iter_rows(min_row=7) if row[0].value == "i112"] == [290000]


def test_filled_workbook_gives_counts_and_the_rates_they_make():
    grid = filled(
        {
            ("SP.POP.TOTL", ""): 18_000_000,
            ("i112", ""): (360_000, "E", "One operator is late."),
            ("i4213tfbb", ""): 540_000,
            ("i4213tfbb", "speed=GE10M"): 180_000,
        }
    )
    assert is_questionnaire(grid)
    found = read_questionnaire(grid, source="Ministry")
    assert values(found) == {
        ("SP.POP.TOTL", ""): ("18000000", "A"),
        ("i112", ""): ("360000", "E"),
        ("i4213tfbb", ""): ("540000", "A"),
        ("i4213tfbb", "speed=GE10M"): ("180000", "A"),
        ("i91", ""): ("2.000000", "E"),
        ("i992b", ""): ("3.000000", "A"),
        ("i992b", "speed=GE10M"): ("1.000000", "A"),
    }
    assert {one.source for one in found.observations} == {"Ministry"}
    assert found.observations[1].note == "One operator is late."


def test_parts_are_divided_by_their_own_scope():
    grid = filled(
        {
            ("individuals_in_scope", ""): 1000,
            ("individuals_in_scope", "sex=F"): 500,
            ("individuals_using_internet", ""): 600,
            ("individuals_using_internet", "sex=F"): 250,
            ("individuals_using_internet", "sex=M"): 350,
        },
        "long",
    )
    made = values(read_questionnaire(grid))
    assert (made["i99H", ""][0], made["i99H", "sex=F"][0]) == ("60.000000", "50.000000")
    assert ("i99H", "sex=M") not in made


def test_answers_that_are_no_counts_are_named_with_their_cell():
    grid = filled({("SP.POP.TOTL", ""): "about 18 million", ("i112", ""): -5, ("i271", ""): "1 234"})
    found = read_questionnaire(grid)
    assert [
        (problem.column, problem.message) for problem in found.problems if problem.severity == "error"
    ] == [
        ("F7", "“about 18 million” is not a number."),
        ("F8", "a count is not below zero."),
    ]
    assert values(found) == {("i271", ""): ("1234", "A")}


def test_other_workbook_is_no_questionnaire():
    grid = read_grid(b"economy,year\nSEN,2020\n", "t.csv")
    assert not is_questionnaire(grid)
    with pytest.raises(InputError, match="is not a questionnaire"):
        read_questionnaire(grid)


@given(
    st.dictionaries(
        st.sampled_from([(one.series.code, one.breakdown) for one in questions("long")]),
        st.decimals(0, 10**9, places=2),
    )
)
def test_every_rate_is_its_counts_divided(counts):
    for (code, part), value in rates_from("long", counts).items():
        one = next(one for one, own in rates("long") if (one.code, own) == (code, part))
        below = counts.get((one.denominator, part), counts.get((one.denominator, "")))
        assert abs(value - one.factor * counts[one.numerator, part] / below) <= Decimal("0.000001")
