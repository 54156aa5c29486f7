"""Road maps in tables, there and back, and what is refused with its cell."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.roadmaps import COLUMNS, activities_of, rows_of
from actionlines.formats.tabular import csv_text, read_table, write_table
from actionlines.problems import InputError
from actionlines.results.roadmap import STATES, Activity

WORDS = st.text(
    st.characters(categories=("L", "N", "P"), exclude_characters="'"), min_size=1, max_size=20
).map(str.strip)


def read(text: str) -> list[Activity]:
    """The activities of a csv text."""
    return activities_of(read_table(text.encode(), "map.csv"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, ending: str) -> None:
    rows = [
        Activity(
            "1.1",
            "Connect schools",
            "All connected",
            "schools",
            "0",
            "400",
            date(2026, 1, 1),
            date(2026, 12, 31),
            "2 staff",
            "UNICEF",
            ("4.a", "C2"),
            "ongoing",
            35,
        ),
        Activity("1.2", "=not a formula", state="dropped"),
    ]
    write_table(tmp_path / f"map{ending}", list(COLUMNS), rows_of(rows))
    assert activities_of(read_table(tmp_path / f"map{ending}")) == rows


@given(
    st.lists(
        st.builds(
            Activity,
            number=st.integers(1, 99).map(str),
            activity=WORDS.filter(bool),
            state=st.sampled_from(STATES),
            percent=st.integers(0, 100),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row.number,
    )
)
def test_any_road_map_comes_back_through_csv(rows: list[Activity]) -> None:
    assert read(csv_text(list(COLUMNS), rows_of(rows))) == rows


def test_headings_of_the_road_maps_kept_so_far_are_known() -> None:
    text = "Activités;Résultats attendus;Partenaires;ODD\nFormer;Formés;UNESCO;4, 9.c\n"
    assert read(text) == [Activity("1", "Former", "Formés", partners="UNESCO", links=("4", "9.c"))]


def test_a_file_without_activities_is_refused_with_what_it_has() -> None:
    with pytest.raises(InputError) as raised:
        read("name,when\nx,y\n")
    (problem,) = raised.value.problems
    assert str(problem).startswith("map.csv, row 1")
    assert "found: name, when" in str(problem)


def test_every_wrong_cell_is_named() -> None:
    text = "number,activity,start,end,state,percent\n1,,2026-13-01,,going,120\n1,x,2026-02-01,2026-01-01,done,50%\n"
    with pytest.raises(InputError) as raised:
        read(text)
    assert [(problem.row, problem.column) for problem in raised.value.problems] == [
        (2, "activity"),
        (2, "start"),
        (2, "state"),
        (2, "percent"),
        (3, "end"),
        (3, "number"),
    ]
