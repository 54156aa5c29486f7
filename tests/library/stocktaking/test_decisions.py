"""Declared codes and decisions about proposals always agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking.decisions import settle

LINES = ("C2", "C3", "C7", "C7-HEA")
TARGETS = ("3", "3.8", "9", "9.c")
NODES = [*(f"wsis:{code}" for code in LINES), *(f"sdg:{code}" for code in TARGETS)]
decisions = st.dictionaries(st.sampled_from(NODES), st.booleans())
answers = st.dictionaries(st.sampled_from(NODES), st.sampled_from([True, False, None]))
codes = st.sets(st.sampled_from(LINES)), st.sets(st.sampled_from(TARGETS))


@given(*codes, decisions, answers)
def test_what_is_taken_over_is_declared_and_what_is_refused_is_not(lines, targets, known, new) -> None:
    settled = settle(lines, targets, known, new)
    declared = {*(f"wsis:{code}" for code in settled.lines), *(f"sdg:{code}" for code in settled.targets)}
    assert {node for node, taken in settled.decisions.items() if taken} <= declared
    assert declared.isdisjoint(node for node, taken in settled.decisions.items() if not taken)
    assert {node for node, answer in new.items() if answer} <= declared
    assert {node: settled.decisions.get(node) for node, answer in new.items() if answer is not None} == {
        node: answer for node, answer in new.items() if answer is not None
    }


@given(*codes, decisions, answers)
def test_settling_twice_changes_nothing(lines, targets, known, new) -> None:
    once = settle(lines, targets, known, new)
    assert settle(once.lines, once.targets, once.decisions, {}) == once


def test_a_line_taken_off_by_hand_counts_as_refused_and_one_declared_by_hand_is_no_longer_refused() -> None:
    settled = settle(["C3"], [], {"wsis:C2": True, "wsis:C3": False}, {})
    assert settled.decisions == {"wsis:C2": False}


def test_a_decision_opened_again_leaves_no_trace() -> None:
    assert settle([], [], {"sdg:9.c": False}, {"sdg:9.c": None}).decisions == {}


@pytest.mark.parametrize("node", ["wsis:C99", "sdg:", "iati:1", "C2"])
def test_a_node_that_does_not_exist_is_refused(node: str) -> None:
    with pytest.raises(ValueError, match="is no line"):
        settle([], [], {}, {node: True})
