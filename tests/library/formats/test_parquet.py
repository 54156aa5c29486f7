"""Parquet: texts out, texts in."""

from contextlib import suppress
from datetime import date
from io import BytesIO

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.parquet import is_parquet, parquet_bytes, read_parquet
from actionlines.problems import InputError

cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_table_comes_back_as_it_was_written(rows):
    data = parquet_bytes(("REF_AREA", "OBS_VALUE"), rows)
    found = read_parquet(data)
    assert is_parquet(data)
    assert (found.columns, found.rows, found.problems) == (("REF_AREA", "OBS_VALUE"), tuple(rows), ())


def test_polars_reads_texts():
    frame = polars.read_parquet(BytesIO(parquet_bytes(("a", "b"), [("004", ""), ("NA", "1.10")])))
    assert frame.rows() == [("004", None), ("NA", "1.10")]


def test_numbers_and_days_become_texts_and_lists_are_told():
    buffer = BytesIO()
    frame = polars.DataFrame(
        {"n": [1, None], "x": [1.5, 2.0], "d": [date(2020, 1, 2), None], "l": [[1], [2]]}
    )
    frame.write_parquet(buffer)
    found = read_parquet(buffer.getvalue(), "t.parquet")
    assert found.columns == ("n", "x", "d")
    assert found.rows == (("1", "1.5", "2020-01-02"), ("", "2.0", ""))
    assert [one.column for one in found.problems] == ["l"]


def test_column_that_stands_there_twice_is_not_written():
    with pytest.raises(ValueError, match="twice"):
        parquet_bytes(("a", "a"), [])


@given(st.tuples(st.integers(4, 400), st.binary(min_size=1, max_size=6)))
def test_damaged_file_is_read_or_refused(given):
    place, other = given
    good = parquet_bytes(("a", "b"), [("1", "2"), ("3", "4")])
    with suppress(InputError):
        read_parquet(good[:place] + other + good[place + len(other) :])
