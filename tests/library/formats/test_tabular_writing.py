"""Csv in parts."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.tabular import csv_parts
from actionlines.formats.tabular.table import guarded

CELLS = st.one_of(st.just(""), st.text(max_size=12), st.text("a1,\"\r\n '=+-@\t", max_size=6))


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6), size=st.integers(1, 3))
def test_parts_are_what_the_csv_module_writes(rows, size):
    wanted = io.StringIO()
    writer = csv.writer(wanted)
    writer.writerow(["a", guarded("=b")])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    chunks = [rows[start : start + size] for start in range(0, len(rows), size)]
    assert "".join(csv_parts(["a", "=b"], chunks)) == wanted.getvalue()
