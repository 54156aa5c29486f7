"""What is wrong with a table is named with its cell, and nothing is guessed silently."""

import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
import xlsxwriter

from actionlines.formats.statistics import Mapping, read_mapped, recognise, signature_of, stream_long
from actionlines.formats.tabular import cell_name, read_grid
from actionlines.problems import InputError

HEADER = "economy,year,series,value\n"


def read(text, **said):
    grid = read_grid(text.encode(), "t.csv")
    mapping = recognise(grid)
    assert mapping is not None
    return read_mapped(grid, replace(mapping, **said))


def values(found):
    return [(one.economy, one.period, str(one.value)) for one in found.observations]


def told(found):
    return [(problem.column, problem.severity, problem.message) for problem in found.problems]


@pytest.mark.parametrize(
    ("place", "name"),
    [((1, 0), "A1"), ((7, 5), "F7"), ((2, 26), "AA2"), ((3, 701), "ZZ3"), ((1, 702), "AAA1")],
)
def test_cell_is_named_as_a_spreadsheet_does(place, name):
    assert cell_name(*place) == name


@pytest.mark.parametrize("nothing", ["..", "n/a", "", "–"])
def test_words_for_no_value_are_empty(nothing):
    found = read(f"{HEADER}SEN,2019,i99H,{nothing}\nSEN,2020,i99H,50\n")
    assert (values(found), told(found), found.empty) == ([("SEN", "2020", "50")], [], 1)


def test_bound_is_named_and_not_read():
    found = read(f"{HEADER}SEN,2019,i99H,<0.1\nSEN,2020,i99H,50\n")
    assert values(found) == [("SEN", "2020", "50")]
    assert told(found) == [("D2", "error", "“<0.1” is a bound, not a value.")]


def test_letter_behind_a_number_is_its_flag():
    found = read(f"{HEADER}SEN,2019,i99H,12.3 e\n")
    assert [(str(one.value), one.flag) for one in found.observations] == [("12.3", "E")]


def test_decimal_commas_are_read_and_told():
    found = read("economy;year;series;value\nSEN;2019;i99H;45,5\nSEN;2020;i99H;46,25\n")
    assert values(found) == [("SEN", "2019", "45.5"), ("SEN", "2020", "46.25")]
    assert told(found) == [("D2", "warning", "2 cells have a decimal comma, the first is D2: “45,5”.")]


def test_comma_that_could_be_either_is_named():
    found = read(f'{HEADER}SEN,2019,i112,"1,234"\nSEN,2020,i112,"1,234,567"\n')
    assert values(found) == [("SEN", "2020", "1234567")]
    assert told(found) == [
        ("D2", "error", "“1,234” is not a number."),
        ("D3", "warning", "1 cells separate thousands, the first is D3: “1,234,567”."),
    ]


def test_economy_that_stands_twice_with_two_values_is_read_from_neither_row():
    found = read(
        f"{HEADER}Sudan,2019,i99H,30\n729,2019,i99H,31\nKorea (Rep. of),2019,i99H,96\n410,2019,i99H,96\n"
    )
    assert values(found) == [("KOR", "2019", "96")]
    assert told(found) == [
        ("D3", "error", "i99H of SDN in 2019 stands in D2 as well, with another value: neither is read."),
        ("D5", "warning", "i99H of KOR in 2019 stands in D4 as well, with the same value."),
    ]


def test_former_sudan_is_not_taken_for_sudan():
    found = read(f"{HEADER}736,2005,i99H,1\n729,2019,i99H,31\n")
    assert values(found) == [("SDN", "2019", "31")]
    assert told(found)[0][2] == "“736” is not an economy; 1 rows of it are left out."


def test_two_vintages_of_a_column_vintage_are_both_read():
    found = read("economy,year,series,value,vintage\nSEN,2019,i99H,45,2019-06\nSEN,2019,i99H,46,2020\n")
    assert [(str(one.value), one.vintage) for one in found.observations] == [
        ("45", "2019-06-01"),
        ("46", "2020-01-01"),
    ]


def test_year_over_two_columns_is_read_from_neither():
    found = read("Country,Series,2018,2019,2019\nSEN,i99H,40,45,46\nFRA,i99H,80,81,82\n")
    assert values(found) == [("SEN", "2018", "40"), ("FRA", "2018", "80")]
    assert told(found)[0][::2] == ("E1", "2019 stands over D1, E1: neither column is read.")


