"""Open SDG: the data of an indicator."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.open_sdg import (
    Indicator,
    OpenSdgData,
    data_csv,
    read_data,
    repository_files,
    rows_of,
)
from actionlines.formats.open_sdg_words import read_words
from actionlines.formats.tabular import Grid, read_grid
from actionlines.problems import InputError

words = st.text(st.characters(categories=("L", "N"), include_characters=" ,\"'-"), max_size=8).map(str.strip)


def read(text):
    return read_data(read_grid(text.encode(), "indicator_1-1-1.csv"))


def test_rows_that_cannot_be_used_are_told_with_their_row():
    found = read(
        "Year,Sex,GeoCode,Value\n2020,F,004,1\n20,F,,1\n2021,F,,n/a\n2020,F,,2\n2022,F,,\n2023,,,-0.5\n"
    )
    assert [row["Value"] for row in found.rows] == ["1", "-0.5"]
    assert found.rows[0]["GeoCode"] == "004"
    assert [problem.row for problem in found.problems] == [3, 4, 5]
    assert found.headline == ({"Year": "2023", "Value": "-0.5"},)


@pytest.mark.parametrize("text", ["Year,Year,Value\n", "Year,,Value\n", "Value,Year\n"])
def test_header_that_cannot_be_used_is_refused(text):
    with pytest.raises(InputError):
        read(text)


@given(st.dictionaries(st.tuples(st.integers(1990, 2030), words, words), st.integers(-999, 999), max_size=6))
def test_data_come_back_as_they_were_written(values):
    rows = tuple(
        {
            name: text
            for name, text in {"Year": str(key[0]), "SEX": key[1], "AGE": key[2], "Value": str(value)}.items()
            if text
        }
        for key, value in values.items()
    )
    data = OpenSdgData(("Year", "SEX", "AGE", "Value"), rows)
    assert read(data_csv(data)) == data


def test_totals_become_blanks_and_a_component_that_splits_nothing_gets_no_column():
    records = [
        {"TIME_PERIOD": "2020", "OBS_VALUE": "1", "SEX": "_T", "AGE": "_T"},
        {"TIME_PERIOD": "2020", "OBS_VALUE": "2", "SEX": "F", "AGE": "_T"},
        {"TIME_PERIOD": "2021", "OBS_VALUE": "NaN", "SEX": "F", "AGE": "_T"},
    ]
    found = rows_of(records, {"SEX": "SEX", "AGE": "AGE"}, "TIME_PERIOD", "OBS_VALUE")
    assert found.columns == ("Year", "SEX", "Value")
    assert found.rows == ({"Year": "2020", "Value": "1"}, {"Year": "2020", "SEX": "F", "Value": "2"})


def test_repository_has_a_file_for_each_thing_and_language():
    data = OpenSdgData(("Year", "Value"), ({"Year": "2020", "Value": "1"},))
    one = Indicator(
        "9.c.1", data, {"en": "Coverage", "fr": "Couverture"}, {}, "per cent", {"fr": {"SEX": "Sexe"}}
    )
    assert sorted(repository_files([one])) == [
        *("config_data.yml", "data/indicator_9-c-1.csv", "indicator-config/9-c-1.yml"),
        *("meta/9-c-1.yml", "meta/fr/9-c-1.yml", "metadata_schema.yml"),
        *("translations/en/titles.yml", "translations/fr/data.yml", "translations/fr/titles.yml"),
    ]


@given(st.lists(st.lists(words, max_size=4).map(tuple), min_size=1, max_size=6).map(tuple))
def test_any_table_is_read_or_refused(rows):
    header = ("Year", *rows[0], "Value")
    try:
        found = read_data(Grid("x.csv", (header, *rows[1:])))
    except InputError:
        return
    assert len(found.rows) + len(found.problems) <= len(rows) - 1


def test_every_scalar_of_yaml_is_text_and_odd_names_are_told_with_their_line():
    text = 'code: 004\nflag: no\nlist:\n- 1.10\n"\\xEF\\xBB\\xBFlabel": x\ncode: 5\n'
    found = read_words(text.encode(), "meta.yml")
    assert found.fields == {"code": "5", "flag": "no", "list": '["1.10"]', "label": "x"}
    assert [(one.row, one.column) for one in found.problems] == [(5, "label"), (6, "code")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x 1\nb: *x\n", "references"),
        ("- a\n", "no list of names"),
        ("a: [", "not YAML here"),
        ("", "no list"),
    ],
)
def test_yaml_that_cannot_be_used_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        read_words(text.encode(), "meta.yml")


def test_written_words_are_read_back():
    data = OpenSdgData(("Year", "Value"), ())
    fields = {"fr": {"STAT_CONC_DEF": 'l\'Internet : "usage"\n# rien'}}
    files = repository_files([Indicator("9.c.1", data, {"en": "A", "fr": "B"}, fields)])
    found = read_words(files["meta/fr/9-c-1.yml"].encode(), "9-c-1.yml")
    assert found.fields["STAT_CONC_DEF"] == fields["fr"]["STAT_CONC_DEF"]


@given(st.one_of(st.binary(max_size=60), st.text("a:&*[]{}-\n \"'!|>#%@,?", max_size=40).map(str.encode)))
def test_any_bytes_are_read_or_refused(data):
    with suppress(InputError):
        read_words(data, "x.yml")
