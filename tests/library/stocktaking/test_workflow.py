"""The way of an entry to the register."""

import pytest

from actionlines.stocktaking.workflow import EDITABLE, MODERATOR, OWNER, STATES, STEPS, steps_from


@pytest.mark.parametrize(
    ("state", "owner", "moderator"),
    [
        ("draft", ["submit", "withdraw"], []),
        ("submitted", ["withdraw"], ["take", "return", "refuse", "publish"]),
        ("under-review", ["withdraw"], ["release", "return", "refuse", "publish"]),
        ("returned", ["submit", "withdraw"], []),
        ("published", [], []),
        ("withdrawn", ["reopen"], []),
        ("refused", [], []),
    ],
)
def test_each_state_offers_its_steps_to_owner_and_moderator(state, owner, moderator):
    assert [step.name for step in steps_from(state, [OWNER])] == owner
    assert [step.name for step in steps_from(state, [MODERATOR])] == moderator
    assert {step.name for step in steps_from(state, [OWNER, MODERATOR])} == {*owner, *moderator}
    assert steps_from(state, []) == ()


def test_every_step_leads_between_known_states_and_changes_the_state():
    for step in STEPS.values():
        assert step.sources <= set(STATES)
        assert step.target in STATES
        assert step.target not in step.sources


def test_every_state_can_be_reached_from_a_draft():
    reached = {"draft"}
    while True:
        more = {step.target for step in STEPS.values() if step.sources & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(STATES)


def test_the_text_is_open_to_its_owner_only_before_and_between_reviews():
    assert {state for state in STATES if "submit" in {s.name for s in steps_from(state, [OWNER])}} == EDITABLE


def test_an_unknown_state_is_named():
    with pytest.raises(ValueError, match="“lost” is not a state of a submission"):
        steps_from("lost", [OWNER])
