"""Denied subjects: in "the project does not deal with poverty" the word poverty speaks for nothing.

Only denials of the subject count ("does not address", "nothing to do with"). "People who have no electricity" is
about electricity all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actionlines.alignment.tokens import BREAK, Tokens

_REACH = 3  # tokens between a negator and the verb it denies


@dataclass(frozen=True)
class Grammar:
    """How a language denies.

    Attributes (all as stems):
        negators: 'not', 'ne'; verbs: what is denied ('address', 'deal'); a denial is a negator with a verb behind.
        denials: what denies on its own ('nothing to do with').
        softeners: words that turn a denial into a statement ('not only').
        resumers: words that end a denial before the sentence does ('but').
    """

    negators: frozenset[str]
    verbs: tuple[tuple[str, ...], ...]
    denials: tuple[tuple[str, ...], ...]
    softeners: frozenset[str]
    resumers: frozenset[str]


def denied(tokens: Tokens, grammar: Grammar) -> list[tuple[int, int]]:
    """Stretches of tokens (first, behind the last) whose subject the text denies."""
    stems = tokens.stems
    found: list[tuple[int, int]] = []
    if grammar.negators.isdisjoint(stems) and not any(phrase[0] in stems for phrase in grammar.denials):
        return found
    beginnings = grammar.negators.union(phrase[0] for phrase in grammar.denials)
    position = 0
    while position < len(stems):
        behind = _denial(stems, position, grammar) if stems[position] in beginnings else None
        if behind is None:
            position += 1
            continue
        end = behind
        while end < len(stems) and stems[end] != BREAK and stems[end] not in grammar.resumers:
            end += 1
        found.append((position, end))
        position = end
    return found


def _denial(stems: Sequence[str], position: int, grammar: Grammar) -> int | None:
    """The token behind a denial that begins at `position`."""
    behind = _behind_one_of(stems, position, grammar.denials)
    if behind is not None or stems[position] not in grammar.negators:
        return behind
    for place in range(position + 1, min(position + 1 + _REACH, len(stems))):
        if stems[place] == BREAK:
            return None
        behind = _behind_one_of(stems, place, grammar.verbs)
        if behind is not None:
            return None if _softened(stems[position:place], stems[behind : behind + 2], grammar) else behind
    return None


def _softened(before: Iterable[str], after: Iterable[str], grammar: Grammar) -> bool:
    """'does not only address'; French 'ne traite pas seulement', where the softener follows the verb."""
    return not grammar.softeners.isdisjoint(before) or not grammar.softeners.isdisjoint(after)


def _behind_one_of(stems: Sequence[str], position: int, phrases: Iterable[tuple[str, ...]]) -> int | None:
    for phrase in phrases:
        if tuple(stems[position : position + len(phrase)]) == phrase:
            return position + len(phrase)
    return None
