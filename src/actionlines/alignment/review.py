"""The order in which people should look at proposals: where one look teaches most comes first."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

THRESHOLD: Final = 0.5
"""The probability from which a link found in a text counts."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)  # no slots: a generic class with them cannot be written Proposal[int](…)
class Proposal(Generic[Key]):
    """A link somebody may look at.

    Attributes:
        key: whatever names it; proposals of equal doubt stand in the order they are given.
        group: what is looked at in one go, such as the entry it belongs to.
        probability: the aligner's, from 0 to 1.
        opinions: the last word of each reviewer who has decided: accepted or not.
    """

    key: Key
    group: Hashable
    probability: float
    opinions: tuple[bool, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether reviewers disagree."""
        return len(set(self.opinions)) > 1

    @property
    def is_open(self) -> bool:
        """Whether there is something left to decide: nobody has, or they disagree."""
        return not self.opinions or self.is_disputed


def doubt(proposal: Proposal[Key], threshold: float = THRESHOLD) -> float:
    """How little is known about a proposal, from 0 (settled) to 1.

    Undecided, it is 1 at the threshold and falls in a straight line to 0 at the probabilities 0 and 1 (uncertainty
    sampling: the answer nearest to the threshold is the one a further example moves most). Decided, it is twice the
    share of the smaller camp: 1 where reviewers are evenly split, 0 where they agree.

    Raises:
        ValueError: a probability outside 0 to 1, a threshold that is not between 0 and 1.
    """
    if not 0 < threshold < 1 or not 0 <= proposal.probability <= 1:
        raise ValueError(f"probability {proposal.probability}, threshold {threshold}: expected 0 to 1")
    if proposal.opinions:
        accepted = sum(proposal.opinions) / len(proposal.opinions)
        return 2 * min(accepted, 1 - accepted)
    reach = threshold if proposal.probability < threshold else 1 - threshold
    return 1 - abs(proposal.probability - threshold) / reach


def review_order(proposals: Iterable[Proposal[Key]], threshold: float = THRESHOLD) -> list[Proposal[Key]]:
    """The open proposals, the most doubtful first; of equal doubt the disputed ones later, then as given."""
    return sorted(
        (item for item in proposals if item.is_open),
        key=lambda item: (-round(doubt(item, threshold), 9), item.is_disputed),
    )


def group_order(
    proposals: Iterable[Proposal[Key]], threshold: float = THRESHOLD
) -> list[tuple[Hashable, Sequence[Proposal[Key]]]]:
    """The groups that hold open proposals, each with them in review order: by the most doubtful, then by how many."""
    groups: dict[Hashable, list[Proposal[Key]]] = {}
    for item in review_order(proposals, threshold):
        groups.setdefault(item.group, []).append(item)
    return sorted(groups.items(), key=lambda pair: (-round(doubt(pair[1][0], threshold), 9), -len(pair[1])))
