"""In which order people look at proposed links: first where their answer teaches most."""

import math
from collections.abc import Hashable, Iterable
from typing import TypeVar

from actionlines.alignment.decision import Decision, decide
from actionlines.alignment.link import Direction, Link

Key = TypeVar("Key", bound=Hashable)


def review_order(links: Iterable[tuple[Key, Link]]) -> list[tuple[Key, Link]]:
    """The links people are asked about, the most telling first.

    Setbacks come first, for one that is overlooked is counted as a contribution; then what the aligner is least sure of
    (entropy of the probability, Lewis & Gale 1994). Of one node each further link counts less, by the square root of
    its place, so that a queue is not all of one goal.

    Args:
        links: each with whatever tells whose it is; ties keep their order.

    Returns:
        Those of them whose decision is ASK.
    """
    asked = [(key, link) for key, link in links if decide(link) is Decision.ASK]
    seen: dict[tuple[str, str], int] = {}
    worth: list[tuple[bool, float]] = [(False, 0.0)] * len(asked)
    for place in sorted(range(len(asked)), key=lambda place: -_entropy(asked[place][1].probability)):
        link = asked[place][1]
        node = link.framework, link.node
        seen[node] = seen.get(node, 0) + 1
        telling = _entropy(link.probability) / math.sqrt(seen[node])
        worth[place] = link.direction is Direction.AGAINST, telling
    order = sorted(range(len(asked)), key=lambda place: (not worth[place][0], -worth[place][1]))
    return [asked[place] for place in order]


def _entropy(probability: float) -> float:
    """In bits; 1 for even odds, 0 for what is certain."""
    if not 0 < probability < 1:
        return 0.0
    return -sum(p * math.log2(p) for p in (probability, 1 - probability))