def test_column_without_a_name_is_left_out_and_named():
    found = read("Country,Series,2018,2019,\nSEN,i99H,40,45,1\nFRA,i99H,80,81,2\n")
    assert len(values(found)) == 4
    assert told(found) == [
        ("E1", "warning", "the column has no name (a merged header?): its 2 cells are left out.")
    ]


def test_footnote_rows_are_left_out_and_named():
    found = read("Country,Series,2018,2019\nSEN,i99H,40,45\nFRA,i99H,80,81\n* Survey of 2018,,,\n")
    assert len(values(found)) == 4
    assert told(found) == [
        ("A4", "warning", "the row looks like a footnote and is left out: “* Survey of 2018”.")
    ]


def test_percentages_below_one_wait_until_somebody_says_how_they_are_written():
    rows = HEADER + "".join(f"SEN,{year},i99H,0.4{year % 10}\n" for year in range(2014, 2020))
    waiting = read(rows)
    assert values(waiting) == []
    assert told(waiting)[0][2].startswith("i99H counts per cent, and none of its 6 values is above 1")
    assert values(read(rows, fractions=True))[0] == ("SEN", "2014", "44.00")
    assert values(read(rows, fractions=False))[0] == ("SEN", "2014", "0.44")


def test_column_in_thousands_waits_until_somebody_says_the_factor():
    rows = "Fixed-telephone subscriptions (thousands),,,\nCountry,2018,2019\nSEN,290,300\nFRA,38000,37900\n"
    waiting = read(rows)
    assert values(waiting) == []
    assert told(waiting)[0][2] == "i112 counts units, and A1 speaks of thousands or millions."
    assert values(read(rows, factor=1000))[0] == ("SEN", "2018", "290000")


def test_table_nobody_knows_is_left_to_a_person():
    grid = read_grid(b"a,b\n1,2\n", "t.csv")
    assert recognise(grid) is None


def test_mapping_is_kept_as_plain_data():
    mapping = Mapping("wide", 2, {"economy": 0}, "ITU", {1: 2018}, {2018: 3}, {}, "", "i99H", 1000, True)
    assert Mapping.from_plain(mapping.plain()) == mapping


def test_tables_of_two_years_have_one_signature():
    first, second = (read_grid(f"Country,Note,{year}\nSEN,,1\n".encode(), "t.csv") for year in (2018, 2019))
    assert signature_of(first, 1) == signature_of(second, 1)


def test_workbook_with_macros_is_refused():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "x")
    with ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    with pytest.raises(InputError) as refused:
        read_grid(file.getvalue(), "t.xlsm")
    assert refused.value.problems[0].message == "the workbook holds macros."


def test_long_table_is_streamed_and_its_faults_are_told(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(
        f"{HEADER}SEN,2019,i99H,45\nXXX,2019,i99H,1\nSEN,2019,x,1\nSEN,19,i99H,1\nSEN,2020,i99H,<1\n", "utf-8"
    )
    problems = []
    found = list(stream_long(path, source="ITU", problems=problems))
    assert [(one.economy, one.series, one.period, one.source) for one in found] == [
        ("SEN", "i99H", "2019", "ITU")
    ]
    assert [str(problem) for problem in problems] == [
        "long.csv, row 3, column economy: “XXX” is not an economy.",
        "long.csv, row 4, column series: “x” is not a series of the catalogue.",
        "long.csv, row 5, column period: “19” is not a year.",
        "long.csv, row 6, column value: “<1” is not a number.",
    ]


def test_vintage_that_is_no_day_is_told(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(
        "economy,year,series,value,vintage\nSEN,2019,i99H,45,soon\nSEN,2019,i99H,45,2020\n", "utf-8"
    )
    problems = []
    assert [one.vintage for one in stream_long(path, problems=problems)] == ["2020-01-01"]
    assert [str(one) for one in problems] == [
        "long.csv, row 2, column vintage: “soon” is not the day of a vintage."
    ]
    found = read("economy,year,series,value,vintage\nSEN,2019,i99H,45,soon\n")
    assert told(found) == [("E2", "error", "“soon” is not the day of a vintage.")]
