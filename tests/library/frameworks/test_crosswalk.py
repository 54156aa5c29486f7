import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.frameworks import Crosswalk, CrosswalkLink
from actionlines.text import Text

codes = st.sampled_from([f"{letter}{n}" for letter in "abc" for n in range(4)])
pair_sets = st.sets(st.tuples(codes, codes), max_size=12)


def crosswalk(source: str, target: str, pairs: set[tuple[str, str]]) -> Crosswalk:
    links = tuple(CrosswalkLink(a, b, Text({"en": f"{a} helps {b}"})) for a, b in sorted(pairs))
    return Crosswalk(f"{source}-{target}", source, target, links)


def relation_product(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(a, c) for a, b in first for b2, c in second if b == b2}


@given(pair_sets)
def test_inverting_twice_gives_the_same_links(pairs):
    found = crosswalk("x", "y", pairs)
    assert found.inverted().inverted() == found


@given(pair_sets)
def test_inverted_turns_every_pair_and_keeps_its_rationale(pairs):
    found = crosswalk("x", "y", pairs).inverted()
    assert found.pairs == {(b, a) for a, b in pairs}
    assert {(link.target, link.source): str(link.rationale) for link in found.links} == {
        (a, b): f"{a} helps {b}" for a, b in pairs
    }


@given(pair_sets, pair_sets)
def test_composed_is_the_product_of_the_relations(first, second):
    found = crosswalk("x", "y", first).composed(crosswalk("y", "z", second))
    assert found.pairs == relation_product(first, second)
    assert len(found.links) == len(found.pairs)


@given(pair_sets, pair_sets)
def test_every_composed_link_passes_a_node_both_crosswalks_know(first, second):
    found = crosswalk("x", "y", first).composed(crosswalk("y", "z", second))
    assert [
        link
        for link in found.links
        if (link.source, link.via[0]) not in first or (link.via[0], link.target) not in second
    ] == []


@given(pair_sets, pair_sets, pair_sets)
def test_composition_is_associative(first, second, third):
    a, b, c = crosswalk("w", "x", first), crosswalk("x", "y", second), crosswalk("y", "z", third)
    assert a.composed(b).composed(c).pairs == a.composed(b.composed(c)).pairs


@given(pair_sets, pair_sets)
def test_inverse_of_a_composition_is_the_composition_of_the_inverses_turned_round(first, second):
    a, b = crosswalk("x", "y", first), crosswalk("y", "z", second)
    assert a.composed(b).inverted().pairs == b.inverted().composed(a.inverted()).pairs


@given(pair_sets, codes)
def test_links_from_and_to_are_those_with_that_end(pairs, code):
    found = crosswalk("x", "y", pairs)
    assert {link.target for link in found.links_from(code)} == {b for a, b in pairs if a == code}
    assert {link.source for link in found.links_to(code)} == {a for a, b in pairs if b == code}


def test_composed_pair_reached_twice_stands_once_by_its_first_way():
    found = crosswalk("x", "y", {("a0", "b0"), ("a0", "b1")}).composed(
        crosswalk("y", "z", {("b0", "c0"), ("b1", "c0")})
    )
    assert [(link.source, link.target, link.via) for link in found.links] == [("a0", "c0", ("b0",))]


def test_composing_crosswalks_that_do_not_meet_is_refused():
    with pytest.raises(
        ValueError, match="cannot compose x-y with z-w: the first ends in y, the second starts in z"
    ):
        crosswalk("x", "y", set()).composed(crosswalk("z", "w", set()))
