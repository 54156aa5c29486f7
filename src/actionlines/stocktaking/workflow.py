"""The way of an entry from a draft to the register: which step leads from where to where, and who may take it.

draft → submitted → under review → published; a moderator may return it with comments, and its owner sends it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STATES: Final = ("draft", "submitted", "under-review", "returned", "published", "withdrawn", "refused")

OWNER: Final = "owner"
MODERATOR: Final = "moderator"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the workflow.

    Attributes:
        name: what is done, a verb.
        sources: states it may be taken from.
        target: state it leads to.
        by: OWNER (the submitter or a manager of the organisation) or MODERATOR.
        comment: whether the step needs a word to the other side.
    """

    name: str
    sources: frozenset[str]
    target: str
    by: str
    comment: bool = False


STEPS: Final = {
    step.name: step
    for step in (
        Step("submit", frozenset({"draft", "returned"}), "submitted", OWNER),
        Step("withdraw", frozenset({"draft", "submitted", "under-review", "returned"}), "withdrawn", OWNER),
        Step("reopen", frozenset({"withdrawn"}), "draft", OWNER),
        Step("take", frozenset({"submitted"}), "under-review", MODERATOR),
        Step("release", frozenset({"under-review"}), "submitted", MODERATOR),
        Step("return", frozenset({"submitted", "under-review"}), "returned", MODERATOR, comment=True),
        Step("refuse", frozenset({"submitted", "under-review"}), "refused", MODERATOR, comment=True),
        Step("publish", frozenset({"submitted", "under-review"}), "published", MODERATOR),
    )
}

# In these states its owner may change the text.
EDITABLE: Final = frozenset({"draft", "returned"})
# In these its owner may delete it for good: it is with nobody, and nothing of it was published.
DELETABLE: Final = frozenset({"draft", "withdrawn"})


def steps_from(state: str, parts: Iterable[str]) -> tuple[Step, ...]:
    """The steps somebody with these parts (OWNER, MODERATOR) may take from `state`, in the order of STEPS.

    Raises:
        ValueError: there is no such state.
    """
    if state not in STATES:
        raise ValueError(f"“{state}” is not a state of a submission; known: {', '.join(STATES)}")
    held = set(parts)
    return tuple(step for step in STEPS.values() if state in step.sources and step.by in held)
