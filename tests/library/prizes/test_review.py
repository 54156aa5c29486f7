"""Expert review."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from actionlines.prizes import Category, Criterion, Rules
from actionlines.prizes.review import (
    Reviewed,
    Reviewer,
    assign,
    conflicts,
    normalise,
    overall,
    shortlist,
)

RULES = Rules(2026, "test", (Category("A"),), reviewers=2)


def test_conflicts_are_declared_or_detected():
    project = Reviewed("p", organisation="Ministry of ICT", country="SEN", people=frozenset({"Béta"}))
    assert conflicts(Reviewer("r"), project, RULES) == ()
    assert conflicts(Reviewer("r", declared=frozenset({"p"})), project, RULES) == ("declared",)
    own = Reviewer("r", organisations=frozenset({"MINISTRY of ICT", "beta"}), country="SEN")
    assert conflicts(own, project, RULES) == ("same-organisation", "shared-organisation")
    strict = replace(RULES, same_country_conflicts=True)
    assert conflicts(Reviewer("r", country="SEN"), project, strict) == ("same-country",)


def test_those_who_know_the_line_come_first_and_the_load_is_shared():
    projects = [Reviewed(f"p{i}", line="C2") for i in range(4)]
    reviewers = [
        Reviewer("other", lines=frozenset({"C9"})),
        *(Reviewer(f"r{i}", lines=frozenset({"C2"})) for i in range(4)),
    ]
    found = assign(projects, reviewers, RULES)
    assert found.short == {}
    load = [
        sum(name in chosen for chosen in found.reviewers.values())
        for name in ("other", "r0", "r1", "r2", "r3")
    ]
    assert load == [0, 2, 2, 2, 2]


def test_an_earlier_pick_moves_along_so_that_nobody_is_left_short():
    projects = [Reviewed("a", language="en"), Reviewed("b", language="en"), Reviewed("c", language="fr")]
    reviewers = [
        Reviewer("both", languages=frozenset({"en", "fr"}), most=1),
        Reviewer("en1", most=1),
        Reviewer("en2", most=1),
    ]
    found = assign(projects, reviewers, replace(RULES, reviewers=1))
    assert found.short == {}
    assert found.reviewers["c"] == ("both",)


def test_a_project_nobody_may_judge_is_short():
    found = assign([Reviewed("p", language="ru")], [Reviewer("r")], RULES)
    assert (dict(found.reviewers), dict(found.short)) == ({"p": ()}, {"p": 2})


@given(
    st.lists(st.sets(st.integers(0, 4), max_size=3), min_size=1, max_size=8),
    st.lists(st.integers(0, 4), min_size=5, max_size=5),
)
def test_assignment_reaches_the_largest_number_there_is(barred, room):
    projects = [Reviewed(f"p{i}") for i in range(len(barred))]
    reviewers = [
        Reviewer(
            f"r{j}", most=room[j], declared=frozenset(f"p{i}" for i, who in enumerate(barred) if j in who)
        )
        for j in range(5)
    ]
    found = assign(projects, reviewers, RULES)
    for project, chosen in found.reviewers.items():
        assert len(set(chosen)) == len(chosen) <= 2
        assert not any(project in reviewers[int(name[1:])].declared for name in chosen)
    for j in range(5):
        assert sum(f"r{j}" in chosen for chosen in found.reviewers.values()) <= room[j]
    assert sum(map(len, found.reviewers.values())) == _largest(barred, room)


def _largest(barred, room):
    """The largest number of assignments, as a linear programme (a transport problem: its corners are whole)."""
    pairs = [(i, j) for i in range(len(barred)) for j in range(5) if j not in barred[i]]
    if not pairs:
        return 0
    rows = [[float(pair[0] == i) for pair in pairs] for i in range(len(barred))]
    rows += [[float(pair[1] == j) for pair in pairs] for j in range(5)]
    limits = [2.0] * len(barred) + [float(value) for value in room]
    return round(-linprog([-1.0] * len(pairs), A_ub=rows, b_ub=limits, bounds=(0, 1)).fun)


def test_the_overall_score_is_the_weighted_share_of_the_most():
    criteria = (Criterion("a", 3, 10), Criterion("b", 1, 5))
    assert overall({"a": 8, "b": 5}, criteria) == 85.0
    with pytest.raises(ValueError, match="b: expected a score from 0 to 5, found None"):
        overall({"a": 8}, criteria)


def test_normalising_takes_a_severe_reviewer_out():
    true = {"p1": 50.0, "p2": 60.0, "p3": 70.0}
    severity = {"mild": 10.0, "fair": 0.0, "severe": -10.0}
    ratings = [(p, r, true[p] + severity[r]) for p in true for r in severity]
    found = normalise(ratings, shrink=0)
    assert {p: round(v, 9) for p, v in found.projects.items()} == true
    assert {r: round(v, 9) for r, v in found.severity.items()} == severity


def test_normalising_lifts_a_project_that_met_only_the_severe():
    ratings = [("p1", "mild", 80.0), ("p1", "severe", 60.0), ("p2", "severe", 60.0), ("p3", "mild", 80.0)]
    found = normalise(ratings, shrink=0)
    assert [round(found.projects[p], 6) for p in ("p1", "p2", "p3")] == [70.0, 70.0, 70.0]


def test_normalising_nothing_gives_nothing():
    assert normalise([]).projects == {}


def test_the_shortlist_takes_everybody_equal_at_the_cut():
    scores = {"a": 90.0, "b": 80.0, "c": 80.0, "d": 70.0, "x": 10.0}
    assert shortlist(scores, {**dict.fromkeys("abcd", "A"), "x": "B"}, 2) == {"a", "b", "c", "x"}
    assert shortlist(scores, dict.fromkeys("abcdx", "A"), 0) == set()
