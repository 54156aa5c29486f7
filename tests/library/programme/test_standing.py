"""Versions of a schedule: what changed, and how often a session did."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actionlines.programme.standing import (
    Standing,
    changes,
    following,
    standings_as_data,
    standings_from_data,
)

NINE = datetime(2026, 7, 6, 9, tzinfo=ZoneInfo("Europe/Zurich"))


def standing(number: int, hour: int = 9, room: str = "A", title: str = "T", **more: Any) -> Standing:
    """A session of an hour on the first day."""
    starts = NINE.replace(hour=hour)
    return Standing(number, title, f"d1.{hour}", room, starts, starts + timedelta(hours=1), **more)


def told(found: Any) -> list[tuple[int, str, int]]:
    """Number, state and sequence of each."""
    return [(item.number, item.state, item.sequence) for item in found]


def test_a_sequence_grows_only_where_those_who_come_must_be_told() -> None:
    first = following((), [standing(1), standing(2, 10), standing(3, 11)])
    second = following(first, [standing(1), standing(2, 12), standing(3, 11, "B")])
    assert told(second) == [(1, "held", 0), (3, "held", 1), (2, "held", 1)]
    assert told(following(second, [standing(1), standing(2, 12), standing(3, 11, "B")])) == told(second)


def test_what_is_left_out_is_cancelled_once_and_comes_back_with_a_higher_sequence() -> None:
    first = following((), [standing(1), standing(2, 10)])
    second = following(first, [standing(1)])
    third = following(second, [standing(1)])
    assert told(second) == told(third) == [(1, "held", 0), (2, "cancelled", 1)]
    assert told(following(third, [standing(1), standing(2, 10)])) == [(1, "held", 0), (2, "held", 2)]


def test_the_same_instant_on_another_clock_is_no_change() -> None:
    first = following((), [standing(1)])
    again = [standing(1, title="T")]
    moved = Standing(1, "T", "d1.9", "A", NINE.astimezone(ZoneInfo("Asia/Tokyo")), again[0].ends)
    assert told(following(first, [moved])) == [(1, "held", 0)]
    assert changes(first, [moved]) == []


def test_changes_name_what_became_of_each_session() -> None:
    before = following((), [standing(1), standing(2, 10), standing(3, 11), standing(4, 12), standing(6, 14)])
    now = [standing(1), standing(2, 13), standing(3, 11, "B"), standing(5, 16), standing(6, 14, title="New")]
    found = changes(before, following(before, now))
    assert [(item.kind, item.standing.number) for item in found] == [
        ("room", 3),
        ("cancelled", 4),
        ("moved", 2),
        ("title", 6),
        ("added", 5),
    ]
    back = changes(following(before, now), following(following(before, now), [*now, standing(4, 12)]))
    assert [(item.kind, item.standing.number) for item in back] == [("restored", 4)]


def test_standings_survive_being_data() -> None:
    kept = following((), [standing(1), standing(2, 10, "B")])
    read = standings_from_data(standings_as_data(kept))
    assert changes(kept, read) == []
    assert told(read) == told(kept)
    assert [item.starts.isoformat() for item in read] == [
        "2026-07-06T09:00:00+02:00",
        "2026-07-06T10:00:00+02:00",
    ]
