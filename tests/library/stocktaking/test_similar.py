"""How alike two projects are, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking.similar import LEAST, Profile, likeness, most_alike, rarity

RARITIES = {"island": 1.0, "clinic": 0.5, "the": 0.0}
profiles = st.builds(
    Profile,
    lines=st.frozensets(st.sampled_from(["C2", "C7-HEA"])),
    targets=st.frozensets(st.sampled_from(["3.8", "9.c", "9"])),
    region=st.sampled_from(["", "AFR", "EUR"]),
    words=st.frozensets(st.sampled_from(["island", "clinic", "the", "unknown"])),
)


@given(profiles, profiles)
def test_likeness_is_the_same_both_ways(first: Profile, second: Profile) -> None:
    assert likeness(first, second, RARITIES) == likeness(second, first, RARITIES)


@given(profiles, profiles)
def test_sharing_more_is_never_less_alike(first: Profile, second: Profile) -> None:
    more = Profile(
        first.lines | second.lines, first.targets | second.targets, second.region, first.words | second.words
    )
    assert likeness(more, second, RARITIES).score >= likeness(first, second, RARITIES).score


def test_what_is_shared_is_named_the_weightiest_word_first() -> None:
    one = Profile(frozenset({"C7-HEA"}), frozenset({"3.8"}), "AFR", frozenset({"island", "clinic", "the"}))
    like = likeness(one, one, RARITIES)
    assert (like.lines, like.targets, like.words) == (("C7-HEA",), ("3.8",), ("island", "clinic"))
    assert like.same_region
    assert like.score == 0.8 + 1.0 + 1.5 * 1.5 + 0.3


def test_the_same_region_or_one_line_alone_is_not_similar() -> None:
    here = Profile(frozenset({"C2"}), region="AFR")
    assert not likeness(Profile(region="AFR"), here, {}).counts
    assert likeness(Profile(frozenset({"C2"})), here, {}).score < LEAST


@pytest.mark.parametrize(
    ("holders", "entries", "weight"),
    [(1, 100, 1), (2, 100, 1), (100, 100, 0), (1, 1, 0), (10, 200, 0.650515)],
)
def test_a_word_counts_by_how_few_hold_it(holders: int, entries: int, weight: float) -> None:
    assert rarity(holders, entries) == pytest.approx(weight, abs=1e-6)


def test_the_most_alike_come_first_and_the_unlike_not_at_all() -> None:
    wanted = Profile(frozenset({"C2"}), frozenset({"9.c"}), "AFR", frozenset({"island"}))
    others = {
        1: Profile(region="AFR"),
        2: Profile(frozenset({"C2"}), frozenset({"9.c"})),
        3: wanted,
        4: Profile(frozenset({"C2"}), frozenset({"9.c"})),
    }
    assert [key for key, _ in most_alike(wanted, others, RARITIES, 5)] == [3, 4, 2]
    assert [key for key, _ in most_alike(wanted, others, RARITIES, 1)] == [3]
