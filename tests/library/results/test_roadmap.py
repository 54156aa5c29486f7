"""How a road map stands, and what differs between two versions of it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from actionlines.results.roadmap import STATES, Activity, RowChange, difference, standing

DAY = date(2026, 7, 1)
ROWS = st.lists(
    st.builds(
        Activity,
        number=st.integers(1, 40).map(str),
        activity=st.text(min_size=1, max_size=10),
        state=st.sampled_from(STATES),
        percent=st.integers(0, 100),
        start=st.dates(date(2025, 1, 1), date(2026, 6, 1)),
        end=st.dates(date(2026, 6, 2), date(2027, 12, 31)),
    ),
    unique_by=lambda row: row.number,
    max_size=12,
)


def test_done_counts_a_hundred_and_dropped_not_at_all() -> None:
    rows = [
        Activity("1", "train", state="done", percent=40),
        Activity("2", "build", state="ongoing", percent=50),
        Activity("3", "leave", state="dropped", percent=90),
    ]
    found = standing(rows, DAY)
    assert (found.rows, found.percent, found.expected) == (2, 75.0, None)
    assert found.states == {"planned": 0, "ongoing": 1, "delayed": 0, "done": 1, "dropped": 1}


def test_the_time_that_has_passed_counts_both_days() -> None:
    row = Activity("1", "x", start=date(2026, 6, 22), end=date(2026, 7, 11))
    assert standing([row], DAY).expected == 50.0
    assert standing([row], date(2026, 6, 21)).expected == 0.0
    assert standing([row], date(2026, 7, 12)).expected == 100.0


def test_a_row_is_late_from_the_day_after_its_last_until_it_is_done() -> None:
    row = Activity("1", "x", end=DAY)
    assert standing([row], DAY).late == ()
    assert standing([row], DAY + timedelta(days=1)).late == ("1",)
    assert standing([replace(row, state="done")], DAY + timedelta(days=1)).late == ()


def test_a_road_map_without_rows_stands_nowhere() -> None:
    found = standing([], DAY)
    assert (found.rows, found.percent, found.expected, found.late) == (0, None, None, ())


@given(ROWS)
def test_shares_lie_between_0_and_100(rows: list[Activity]) -> None:
    found = standing(rows, DAY)
    assert all(share is None or 0 <= share <= 100 for share in (found.percent, found.expected))
    assert sum(found.states.values()) == len(rows)


def test_the_difference_names_what_came_went_and_changed() -> None:
    one, two, three = Activity("1", "a"), Activity("2", "b"), Activity("3", "c")
    new = replace(two, percent=50, expected="more")
    assert difference([one, two], [new, three]) == [
        RowChange("changed", "2", two, new, ("expected", "percent")),
        RowChange("added", "3", None, three),
        RowChange("removed", "1", one, None),
    ]


@given(ROWS, ROWS)
def test_a_difference_applied_to_the_older_gives_the_newer(old: list[Activity], new: list[Activity]) -> None:
    rows = {row.number: row for row in old}
    for change in difference(old, new):
        if change.after is None:
            del rows[change.number]
        else:
            rows[change.number] = change.after
    assert rows == {row.number: row for row in new}
