"""The queue: what teaches most comes first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.review import Proposal, doubt, group_order, review_order

proposals = st.builds(
    Proposal[int],
    key=st.integers(),
    group=st.sampled_from("abc"),
    probability=st.floats(0, 1),
    opinions=st.lists(st.booleans(), max_size=4).map(tuple),
)


@pytest.mark.parametrize(
    ("probability", "opinions", "expected"),
    [
        (0.5, (), 1.0),
        (0.75, (), 0.5),
        (0.25, (), 0.5),
        (1.0, (), 0.0),
        (0.0, (), 0.0),
        (0.9, (True, False), 1.0),
        (0.9, (True, True, True, False), 0.5),
        (0.5, (True, True), 0.0),
    ],
)
def test_doubt_is_nearness_to_the_threshold_or_the_split_of_reviewers(
    probability: float, opinions: tuple[bool, ...], expected: float
) -> None:
    assert doubt(Proposal(1, "a", probability, opinions)) == pytest.approx(expected)


def test_doubt_below_another_threshold_falls_to_zero_at_zero() -> None:
    assert doubt(Proposal(1, "a", 0.4), threshold=0.8) == pytest.approx(0.5)


@pytest.mark.parametrize(("probability", "threshold"), [(1.1, 0.5), (-0.1, 0.5), (0.5, 0.0), (0.5, 1.0)])
def test_what_is_no_probability_is_refused(probability: float, threshold: float) -> None:
    with pytest.raises(ValueError, match="expected 0 to 1"):
        doubt(Proposal(1, "a", probability), threshold)


def test_order_is_nearest_first_then_disputed_and_leaves_out_what_is_decided() -> None:
    given_ = [
        Proposal("sure", "a", 0.95),
        Proposal("disputed", "b", 0.99, (False, True)),
        Proposal("decided", "b", 0.5, (True,)),
        Proposal("nearest", "c", 0.5),
        Proposal("near", "a", 0.6),
    ]
    assert [item.key for item in review_order(given_)] == ["nearest", "disputed", "near", "sure"]


def test_groups_stand_by_their_most_doubtful_then_by_how_many_wait() -> None:
    given_ = [
        Proposal(1, "one", 0.6),
        Proposal(2, "two", 0.6),
        Proposal(3, "two", 0.9),
        Proposal(4, "first", 0.51),
        Proposal(5, "done", 0.5, (False,)),
    ]
    found = [(group, [item.key for item in items]) for group, items in group_order(given_)]
    assert found == [("first", [4]), ("two", [2, 3]), ("one", [1])]


@given(st.lists(proposals, max_size=20))
def test_order_keeps_every_open_proposal_and_never_rises_in_doubt(given_: list[Proposal[int]]) -> None:
    found = review_order(given_)
    assert sorted(item.key for item in found) == sorted(item.key for item in given_ if item.is_open)
    doubts = [doubt(item) for item in found]
    assert all(one >= other - 1e-8 for one, other in pairwise(doubts))
    assert sum(len(items) for _, items in group_order(given_)) == len(found)
