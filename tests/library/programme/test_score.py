"""The score: what share of what should not be was spared."""

import pytest

from actionlines.programme import Place, Programme, Session, Weights, penalties, score
from library.programme.build import ROOMS, programme, slots


def points(one, schedule):
    return [(p.kind, p.about, p.points) for p in penalties(one, schedule)]


def test_sessions_of_one_line_and_track_side_by_side_cost():
    made = [Session(name, lines=frozenset({"C2"}), track="youth") for name in "ab"]
    beside = {"a": Place("1.1", "big"), "b": Place("1.1", "small")}
    after = {"a": Place("1.1", "big"), "b": Place("1.2", "big")}
    assert points(programme(*made), beside) == [("line", "C2", 4), ("track", "youth", 2)]
    assert points(programme(*made), after) == []
    assert score(programme(*made), beside) == 0.0
    assert score(programme(*made), after) == 100.0


def test_a_wish_not_met_costs_and_one_met_does_not():
    one = programme(Session("a", wishes=frozenset({"1.2"})))
    assert points(one, {"a": Place("1.1", "big")}) == [("wish", "a", 3)]
    assert points(one, {"a": Place("1.2", "big")}) == []


def test_days_unlike_in_number_cost_their_distance_from_the_mean():
    one = programme(Session("a"), Session("b"), slots=slots(days=2))
    both = {"a": Place("1.1", "big"), "b": Place("1.2", "big")}
    assert points(one, both) == [("balance", "2026-07-06", 1.0), ("balance", "2026-07-07", 1.0)]
    assert score(one, both) == 0.0


def test_a_second_room_of_a_series_costs():
    one = programme(Session("a", series="s"), Session("b", series="s"))
    assert points(one, {"a": Place("1.1", "big"), "b": Place("1.2", "small")}) == [("room", "s", 2)]
    assert points(one, {"a": Place("1.1", "big"), "b": Place("1.2", "big")}) == []


def test_weights_of_nothing_leave_nothing_to_lose():
    made = tuple(Session(name, lines=frozenset({"C2"})) for name in "ab")
    one = Programme(ROOMS, slots(), made, weights=Weights(0, 0, 0, 0, 0))
    assert score(one, {}) == 100.0


def test_a_programme_that_names_what_there_is_not_is_refused():
    with pytest.raises(ValueError, match="names the slot “9”"):
        programme(Session("a", wishes=frozenset({"9"})))
    with pytest.raises(ValueError, match="the session “a” stands twice"):
        programme(Session("a"), Session("a"))
    with pytest.raises(ValueError, match="names the room “attic”"):
        programme(Session("a", fixed=Place("1.1", "attic")))
    with pytest.raises(ValueError, match="has the length 0"):
        programme(Session("a", length=0))
