"""Phases: one clock, one rule."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from actionlines.prizes.phases import Phase, phase_at, problems_of_move, problems_of_phases

START = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 3, 15, 22, tzinfo=UTC)
VOTE = Phase("vote", START, END)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (START - timedelta(microseconds=1), False),
        (START, True),
        (END - timedelta(microseconds=1), True),
        (END, False),
    ],
)
def test_a_phase_holds_its_first_instant_and_not_its_last(moment, holds):
    assert VOTE.holds(moment) is holds


def test_the_same_instant_in_another_zone_is_the_same_instant():
    assert not VOTE.holds(datetime(2026, 3, 15, 23, tzinfo=timezone(timedelta(hours=1))))


def test_of_two_open_phases_the_later_kind_is_the_phase():
    review = Phase("review", START, END + timedelta(days=9))
    assert phase_at([VOTE, review], START) == VOTE
    assert phase_at([VOTE, review], END) == review
    assert phase_at([VOTE], END) is None


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs its time zone"):
        Phase("vote", datetime(2026, 3, 1), END)  # noqa: DTZ001 - the fault under test


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="is not after the start"):
        Phase("vote", END, START)


def test_a_selection_may_not_begin_before_the_vote_is_over():
    selection = Phase("selection", END - timedelta(seconds=1), END + timedelta(days=1))
    assert [str(problem) for problem in problems_of_phases([VOTE, selection])] == [
        (
            "column phases: “selection” begins at 2026-03-15 21:59+00:00, before the vote ends at 2026-03-15 22:00+00:00. "
            "Expected: a beginning at the end of the vote or after it."
        )
    ]
    assert problems_of_phases([VOTE, Phase("selection", END, END + timedelta(days=1))]) == []


def test_a_future_end_may_move_and_a_past_start_may_not():
    now = START + timedelta(days=1)
    later = Phase("vote", START, END + timedelta(days=3))
    assert problems_of_move(VOTE, later, now) == []
    moved = Phase("vote", START + timedelta(days=2), END)
    assert [problem.column for problem in problems_of_move(VOTE, moved, now)] == ["starts"]


def test_a_deadline_may_not_move_into_the_past_nor_out_of_it():
    now = START + timedelta(days=1)
    into = Phase("vote", START, START + timedelta(hours=1))
    assert [problem.message for problem in problems_of_move(VOTE, into, now)] == [
        "2026-03-01 01:00+00:00 lies in the past."
    ]
    after = END + timedelta(days=1)
    out = Phase("vote", START, END + timedelta(days=2))
    assert [problem.message for problem in problems_of_move(VOTE, out, after)] == [
        "2026-03-15 22:00+00:00 has passed."
    ]
