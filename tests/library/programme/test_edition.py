"""Editions: files with their faults named, and slots on a clock that changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from actionlines.problems import InputError
from actionlines.programme.edition import elapsed
from actionlines.programme.edition_file import (
    edition_data,
    edition_from_data,
    load_edition_data,
    shipped_editions,
    with_day_moved,
)

SMALL: dict[str, Any] = {
    "name": "Forum",
    "year": 2026,
    "zone": "Europe/Zurich",
    "rooms": [{"code": "A", "name": "Room A", "capacity": 100}],
    "days": [{"code": "d1", "date": "2026-07-06", "slots": ["09:00-10:00", "10:15-11:15", "14:00-15:00"]}],
}


def made(**changes: Any) -> Any:
    """The edition of SMALL with other parts."""
    return edition_from_data({**SMALL, **changes}, "forum.toml")


def a_day(on: str, *slots: str, code: str = "d1") -> dict[str, Any]:
    """A day of the data."""
    return {"code": code, "date": on, "slots": list(slots)}


def instants(edition: Any) -> list[tuple[datetime, datetime]]:
    """Begin and end of each slot in UTC."""
    return [(slot.starts.astimezone(UTC), slot.ends.astimezone(UTC)) for slot in edition.slots]


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_slots_follow_each_other_up_to_the_pause() -> None:
    assert [(slot.id, slot.follows) for slot in made().slots] == [
        ("d1.1", False),
        ("d1.2", True),
        ("d1.3", False),
    ]
    assert [slot.follows for slot in made(pause=10).slots] == [False, False, False]


def test_a_slot_over_midnight_ends_on_the_next_day_and_belongs_to_the_day_it_starts_on() -> None:
    edition = made(days=[a_day("2026-07-06", "22:00-23:00", "23:00-00:30")])
    assert instants(edition)[1] == (utc(2026, 7, 6, 21), utc(2026, 7, 6, 22, 30))
    assert edition.slots[1].day == date(2026, 7, 6)
    assert edition.slots[1].follows


def test_the_clock_of_the_place_stays_when_summer_time_begins_inside_the_week() -> None:
    edition = made(
        days=[a_day("2026-03-28", "09:00-10:00", code="d1"), a_day("2026-03-30", "09:00-10:00", code="d2")]
    )
    assert instants(edition) == [
        (utc(2026, 3, 28, 8), utc(2026, 3, 28, 9)),
        (utc(2026, 3, 30, 7), utc(2026, 3, 30, 8)),
    ]


def test_a_slot_across_the_change_to_winter_time_really_lasts_an_hour_longer() -> None:
    edition = made(days=[a_day("2026-10-25", "01:30-03:30")])
    assert elapsed(edition.slots[0].starts, edition.slots[0].ends) == timedelta(hours=3)


def test_a_time_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        made(days=[a_day("2026-03-29", "02:30-04:00")])
    assert [(problem.column, problem.values["found"]) for problem in caught.value.problems] == [
        ("days d1.1", "2026-03-29 02:30")
    ]


def test_a_past_edition_stands_on_the_rules_its_zone_had_then() -> None:
    # Moscow was four hours ahead of Greenwich in the summer of 2010 and in all of 2012; it is three hours ahead today.
    past = made(zone="Europe/Moscow", year=2010, days=[a_day("2010-07-05", "09:00-10:00")])
    always = made(zone="Europe/Moscow", year=2012, days=[a_day("2012-01-16", "09:00-10:00")])
    today = made(zone="Europe/Moscow", days=[a_day("2026-07-06", "09:00-10:00")])
    assert [instants(item)[0][0] for item in (past, always, today)] == [
        utc(2010, 7, 5, 5),
        utc(2012, 1, 16, 5),
        utc(2026, 7, 6, 6),
    ]


def test_a_moved_day_keeps_the_names_of_its_slots() -> None:
    data = {
        **SMALL,
        "days": [a_day("2026-07-06", "09:00-10:00"), a_day("2026-07-07", "09:00-10:00", code="d2")],
    }
    edition = edition_from_data(with_day_moved(data, "d1", date(2026, 7, 8)))
    assert [(slot.id, slot.day) for slot in edition.slots] == [
        ("d2.1", date(2026, 7, 7)),
        ("d1.1", date(2026, 7, 8)),
    ]


@pytest.mark.parametrize(("day", "on"), [("d9", date(2026, 7, 8)), ("d1", date(2026, 7, 7))])
def test_a_day_is_not_moved_onto_another_one_and_must_be_there(day: str, on: date) -> None:
    data = {
        **SMALL,
        "days": [a_day("2026-07-06", "09:00-10:00"), a_day("2026-07-07", "09:00-10:00", code="d2")],
    }
    with pytest.raises(InputError):
        with_day_moved(data, day, on)


def test_a_period_holds_its_last_day_on_the_clock_of_the_place() -> None:
    edition = made(
        zone="Pacific/Auckland",
        periods=[
            {
                "code": "p",
                "title": "P",
                "first": "2026-03-01",
                "last": "2026-03-02",
                "takes": ["requests"],
            }
        ],
    )
    # In March Auckland is thirteen hours ahead.
    before, after = utc(2026, 3, 2, 10, 59, 59), utc(2026, 3, 2, 11)
    assert (edition.takes("requests", before), edition.takes("requests", after)) == (True, False)
    assert edition.takes("nominations", before) is False
    assert edition.closes("requests") == after


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
        ({"year": "2026"}, "year"),
        ({"rooms": [{"code": "A", "capacity": 0}]}, "rooms 1, capacity"),
        ({"rooms": [{"code": "A", "capacity": 9, "features": ["sauna"]}]}, "rooms 1, features"),
        ({"rooms": [{"code": "A", "capacity": 9, "venue": "x"}]}, "rooms 1, venue"),
        ({"rooms": [{"code": "A b", "capacity": 9}]}, "rooms 1, code"),
        ({"rooms": [{"code": "A", "capacity": 9}, {"code": "A", "capacity": 9}]}, "rooms"),
        ({"rooms": [{"code": "A", "capacity": 9, "size": 4}]}, "rooms 1, size"),
        ({"days": [a_day("6 July", "09:00-10:00")]}, "days 1, date"),
        ({"days": [a_day("2026-07-06", "nine")]}, "days 1, slots"),
        ({"days": [a_day("2026-07-06", "09:00-09:00")]}, "days 1, slots"),
        ({"days": [a_day("2026-07-06", "09:00-10:00", "09:30-10:30")]}, "days"),
        ({"types": [{"code": "x", "title": "X", "asked": "no"}]}, "types 1, asked"),
        ({"tracks": [{"code": "x"}]}, "tracks 1, title"),
        ({"tracks": "others"}, "tracks"),
        (
            {"periods": [{"code": "p", "title": "P", "first": "2026-02-02", "last": "2026-02-01"}]},
            "periods 1, last",
        ),
        ({"deadlines": {"panellists": -1}}, "deadlines, panellists"),
        ({"deadlines": {"party": 1}}, "deadlines"),
    ],
)
def test_a_fault_is_named_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(InputError) as caught:
        made(**changes)
    assert [(problem.file, problem.column) for problem in caught.value.problems] == [("forum.toml", place)]


def test_text_that_is_no_toml_is_named() -> None:
    with pytest.raises(InputError, match=r"forum\.toml: is not TOML"):
        edition_data("name = ", "forum.toml")


def test_what_ships_can_be_read_and_has_the_types_of_the_forum_in_six_languages() -> None:
    assert shipped_editions() == ("demonstration",)
    edition = edition_from_data(load_edition_data("demonstration"))
    assert [kind.code for kind in edition.kinds if not kind.asked] == [
        "round-table",
        "ceremony",
        "photo-contest",
    ]
    assert [kind.code for kind in edition.kinds if kind.facilitated] == ["facilitation"]
    for named in (*edition.kinds, *edition.tracks, *edition.venues, *edition.periods):
        assert set(named.title) == {"ar", "en", "es", "fr", "ru", "zh"}
    with pytest.raises(InputError):
        load_edition_data("1999")
