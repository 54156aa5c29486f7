"""Data of an index: long or wide, whole or refused with every fault and its place."""

import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.cube import Flag
from actionlines.measurement.files.data import read_data
from actionlines.measurement.files.layout import Layout
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError
from shared import SHARED, needs_shared
from small_index import document

WIDE = "iso3,year,a,b\nFRA,2020,1,2.5\nFRA,2021,,3\nNAM,2021,4,n/a\n"
LONG = "economy,period,indicator,value,unit,flag\nFRA,2020,a,1,per cent,\nFRA,2020,b,2.5,number,E\nNAM,2021,a,4,per cent,\n"


@pytest.fixture
def specification():
    return Specification.of(document(2, {"step": "aggregate"}))


def put(tmp_path, text, name="data.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path, *arguments):
    with pytest.raises(InputError) as refused:
        read_data(path, *arguments)
    return [str(problem) for problem in refused.value.problems]


def test_wide_table_becomes_a_cube(tmp_path, specification):
    cube = read_data(put(tmp_path, WIDE), specification).cube
    assert (cube.periods, cube.units, cube.indicators) == (("2020", "2021"), ("FRA", "NAM"), ("a", "b"))
    nan = np.nan
    np.testing.assert_array_equal(cube.values, [[[1, 2.5], [nan, nan]], [[nan, 3], [4, nan]]])
    np.testing.assert_array_equal(cube.flags == int(Flag.MISSING), np.isnan(cube.values))


def test_long_table_becomes_the_same_kind_of_cube(tmp_path, specification):
    cube = read_data(put(tmp_path, LONG), specification).cube
    np.testing.assert_array_equal(
        cube.values, [[[1, 2.5], [np.nan, np.nan]], [[np.nan, np.nan], [4, np.nan]]]
    )
    assert cube.flags[0, 0].tolist() == [0, int(Flag.ESTIMATED)]


def test_same_table_in_every_kind_of_file_is_the_same_cube(tmp_path, specification):
    wanted = read_data(put(tmp_path, WIDE), specification).cube
    frame = pl.read_csv(tmp_path / "data.csv", null_values="n/a")
    frame.write_parquet(tmp_path / "data.parquet")
    put(tmp_path, WIDE.replace(",", ";"), "semicolons.csv")
    put(tmp_path, WIDE.replace(",", "\t"), "data.tsv")
    with xlsxwriter.Workbook(str(tmp_path / "data.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([frame.columns, *frame.rows()]):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    for name in ("data.parquet", "semicolons.csv", "data.tsv", "data.xlsx"):
        assert read_data(tmp_path / name, specification).cube.fingerprint == wanted.fingerprint, name


def test_sdmx_csv_is_read_by_its_own_names(tmp_path):
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,SERIES,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE\n"
        "dataflow,X:Y(1.0),I,004,a,_T,2020,1,A,PERCENT\ndataflow,X:Y(1.0),I,004,a,F,2020,2,E,PERCENT\n"
    )
    cube = read_data(put(tmp_path, text), layout=Layout(where={"SEX": "_T"})).cube
    assert (cube.units, cube.periods, cube.values.ravel().tolist()) == (("004",), ("2020",), [1.0])


def test_latest_vintage_counts(tmp_path):
    text = "unit,indicator,period,value,vintage\nA,a,2020,1,2021-06\nA,a,2020,2,2022-06\nB,a,2020,3,2021-06\n"
    assert read_data(put(tmp_path, text)).cube.values.ravel().tolist() == [2.0, 3.0]


def test_standard_errors_are_read_from_both_layouts(tmp_path):
    wide = read_data(
        put(tmp_path, "unit,a,a_se\nA,1,0.5\nB,2,\n"), Specification.of(document(1, {"step": "aggregate"}))
    )
    np.testing.assert_array_equal(wide.cube.errors.ravel(), [0.5, np.nan])
    long = read_data(put(tmp_path, "unit,indicator,value,standard_error\nA,a,1,0.5\nB,a,2,\n"))
    np.testing.assert_array_equal(long.cube.errors.ravel(), [0.5, np.nan])


def test_groups_and_names_are_read(tmp_path):
    text = "iso3,name,region,a\nFRA,France,EUR,1\nNAM,Namibia,AFR,2\n"
    cube = read_data(
        put(tmp_path, text), Specification.of(document(1, {"step": "aggregate"})), Layout(groups=("region",))
    ).cube
    assert cube.groups["region"].tolist() == [["EUR", "AFR"]]
    assert cube.names == {"FRA": "France", "NAM": "Namibia"}


def test_code_na_is_namibia_and_not_missing(tmp_path):
    cube = read_data(put(tmp_path, "unit,a\nNA,1\nFR,2\n")).cube
    assert cube.units == ("FR", "NA")


def test_derived_indicator_needs_only_its_terms(tmp_path):
    whole = document(
        1, {"step": "combine", "indicator": "a", "of": {"x": 0.5, "y": 2}}, {"step": "aggregate"}
    )
    whole["index"]["variables"] = ["x", "y"]
    cube = read_data(put(tmp_path, "unit,x,y\nA,2,3\n"), Specification.of(whole)).cube
    from actionlines.measurement.index import Index

    result = Index(Specification.of(whole)).compute(cube)
    assert result.scores()[0, 0] == 7.0
    assert result.stages[0].result.cube.flags[0, 0, 0] == int(Flag.DERIVED)


def test_every_fault_of_a_wide_file_is_said_at_once(tmp_path, specification):
    text = 'iso3,year,a,b,c\nFRA,2020,one,2,0\nFRA,2020,"1,5",,0\n,2021,inf,2,0\n'
    assert faults(put(tmp_path, text), specification) == [
        (
            "data.csv, row 1, column c: the column “c” is not known. Expected: a series of the specification, a grouping"
            " or a column to ignore, said under [data]."
        ),
        "data.csv, row 4, column iso3: the cell is empty. Expected: a code.",
        "data.csv, row 3: the unit FRA stands here twice for 2020, first in row 2.",
        "data.csv, row 2, column a: “one” is not a number. Expected: digits with a decimal point, or nothing.",
        "data.csv, row 3, column a: “1,5” is not a number. Expected: digits with a decimal point, or nothing.",
        "data.csv, row 4, column a: “inf” is not a number. Expected: digits with a decimal point, or nothing.",
    ]


def test_every_fault_of_a_long_file_is_said_at_once(tmp_path, specification):
    text = LONG + "FRA,2020,a,2,per cent,\nNAM,2021,b,many,per cent,\n,2021,a,1,per cent,\n"
    assert faults(put(tmp_path, text), specification) == [
        "data.csv, row 7, column economy: the cell is empty. Expected: a code.",
        "data.csv, row 6, column value: “many” is not a number. Expected: digits with a decimal point, or nothing.",
        "data.csv, row 5: the value of FRA / a / 2020 stands here twice, first in row 2.",
        (
            "data.csv, row 3, column unit: the series b is given in different units: number, per cent."
            " Expected: one unit for a series."
        ),
    ]


def test_series_that_is_not_there_is_named_beside_those_not_used(tmp_path, specification):
    text = LONG.replace(",b,", ",c,")
    assert faults(put(tmp_path, text), specification) == [
        "data.csv: there is no series b. Expected: every series of the specification; found and not used: c."
    ]


def test_misspelt_column_is_told_what_it_resembles(tmp_path):
    whole = {"index": {"code": "X"}, "indicators": [{"code": "internet_users", "parent": "X"}], "steps": []}
    assert faults(put(tmp_path, "iso3,internet_user\nFRA,1\n"), Specification.of(whole)) == [
        (
            "data.csv, row 1, column internet_user: the column “internet_user” is not known."
            " Expected: a series of the specification, such as internet_users."
        )
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.csv", None, "gone.csv: the file is missing."),
        ("data.doc", b"", "data.doc: “.doc” is no kind of file that can be read. Expected: one of: .csv, .tsv, .parquet, .xlsx, .xlsm, .xls, .ods."),
        ("data.csv", b"\xff\xfe", "data.csv: the file is not UTF-8 (byte 1). Expected: a text file in UTF-8."),
        ("data.csv", b"a,a\n1,2\n", "data.csv, row 1: the columns a stand here twice."),
        ("data.csv", b"x,y\n1,2\n", "data.csv, row 1: no column says which unit a row is about. Expected: a column named economy_iso3, unit, REF_AREA, … or said under [data.columns]."),
        ("data.parquet", b"no", "data.parquet: not a parquet file: parquet: File out of specification: The file must end with PAR1."),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    found = faults(path)
    assert len(found) == 1
    assert found[0].split("(")[0].startswith(said.split("(")[0][:45])


@needs_shared
def test_published_layouts_are_read_as_they_are():
    folder = SHARED / "data" / "ict"
    inputs = read_data(folder / "idi_new_inputs_2023_2025.csv").cube
    assert inputs.periods == ("2023", "2024", "2025")
    assert inputs.values.shape == (3, 174, 10)
    assert inputs.names["CHE"] == "Switzerland"
    switzerland = inputs.units.index("CHE")
    assert inputs.series("individuals_internet_pct")[2, switzerland] == 97.3
    old = read_data(folder / "idi_old_published_2015_2017.csv").cube
    assert (old.periods, old.indicators) == (("2015", "2017"), ("idi",))
    assert old.series("idi")[0, old.units.index("AFG")] == 1.83
    scores = read_data(folder / "idi_new_scores_2023_2025.csv").cube
    assert "pillar_universal" in scores.indicators


PIECES = st.sampled_from(
    ["", ",", "\n", '"', "a", "1", "-", "é", "\t", ";", "1e400", "inf", "0x1", "١", "=1+1", "unit"]
)


@given(
    st.sampled_from([WIDE, LONG]),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 3), PIECES), max_size=4),
)
def test_any_table_is_read_or_refused(text, edits):
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_text(text, encoding="utf-8")
        try:
            cube = read_data(path).cube
        except InputError:
            return
    assert not np.isinf(cube.values).any()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.50", 1.5),
        (" 2 ", 2.0),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("N/A", np.nan),
        ("..", np.nan),
        ("–", np.nan),
        ("", np.nan),
    ],
)
def test_cell_says_a_number_or_that_there_is_none(tmp_path, cell, value):
    found = read_data(put(tmp_path, f"unit,a\nA,{cell}\nB,7\n")).cube.values[0, 0, 0]
    np.testing.assert_array_equal(found, value)


@pytest.mark.parametrize("cell", ["1 000", "1_000", "0x1", "inf", "1e999", "١٢", "5 %", "=1+1", "1.2.3"])
def test_cell_that_is_no_number_is_refused(tmp_path, specification, cell):
    assert faults(put(tmp_path, f"unit,a,b\nA,{cell},1\n"), specification) == [
        f"data.csv, row 2, column a: “{cell}” is not a number. Expected: digits with a decimal point, or nothing."
    ]
