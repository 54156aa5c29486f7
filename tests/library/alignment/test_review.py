"""The order of the review queue."""

from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment import Basis, Decision, Direction, Link, decide
from actionlines.alignment.review import review_order


def link(node, probability, direction=Direction.ADVANCES):
    return Link("sdg", node, Basis.LEXICON, probability, direction=direction)


def order(*links):
    return [key for key, _ in review_order(enumerate(links))]


def test_least_sure_comes_first_and_decided_links_are_left_out():
    assert order(link("1", 0.8), link("2", 0.95), link("3", 0.5), link("4", 0.1), link("5", 0.4)) == [2, 4, 0]


def test_setback_comes_before_what_is_less_sure():
    assert order(link("1", 0.5), link("2", 0.95, Direction.AGAINST)) == [1, 0]


def test_one_goal_does_not_fill_the_queue():
    assert order(link("9", 0.5), link("9", 0.5), link("9", 0.5), link("4", 0.8)) == [0, 3, 1, 2]


@given(
    st.lists(
        st.builds(link, st.sampled_from(["1", "9"]), st.floats(0.01, 0.99), st.sampled_from(list(Direction))),
        max_size=12,
    )
)
def test_queue_holds_each_link_people_are_asked_about_once(links):
    found = review_order(enumerate(links))
    assert sorted(key for key, _ in found) == [
        key for key, one in enumerate(links) if decide(one) is Decision.ASK
    ]
    setbacks = [one.direction is Direction.AGAINST for _, one in found]
    assert setbacks == sorted(setbacks, reverse=True)
