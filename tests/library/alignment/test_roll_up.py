"""A document from its passages: shares by length, setbacks apart, nothing of the matrix."""

from actionlines.alignment import Basis, Direction, Link
from actionlines.alignment.roll_up import Rolled, RollUp


def link(node, probability, direction=Direction.ADVANCES, basis=Basis.LEXICON):
    return Link("sdg", node, basis, probability, direction=direction)


def rolled(*passages):
    found = RollUp()
    for length, links in passages:
        found.add(length, links)
    return found.nodes()


def test_passage_counts_by_its_length_and_its_probability():
    found = rolled((300, [link("4", 0.95)]), (100, [link("4", 0.5), link("1", 0.8)]), (600, []))
    assert found == (
        Rolled("sdg", "1", 0.08, 0.8, 0, 0),
        Rolled("sdg", "4", 0.335, 0.95, 1, 0),
    )


def test_document_twice_as_long_has_the_same_shares():
    once = [(300, [link("4", 0.95)]), (100, [link("1", 0.8)])]
    assert [node.share for node in rolled(*once)] == [node.share for node in rolled(*once, *once)]


def test_setback_is_no_share_and_is_counted_apart():
    against = [link("7", 0.9, Direction.AGAINST), link("13", 0.1, Direction.AGAINST)]
    assert rolled((100, [link("7", 0.6)]), (100, against)) == (
        Rolled("sdg", "7", 0.3, 0.6, 0, 1),
        Rolled("sdg", "13", 0.0, 0.0, 0, 0),
    )


def test_what_the_matrix_implies_is_left_out_and_no_passage_gives_nothing():
    assert rolled((100, [link("9", 0.3, basis=Basis.MATRIX)])) == ()
    assert rolled() == ()
    assert rolled((0, [link("4", 1.0)])) == (Rolled("sdg", "4", 0.0, 1.0, 1, 0),)
