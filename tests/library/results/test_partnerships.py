"""Needs and offers: what fits and why, stages, sums by currency."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.results.partnerships import (
    KINDS,
    NEED,
    OFFER,
    STAGES,
    Money,
    Proposal,
    match,
    matches,
    may_follow,
    sums,
)

NEEDED = Proposal(
    1, NEED, "funding", 10, frozenset({"C2", "C7-HEA"}), frozenset({"9.c", "3.8"}), frozenset({"KEN"})
)
OFFERED = Proposal(2, OFFER, "funding", 20, frozenset({"C2"}), frozenset({"9"}), frozenset({"KEN", "UGA"}))


def said(found):
    return [(reason.template % reason.values, reason.points) for reason in found.reasons]


def test_what_is_shared_is_named_with_its_points():
    found = match(NEEDED, OFFERED)
    assert said(found) == [
        ("action lines in common: C2", 20),
        ("goals and targets in common: 9.c", 20),
        ("countries in common: KEN", 20),
    ]
    assert (found.other, found.score) == (2, 60)


def test_all_in_common_gives_a_hundred():
    assert match(NEEDED, replace(OFFERED, lines=NEEDED.lines, targets=NEEDED.targets)).score == 100


@pytest.mark.parametrize(
    "change",
    [
        {"side": NEED},
        {"kind": "expertise"},
        {"organisation": 10},
        {"countries": frozenset({"FRA"})},
        {"lines": frozenset({"C5"}), "targets": frozenset({"4"})},
        {"lines": frozenset(), "targets": frozenset()},
    ],
)
def test_what_differs_in_one_of_these_does_not_fit(change):
    assert match(NEEDED, replace(OFFERED, **change)) is None


def test_an_offer_for_every_country_fits_with_fewer_points():
    found = match(NEEDED, replace(OFFERED, countries=frozenset()))
    assert said(found)[-1] == ("open to every country", 10)


@pytest.mark.parametrize(
    ("needed", "offered", "fits"),
    [
        ("C7-HEA", "C7", True),
        ("C7", "C7-HEA", True),
        ("C7-HEA", "C7-AGR", False),
        ("C1", "C10", False),
        ("C10", "C1", False),
    ],
)
def test_a_line_stands_for_its_parts(needed, offered, fits):
    need = replace(NEEDED, lines=frozenset({needed}), targets=frozenset())
    assert (match(need, replace(OFFERED, lines=frozenset({offered}))) is not None) is fits


@pytest.mark.parametrize(
    ("needed", "offered", "fits"),
    [("1.4", "1", True), ("1", "1.4", True), ("1", "10.1", False), ("11", "1", False)],
)
def test_a_goal_stands_for_its_targets(needed, offered, fits):
    need = replace(NEEDED, lines=frozenset(), targets=frozenset({needed}))
    assert (match(need, replace(OFFERED, targets=frozenset({offered}))) is not None) is fits


CODES = st.frozensets(st.sampled_from(["C1", "C2", "C7", "C7-HEA", "C10"]), max_size=4)
TARGETS = st.frozensets(st.sampled_from(["1", "1.4", "9", "9.c", "10.1"]), max_size=4)
COUNTRIES = st.frozensets(st.sampled_from(["KEN", "UGA", "FRA"]), max_size=2)
PROPOSALS = st.builds(
    Proposal,
    st.integers(1, 999),
    st.sampled_from([NEED, OFFER]),
    st.sampled_from(KINDS),
    st.integers(1, 5),
    CODES,
    TARGETS,
    COUNTRIES,
)


@given(PROPOSALS, PROPOSALS)
def test_a_match_is_the_same_from_both_sides_and_within_a_hundred(one, other):
    there, back = match(one, other), match(other, one)
    assert (there is None) == (back is None)
    if there and back:
        assert there.reasons == back.reasons
        assert 0 < there.score == sum(reason.points for reason in there.reasons) <= 100


@given(PROPOSALS, st.lists(PROPOSALS, max_size=8, unique_by=lambda item: item.id))
def test_the_best_come_first_whatever_order_they_are_given_in(one, others):
    found = matches(one, others)
    assert found == matches(one, reversed(others))
    assert [(-item.score, item.other) for item in found] == sorted(
        (-item.score, item.other) for item in found
    )


def test_stages_lead_on_and_never_back():
    assert may_follow("asked", "introduced")
    assert not may_follow("asked", "agreed")
    assert not may_follow("agreed", "talking")
    assert not may_follow("nonsense", "agreed")
    assert all(following in STAGES for stages in STAGES.values() for following in stages)


def test_currencies_are_never_added_up():
    rows = [
        ("USD", Decimal("100.50"), [Decimal("40.25"), Decimal("10")]),
        ("CHF", Decimal(7), []),
        ("USD", Decimal(1), [Decimal(1)]),
    ]
    assert sums(rows) == [
        Money("CHF", Decimal(7), Decimal(0)),
        Money("USD", Decimal("101.50"), Decimal("51.25")),
    ]
    assert sums(rows)[1].left == Decimal("50.25")
