"""Lines and targets held against the official matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.consistency import consistency
from actionlines.frameworks import catalogue

MATRIX = catalogue().crosswalks["wsis-sdg"]
LINES = sorted({link.source for link in MATRIX.links})
TARGETS = [node.code for node in catalogue().frameworks["sdg"].of_kind("goal", "target")]


def test_a_pair_of_the_matrix_is_held_and_a_target_off_the_lines_stands_apart() -> None:
    # The matrix ties C7 e-health to 3.8 and not to goal 14.
    found = consistency(["C7-HEA"], ["14.1", "3.8"])
    assert found.held == (("C7-HEA", "3.8"),)
    assert found.targets_apart == ("14.1",)
    assert found.lines_apart == ()


def test_a_goal_is_held_by_any_of_its_targets_and_a_line_by_its_parts() -> None:
    assert consistency(["C7"], ["3"]).held == (("C7", "3"),)


def test_goals_of_the_lines_that_the_entry_lacks_are_implied_with_their_lines() -> None:
    found = consistency(["C7-HEA"], [])
    tied = {link.target.split(".")[0] for link in MATRIX.links_from("C7-HEA")}
    assert [goal for goal, _ in found.implied] == sorted(tied, key=int)
    assert {lines for _, lines in found.implied} == {("C7-HEA",)}
    assert found.lines_apart == ("C7-HEA",)


def test_an_entry_without_anything_has_nothing_to_hold() -> None:
    found = consistency([], [])
    assert (found.held, found.lines_apart, found.targets_apart, found.implied) == ((), (), (), ())


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        consistency(["C99"], [])


@given(st.lists(st.sampled_from(LINES), max_size=3), st.lists(st.sampled_from(TARGETS), max_size=4))
def test_every_line_and_target_is_held_or_apart_and_nothing_linked_is_implied(
    lines: list[str], targets: list[str]
) -> None:
    found = consistency(lines, targets)
    assert {line for line, _ in found.held} | set(found.lines_apart) == set(lines)
    assert {target for _, target in found.held} | set(found.targets_apart) == set(targets)
    assert {goal for goal, _ in found.implied}.isdisjoint({target.split(".")[0] for target in targets})
    for line, target in MATRIX.pairs:
        if line in lines and target in targets:
            assert (line, target) in found.held
