"""How alike two projects are, for readers who look for more of the kind, and why.

Not whether they are the same project: that is the question of `duplicates`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

# What one shared thing is worth. A word counts by its rarity, from 0 for one that every entry holds to WORD for one
# that only these two hold; all words together count no more than WORDS.
TARGET: Final = 1.0
GOAL: Final = 0.4
LINE: Final = 0.8
WORD: Final = 1.5
WORDS: Final = 4.0
REGION: Final = 0.3
# What is less alike is not called similar: one shared line alone is not enough.
LEAST: Final = 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a project is compared.

    Attributes:
        lines, targets: the narrowest codes it is linked with; a goal stands among the targets.
        region: '' where it has none.
        words: the folded search terms of its text.
    """

    lines: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    region: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two projects are (0 and more), and what they share: the weightiest words first."""

    score: float
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    same_region: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is enough to be called similar."""
        return self.score >= LEAST and bool(self.lines or self.targets or self.words)


def rarity(holders: int, entries: int) -> float:
    """The weight of a word that `holders` of `entries` hold: 1 where two do, 0 where all do (inverse document frequency)."""
    if entries <= 2 or holders >= entries:
        return 0.0
    return min(1.0, log(entries / max(holders, 2)) / log(entries / 2))


def likeness(first: Profile, second: Profile, rarities: Mapping[str, float]) -> Likeness:
    """Compare two projects; the same whichever comes first.

    Args:
        rarities: word to its `rarity`; words that are not in it count nothing.
    """
    words = sorted(
        (word for word in first.words & second.words if rarities.get(word, 0) > 0),
        key=lambda word: (-rarities[word], word),
    )
    lines = tuple(sorted(first.lines & second.lines))
    targets = tuple(sorted(first.targets & second.targets))
    same_region = bool(first.region) and first.region == second.region
    score = (
        LINE * len(lines)
        + sum(TARGET if "." in target else GOAL for target in targets)
        + min(WORDS, WORD * sum(rarities[word] for word in words))
        + (REGION if same_region else 0.0)
    )
    return Likeness(round(score, 6), lines, targets, tuple(words), same_region)


def most_alike(
    wanted: Profile, others: Mapping[int, Profile], rarities: Mapping[str, float], most: int
) -> Iterable[tuple[int, Likeness]]:
    """The keys of those that are similar, the most alike first, of equals the one with the greater key; at most `most`."""
    found = ((key, likeness(wanted, other, rarities)) for key, other in others.items())
    return sorted(
        ((key, like) for key, like in found if like.counts), key=lambda item: (-item[1].score, -item[0])
    )[:most]
