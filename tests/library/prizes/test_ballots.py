"""Whether a choice is accepted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actionlines.prizes import Category, Phase, Rules, accepts

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
RULES = Rules(2026, "test", (Category("A"), Category("B")), (Phase("vote", START, END),))
GOOD = {
    "now": START,
    "category": "A",
    "nominee": "a1",
    "nominees": {"a1": "A", "a2": "A", "b1": "B"},
    "verified": True,
}


def reason(rules=RULES, **changes):
    answer = accepts(rules, **{**GOOD, **changes})
    assert answer.accepted is (answer.reason is None)
    return answer.reason.message if answer.reason else ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"now": END - timedelta(microseconds=1)}, ""),
        ({"now": END}, "the vote is not open."),
        ({"now": START - timedelta(microseconds=1)}, "the vote is not open."),
        ({"verified": False}, "your e-mail address is not confirmed."),
        ({"category": "Z"}, "“Z” is not a category of this edition."),
        ({"nominee": "b1"}, "“b1” is not a nominee of A."),
        ({"nominee": "zz"}, "“zz” is not a nominee of A."),
        ({"own": {"a1"}}, ""),
        ({"standing": {"a2"}}, ""),
    ],
)
def test_a_choice_is_accepted_or_told_why_not(changes, said):
    assert reason(**changes) == said


def test_without_a_phase_of_voting_no_vote_is_open():
    assert reason(replace(RULES, phases=())) == "the vote is not open."


def test_the_own_project_is_refused_where_the_rules_say_so():
    assert reason(replace(RULES, own_project=False), own={"a1"}) == "“a1” is a project of your organisation."
    assert reason(replace(RULES, own_project=False), own={"a2"}) == ""


def test_a_vote_cannot_be_changed_under_rules_like_those_of_2020():
    assert reason(replace(RULES, change=False), standing={"a2"}) == "you have voted in A."


def test_with_two_votes_a_third_nominee_is_refused_and_a_chosen_one_may_be_sent_again():
    rules = replace(RULES, votes=2)
    assert reason(rules, standing={"a2", "a3"}) == "you have given your 2 votes in A."
    assert reason(rules, standing={"a1", "a2"}) == ""
