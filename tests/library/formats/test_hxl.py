"""HXL: hashtags name the columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.hxl import HxlTable, hxl_csv, is_hxl, read_hxl
from actionlines.formats.tabular import Grid, read_grid
from actionlines.problems import InputError

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8).map(str.strip)
rows = st.lists(st.tuples(cells, cells, cells).filter(any), max_size=5).map(tuple)


def test_preamble_is_kept_and_columns_are_found_whatever_their_attributes():
    text = "Movement plan,,\n,,\nOrg,Place,Remark\n#org,#adm1 +name,\nUN,Gao,=x\n"
    table = read_hxl(read_grid(text.encode(), "plan.csv"))
    assert table.headers == ("Org", "Place", "Remark")
    assert table.tags == ("#org", "#adm1+name", "")
    assert table.names == ("#org", "#adm1+name", "Remark")
    assert (table.column("#adm1"), table.column("#country")) == (1, None)
    assert table.rows == (("UN", "Gao", "=x"),)
    assert table.before[0][0] == "Movement plan"


def test_table_without_hashtags_is_refused():
    grid = Grid("x.csv", (("a", "b"), ("#1", "2")))
    assert not is_hxl(grid)
    with pytest.raises(InputError, match="no row of hashtags"):
        read_hxl(grid)


@given(rows)
def test_table_comes_back_as_it_was_written(rows):
    table = HxlTable(("Org", "Place", "Remark"), ("#org", "#adm1+name", ""), rows)
    assert read_hxl(read_grid("".join(hxl_csv(table)).encode(), "t.csv")) == table


@given(st.lists(st.lists(cells, max_size=4).map(tuple), min_size=1, max_size=6).map(tuple))
def test_any_table_is_read_or_refused(rows):
    grid = Grid("x.csv", rows)
    if is_hxl(grid):
        assert len(read_hxl(grid).rows) < len(rows)
    else:
        with pytest.raises(InputError):
            read_hxl(grid)
