"""The workbook: its tables as sheets, its figures as numbers, nothing a formula."""

import io

import openpyxl
import pytest

from actionlines.reports import build, render
from actionlines.stocktaking import Entry
from library.reports.cases import LINKS, TODAY


@pytest.fixture(scope="module")
def book(reports):
    return openpyxl.load_workbook(io.BytesIO(render(reports("en"), "xlsx")))


def test_first_sheet_is_the_matrix_with_numbers(book):
    rows = [*book.worksheets[0].iter_rows(min_row=3, values_only=True)]
    assert rows[0][:3] == ("Action line", "1", "2")
    assert rows[2][0] == "C2"
    assert rows[2][9] == 1


def test_last_sheet_holds_every_figure(book, reports):
    rows = [*book.worksheets[-1].iter_rows(min_row=2, values_only=True)]
    assert {row[0]: row[2] for row in rows} == {
        name: figure.value for name, figure in reports("en").figures.items()
    }
    assert {row[0]: row[5] for row in rows}["line.C2"] == "a1"


def test_arabic_sheets_run_from_right_to_left(reports):
    arabic = openpyxl.load_workbook(io.BytesIO(render(reports("ar"), "xlsx")))
    assert {sheet.sheet_view.rightToLeft for sheet in arabic.worksheets} == {True}


def test_no_cell_is_a_formula():
    from actionlines.reports.kinds import KINDS

    entry = Entry("x", '=HYPERLINK("x")', "=1+1", "en", "=cmd|' /C calc'!A0")
    report = KINDS["global"].build([entry], {}, language="en", today=TODAY)
    sheets = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx"))).worksheets
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}


def test_same_report_is_the_same_file():
    report = build([Entry("a1", "One", "Text.", "en")], LINKS, language="en", today=TODAY)
    assert render(report, "xlsx") == render(report, "xlsx")
