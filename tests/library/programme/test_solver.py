"""Schedules by the greedy way, by moving, and by the solver."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.programme import Place, Room, Session, clashes, score
from actionlines.programme.generate import generate
from actionlines.programme.greedy import greedy, improved, rank
from actionlines.programme.solver import reason, solve
from library.programme.build import programme


@given(st.integers(1, 24), st.integers(1, 4), st.integers(1, 3), st.integers(0, 999))
@settings(max_examples=25)
def test_a_greedy_schedule_has_no_clash_but_sessions_without_a_place(sessions, rooms, days, seed):
    if sessions > rooms * days * 6:
        sessions = rooms * days * 6
    one = generate(sessions, rooms, days, seed)
    assert {clash.kind for clash in clashes(one, greedy(one))} <= {"unplaced"}


@given(st.integers(0, 999))
@settings(max_examples=10)
def test_moving_sessions_never_makes_a_schedule_worse_and_keeps_what_is_held(seed):
    one = generate(30, 3, 2, seed)
    first = greedy(one)
    held = {"S2": first["S2"], "S1": first["S1"]} if "S2" in first else {"S1": first["S1"]}
    moved = improved(one, first, held=held, seconds=0.2, seed=seed)
    assert rank(one, moved) <= rank(one, first)
    assert {clash.kind for clash in clashes(one, moved)} <= {"unplaced"}
    assert {name: moved[name] for name in held} == held


def test_the_solver_is_never_worse_than_the_greedy_way_and_says_its_own_score():
    one = generate(60, 5, 2, 3)
    found = solve(one, limit=6, seed=1)
    assert {clash.kind for clash in clashes(one, found.schedule)} <= {"unplaced"}
    assert set(found.unplaced) == {s.id for s in one.sessions} - set(found.schedule)
    assert found.score == score(one, found.schedule)
    assert found.score >= found.greedy_score == score(one, greedy(one))
    assert found.bound >= found.score


def test_the_solver_finds_the_only_schedule_without_a_fault():
    lines = [frozenset({"C1"}), frozenset({"C1"}), frozenset({"C2"}), frozenset({"C2"})]
    made = [
        Session(f"s{i}", lines=line, wishes=frozenset({f"1.{i % 2 + 1}"})) for i, line in enumerate(lines)
    ]
    found = solve(programme(*made), limit=5)
    assert (found.score, found.optimal) == (100.0, True)
    assert {name: place.slot for name, place in found.schedule.items()} == {
        "s0": "1.1",
        "s1": "1.2",
        "s2": "1.1",
        "s3": "1.2",
    }


def test_what_is_agreed_stays_when_the_rest_is_solved_again():
    one = generate(16, 3, 1, 5)
    locked = dict(list(greedy(one).items())[5:12])
    found = solve(one, limit=3, locked=locked)
    assert {name: found.schedule[name] for name in locked} == locked


def test_a_session_of_two_slots_takes_both_in_one_room():
    made = [Session("long", length=2), *(Session(f"s{i}") for i in range(2))]
    found = solve(programme(*made), limit=3)
    assert clashes(programme(*made), found.schedule) == []
    assert found.schedule["long"].slot == "1.1"
    assert len({found.schedule["s0"].room, found.schedule["s1"].room, found.schedule["long"].room}) == 2


@pytest.mark.parametrize(
    ("session", "why"),
    [
        (Session("x", attendance=500), "no room seats 500 and has what it needs (–)"),
        (Session("x", needs=frozenset({"stage"})), "no room seats 0 and has what it needs (stage)"),
        (Session("x", length=9), "its persons are away, or it is barred or cut by a break, in every slot"),
        (Session("x", persons=frozenset({"Ada"})), "Ada is elsewhere in 2 of 2 slots"),
        (Session("x", attendance=50), "all 1 rooms that suit it are taken in 2 of 2 slots"),
    ],
)
def test_a_session_without_a_place_is_told_why(session, why):
    busy = [Session(f"b{i}", persons=frozenset({"Ada"})) for i in range(2)]
    one = programme(*busy, session)
    schedule = {"b0": Place("1.1", "big"), "b1": Place("1.2", "big")}
    assert reason(one, schedule, session) == why


def test_sessions_beyond_the_rooms_are_left_out_with_their_reason():
    one = programme(
        *(Session(f"s{i}") for i in range(5)), rooms=(Room("one", capacity=9), Room("two", capacity=9))
    )
    found = solve(one, limit=3)
    assert len(found.schedule) == 4
    assert list(found.unplaced.values()) == ["all 2 rooms that suit it are taken in 2 of 2 slots"]


def test_the_same_seed_makes_the_same_programme_and_another_makes_another():
    assert generate(30, 4, 2, 7) == generate(30, 4, 2, 7)
    assert generate(30, 4, 2, 7) != generate(30, 4, 2, 8)
    with pytest.raises(ValueError, match="hold 12 sessions"):
        generate(13, 2, 1, 1)
