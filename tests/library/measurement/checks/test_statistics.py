"""Reading a long table of statistics."""

import pytest

from actionlines.measurement.checks import read_statistics
from actionlines.problems import InputError

HEADER = ("Economy (ISO3)", "Year", "Indicator", "Value")


def read(value):
    statistics = read_statistics(
        ("economy_iso3", "year", "indicator", "value"), [(2, ["SEN", "2020", "i99H", value])]
    )
    return next(iter(statistics.values["i99H"].values()))[2020]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12", 12.0), ("12.5", 12.5), ("-1.5", -1.5), ("1e3", 1000.0), ("12,5", 12.5), ("0,12", 0.12)),
        *(("1 234", 1234.0), ("1\u202f234,5".replace(",5", ""), 1234.0), ("1,234,567", 1_234_567.0)),
        *(("1,234.5", 1234.5), ("1’234’567", 1_234_567.0)),
    ],
)
def test_numbers_that_can_be_read_in_one_way_are_read(text, number):
    assert read(text).number == number


def test_a_mark_behind_a_number_is_its_flag():
    assert read("12.3 e") == (12.3, "E", "")
    assert read("12.3†") == (12.3, "E", "")


@pytest.mark.parametrize("text", ["1,234", "<0.1", "about 5", "12.3.4", "1 23", "=A1", "12%"])
def test_what_could_be_read_in_two_ways_is_named_and_not_guessed(text):
    with pytest.raises(InputError) as caught:
        read(text)
    assert str(caught.value.problems[0]) == (
        f"row 2, column value: “{text}” is not a number. Expected: a number with a point before its decimals; "
        "nothing, “..” or “n/a” where there is none."
    )


@pytest.mark.parametrize("text", ["", "..", "n/a", "N.A.", "–", "null"])
def test_the_words_for_no_value_are_counted_as_empty(text):
    rows = [(2, ["SEN", "2020", "i99H", text]), (3, ["SEN", "2021", "i99H", "1"])]
    statistics = read_statistics(("economy_iso3", "year", "indicator", "value"), rows)
    assert (statistics.rows, statistics.empty, statistics.problems) == (2, 1, [])


def test_series_are_known_under_the_codes_of_three_houses():
    header = ("geo", "time", "series", "value")
    for code in ("individuals_internet_pct", "IT_USE_ii99", "it_use_II99", "IT.NET.USER.ZS", "HH7"):
        assert list(read_statistics(header, [(2, ["NAM", "2020", code, "1"])]).values) == ["i99H"]


def test_a_value_that_stands_twice_is_named_with_its_twin():
    rows = [(2, ["NAM", "2020", "x", "1"]), (3, ["NAM", "2020", "x", "2"])]
    statistics = read_statistics(("geo", "time", "series", "value"), rows, "f.csv")
    assert [str(problem) for problem in statistics.problems] == [
        "f.csv, row 3, column value: the value of x for NAM in 2020 stands in row 2 as well. Expected: each value once."
    ]
    assert statistics.values["x"]["NAM", ""][2020].number == 1


def test_totals_are_no_breakdown_and_codes_stay_text():
    header = ("ref_area", "time_period", "series", "obs_value", "sex", "age", "urbanisation")
    rows = [
        (2, ["004", "2020", "x", "1", "_T", "_T", "_T"]),
        (3, ["004", "2020", "x", "2", "F", "Y15T24", "R"]),
    ]
    assert list(read_statistics(header, rows).values["x"]) == [
        ("004", ""),
        ("004", "age=Y15T24;area=R;sex=F"),
    ]


def test_a_missing_column_is_named_with_those_found():
    with pytest.raises(InputError, match=r"no column says the series, value.*found: Economy \(ISO3\), Year"):
        read_statistics(HEADER[:2], [], "f.csv")


def test_a_year_that_is_none_is_named():
    rows = [(2, ["NAM", "20", "x", "1"]), (3, ["", "2020", "x", "1"]), (4, ["NAM", "2020", "x", "1"])]
    statistics = read_statistics(("geo", "time", "series", "value"), rows)
    assert [(problem.row, problem.column) for problem in statistics.problems] == [
        (2, "period"),
        (3, "economy"),
    ]
