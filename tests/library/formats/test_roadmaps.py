"""Road maps in tables, there and back, and what is refused with its cell."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.roadmaps import COLUMNS, activities_of, read_road_map, rows_of, time_frame
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


def word_file(*tables: list[list[str]]) -> bytes:
    """A Word document with these tables, made by another library."""
    document = docx.Document()
    document.add_paragraph("Road map")
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                table.cell(y, x).text = cell
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_tables_of_a_document_are_read_as_one() -> None:
    made = word_file(
        [["Roles", "ITU"]],
        [["Activité", "Calendrier", "ODD"], ["Relier les écoles", "2018-2025", "4, 9.c"]],
        [["Activité", "Calendrier", "ODD"], ["Former", "2019", ""]],
    )
    assert read_road_map(made, "map.docx") == [
        Activity(
            "1", "Relier les écoles", start=date(2018, 1, 1), end=date(2025, 12, 31), links=("4", "9.c")
        ),
        Activity("2", "Former", start=date(2019, 1, 1), end=date(2019, 12, 31)),
    ]


def test_merged_cells_say_the_same_in_each_row() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for place, text in enumerate(("Activity", "Partners", "A", "UNESCO", "B", "")):
        table.cell(place // 2, place % 2).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    held = BytesIO()
    document.save(held)
    assert [row.partners for row in read_road_map(held.getvalue(), "m.docx")] == ["UNESCO", "UNESCO"]


def test_faults_of_a_document_name_row_and_column() -> None:
    made = word_file([["Activity", "Time frame", "%"], ["A", "soon", "400"], ["", "2019", "5"]])
    with pytest.raises(InputError) as raised:
        read_road_map(made, "map.docx")
    assert [(problem.row, problem.column) for problem in raised.value.problems] == [
        (2, "time"),
        (2, "percent"),
        (3, "activity"),
    ]


def test_a_document_without_activities_is_refused() -> None:
    with pytest.raises(InputError, match="the document has no table with a column “activity”"):
        read_road_map(word_file([["Name", "Place"], ["a", "b"]]), "map.docx")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 1, 1), date(2029, 12, 31), "2026–2029"),
        (date(2026, 1, 2), date(2029, 12, 31), "2026-01-02 – 2029-12-31"),
        (None, None, ""),
    ],
)
def test_time_frame_is_short_for_whole_years(start: date | None, end: date | None, shown: str) -> None:
    assert time_frame(start, end) == shown
