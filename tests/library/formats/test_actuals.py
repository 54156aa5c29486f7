"""Tables of what was measured: what is written is read back, and every fault is named with its cell."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.actuals import COLUMNS, ActualRow, read_actuals, rows_of
from actionlines.formats.tabular import csv_text, read_table, write_table
from actionlines.problems import InputError
from actionlines.results.aggregation import Measure

HEAD = "indicator,period,part,value,weight,members,narrative\n"
CODES = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,8}", fullmatch=True)
NUMBERS = st.none() | st.decimals(-(10**9), 10**9, places=3)


@st.composite
def actuals(draw: st.DrawFn) -> ActualRow:
    members = draw(st.frozensets(CODES, max_size=3))
    value = draw(NUMBERS if members else NUMBERS.filter(lambda number: number is not None))
    weight = draw(st.none() | st.decimals(0, 10**6, places=2))
    return ActualRow(
        draw(CODES), draw(st.sampled_from(["2024", "2025-Q1"])), draw(CODES), Measure(value, weight, members)
    )


@given(
    st.lists(actuals(), min_size=1, max_size=5, unique_by=lambda row: (row.indicator, row.period, row.part))
)
def test_what_is_written_is_read_back(rows: list[ActualRow]) -> None:
    text = csv_text(list(COLUMNS), rows_of(rows))
    read = read_actuals(read_table(text.encode(), "a.csv"))
    assert [(row.indicator, row.period, row.part, row.measure) for row in read] == [
        (row.indicator, row.period, row.part, row.measure) for row in rows
    ]


def test_a_workbook_holds_the_same(tmp_path: Path) -> None:
    row = ActualRow("i", "2024", "sex=F", Measure(Decimal("1.5")), "=1+1")
    path = tmp_path / "a.xlsx"
    write_table(path, list(COLUMNS), rows_of([row]))
    (read,) = read_actuals(read_table(path))
    assert (read.part, read.measure, read.narrative) == ("sex=F", Measure(Decimal("1.5")), "=1+1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,value\ni,1\n", ["a.csv, row 1: the column “period” is missing."]),
        (HEAD, ["a.csv: the file holds a header and no row below it."]),
        (f"{HEAD}i,2024,,ten,,,\n", ["a.csv, row 2, column value: “ten” cannot stand here."]),
        (f"{HEAD}i,2024,,nan,,,\n", ["a.csv, row 2, column value: “nan” cannot stand here."]),
        (f"{HEAD}i,2024,,1e30,,,\n", ["a.csv, row 2, column value: “1e30” cannot stand here."]),
        (f"{HEAD}i,2024,,,,,\n", ["a.csv, row 2, column value: “value” is missing."]),
        (f"{HEAD},2024,,1,,,\n", ["a.csv, row 2, column indicator: “indicator” is missing."]),
        (f"{HEAD}i,2024,,1,-2,,\n", ["a.csv, row 2, column weight: “-2” cannot stand here."]),
        (
            f"{HEAD}i,2024,,1,,,\ni,2024,,2,,,\n",
            ["a.csv, row 3, column indicator: the figure of row 2 stands here again."],
        ),
        (
            f"{HEAD}i,2024,,x,,,\n,2024,,1,,,\n",
            [
                "a.csv, row 2, column value: “x” cannot stand here.",
                "a.csv, row 3, column indicator: “indicator” is missing.",
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_cell(text: str, said: list[str]) -> None:
    with pytest.raises(InputError) as error:
        read_actuals(read_table(text.encode(), "a.csv"))
    assert [str(problem).partition(" Expected")[0] for problem in error.value.problems] == said
