"""Reading tables: what is text stays text, rows are numbered as a spreadsheet does, what was written reads back."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.formats.tabular import read_table, write_table
from actionlines.formats.tabular.table import guarded, is_formula, unguarded

# What a cell of a csv file and of a workbook can hold; white space at its ends is not part of it.
CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), max_size=30
).map(str.strip)


def workbook(*rows, sheet=None):
    book = openpyxl.Workbook()
    page = book.active if sheet is None else book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(data, name="a.csv"):
    return [row.cells for row in read_table(data, name).rows]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(deadline=None)  # a workbook is written and read
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_was_written_reads_back(tmp_path_factory, suffix, rows):
    path = tmp_path_factory.mktemp("table") / f"a{suffix}"
    write_table(path, ("first", "second"), rows)
    table = read_table(path)
    assert table.columns == ("first", "second")
    assert [row.cells for row in table.rows] == [row for row in rows if any(row)]
    assert table.problems == []


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_guarding_is_undone_and_leaves_nothing_a_spreadsheet_runs(text):
    assert unguarded(guarded(text)) == text
    assert not is_formula(guarded(text))


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "  =HYPERLINK(1)"]
)
def test_what_a_spreadsheet_runs_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"
    assert is_formula(text)


@pytest.mark.parametrize("text", ["- first aim", "@home", "+ more", "-", "2018", "'=1+1"])
def test_honest_texts_are_no_formulas(text):
    assert not is_formula(text)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found_by_the_header(separator):
    text = f"id{separator}title{separator}year\n004{separator}NA{separator}1.10\n"
    assert cells(text.encode()) == [("004", "NA", "1.10")]


def test_separator_of_a_first_line_is_obeyed_and_the_line_counts_as_a_row():
    table = read_table(b"sep=;\nid;title, short\n1;a\n", "a.csv")
    assert (table.header_row, table.columns) == (2, ("id", "title, short"))
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("1", "a"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_their_marks(encoding):
    assert cells("título\nعربي\n中文\n".encode(encoding)) == [("عربي",), ("中文",)]


def test_rows_are_numbered_as_a_spreadsheet_does():
    data = b'\nid,text\n1,"two\nlines"\n\n2,b\n'
    assert [row.number for row in read_table(data, "a.csv").rows] == [3, 5]


def test_empty_columns_behind_the_header_are_dropped():
    table = read_table(b"id,text,,\n1,a,,\n", "a.csv")
    assert table.columns == ("id", "text")
    assert [row.cells for row in table.rows] == [("1", "a")]


def test_numbers_and_days_of_a_workbook_become_the_text_that_means_them():
    data = workbook(
        ["id", "year", "share", "day", "moment", "yes"],
        ["004", 2018.0, 0.1 + 0.2, dt.date(2018, 2, 3), dt.datetime.fromisoformat("2018-02-03T04:05"), True],
    )
    table = read_table(data, "a.xlsx")
    (row,) = table.rows
    assert row.cells == ("004", "2018", "0.3", "2018-02-03", "2018-02-03 04:05:00", "TRUE")
    assert row.numbers == {1, 2, 5}


def test_rows_of_a_workbook_keep_their_numbers_below_an_offset_header():
    data = workbook([], [None, "id", "text"], [], [None, 1, "a"])
    table = read_table(data, "a.xlsx")
    assert (table.header_row, table.columns) == (2, ("id", "text"))
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("1", "a"))]


def test_formula_of_a_workbook_is_seen_where_it_stands():
    data = workbook([None, "id", "text"], [None, "a", "=1+1"], [None, "'=1", "plain"])
    first, second = read_table(data, "a.xlsx").rows
    assert (first.cells, first.formulas) == (("a", "=1+1"), {1})
    assert (second.cells, second.formulas) == (("=1", "plain"), frozenset())


def test_the_first_sheet_that_holds_anything_is_read():
    assert cells(workbook(["id"], ["7"], sheet="Second"), "a.xlsx") == [("7",)]


def test_a_file_is_known_by_what_it_holds():
    assert cells(workbook(["id"], ["7"]), "misnamed.csv") == [("7",)]


def test_rows_are_read_as_they_are_asked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id\n" + b"1\n" * 100_000 + b"\xff\n")
    rows = read_table(path).rows
    assert next(rows).cells == ("1",)


def test_an_unknown_ending_is_not_written(tmp_path):
    with pytest.raises(ValueError, match=r"a\.ods: expected an ending \.csv or \.xlsx"):
        write_table(tmp_path / "a.ods", ("id",), [])
    assert not list(tmp_path.iterdir())
