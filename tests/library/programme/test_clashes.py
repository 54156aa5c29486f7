"""Clashes: each names who or what stands against it."""

from actionlines.programme import Place, Session, clashes
from library.programme.build import programme, slots

A = Session("a", "Opening")
B = Session("b", "Dialogue")


def said(one, schedule):
    return [str(clash) for clash in clashes(one, schedule)]


def test_a_schedule_that_can_be_held_has_no_clash():
    assert said(programme(A, B), {"a": Place("1.1", "big"), "b": Place("1.1", "small")}) == []


def test_a_session_without_a_place_is_named():
    assert said(programme(A, B), {"a": Place("1.1", "big")}) == ["“Dialogue” has no place."]


def test_two_sessions_in_one_room_clash():
    both = {"a": Place("1.1", "big"), "b": Place("1.1", "big")}
    assert said(programme(A, B), both) == ["“Opening” and “Dialogue” are both in big in 1.1."]


def test_a_person_in_two_places_is_named():
    one = programme(Session("a", persons=frozenset({"Ada", "Bo"})), Session("b", persons=frozenset({"Ada"})))
    schedule = {"a": Place("1.1", "big"), "b": Place("1.1", "small")}
    assert said(one, schedule) == ["Ada is in “a” and “b” in 1.1."]


def test_two_long_sessions_that_meet_in_two_slots_clash_once():
    one = programme(Session("a", length=2), Session("b", length=2))
    assert said(one, {"a": Place("1.1", "big"), "b": Place("1.1", "big")}) == [
        "“a” and “b” are both in big in 1.1."
    ]


def test_a_long_session_meets_one_that_begins_while_it_runs():
    one = programme(Session("a", length=2), Session("b"))
    assert said(one, {"a": Place("1.1", "big"), "b": Place("1.2", "big")}) == [
        "“a” and “b” are both in big in 1.2."
    ]


def test_a_session_may_not_run_into_a_break_nor_past_the_day():
    long = Session("a", length=2)
    expected = ["“a” would run into a break or past the end of the day from 1.1."]
    assert said(programme(long, slots=slots(joined=False)), {"a": Place("1.1", "big")}) == expected
    assert said(programme(long, slots=slots(days=2, each=1)), {"a": Place("1.1", "big")}) == expected


def test_a_room_too_small_or_without_what_is_needed_is_named():
    one = programme(Session("a", attendance=21, needs=frozenset({"captions"})))
    assert said(one, {"a": Place("1.1", "small")}) == [
        "“a” expects 21 persons; Small seats 20.",
        "“a” needs captions, which Small does not have.",
    ]


def test_a_person_away_a_barred_slot_and_a_moved_session_are_named():
    one = programme(
        Session("a", persons=frozenset({"Ada"}), barred=frozenset({"1.2"}), fixed=Place("1.1", "big")),
        away={"Ada": frozenset({"1.2"})},
    )
    assert said(one, {"a": Place("1.2", "big")}) == [
        "“a” is fixed in 1.1, big, and stands elsewhere.",
        "“a” may not be in 1.2.",
        "Ada of “a” is away in 1.2.",
    ]


def test_a_place_that_does_not_exist_is_named():
    assert said(programme(A), {"a": Place("9.9", "big")}) == [
        "“Opening” stands in 9.9, big, which is not in the programme."
    ]
