"""Denied subjects: in "the project does not deal with poverty" the word poverty speaks for nothing.

Only denials of the subject count ("does not address", "nothing to do with", "is not part of the plan"). "People who
have no electricity" is about electricity all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import Final

from actionlines.alignment.tokens import BREAK, Tokens

_REACH: Final = 3  # tokens between a negator and the verb it denies
_TOPIC_REACH: Final = 6  # and the word for a topic: "is not one of the main topics"
_COMMAS: Final = frozenset(",，、،")

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""First stem to the phrases that begin with it."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Grammar:
    """How a language denies.

    Attributes (all as stems):
        negators: 'not', 'ne'; verbs: what is denied ('address', 'deal'); a denial is a negator with a verb behind, and
            what follows is denied.
        denials: what denies on its own what follows ('nothing to do with').
        softeners: words that turn a denial into a statement ('not only').
        resumers: words that end a denial before the sentence does ('but').
        topics: with a negator before them they deny the whole clause ('poverty is not a topic').
        rejections: what does so on its own ('is outside the scope').
        asides: negators whose denial ends at the comma ('without addressing poverty, the app …').
        innocent: expressions with a negator in them that deny nothing ('not for profit').
    """

    negators: frozenset[str]
    verbs: Phrases
    denials: Phrases
    softeners: frozenset[str]
    resumers: frozenset[str]
    topics: Phrases
    rejections: Phrases
    asides: frozenset[str]
    innocent: Phrases

    @property
    def beginnings(self) -> frozenset[str]:
        """The stems a denial may begin with."""
        return self.negators | self.asides | self.denials.keys() | self.rejections.keys()


def denied(tokens: Tokens, grammar: Grammar, beginnings: frozenset[str], text: str = "") -> list[Span]:
    """Stretches of tokens (first, behind the last) whose subject the text denies.

    Args:
        tokens: of the text.
        grammar: of its language; `beginnings` is its property of that name, worked out once.
        text: where the tokens stand; its commas end an aside.
    """
    stems = tokens.stems
    found: list[Span] = []
    passed = 0
    for position in compress(count(), map(beginnings.__contains__, stems)):
        stretch = _denial(tokens, position, grammar, text) if position >= passed else None
        if stretch is None:
            continue
        if found and stretch[0] < found[-1][1]:
            stretch = found.pop()[0], stretch[1]
        found.append(stretch)
        passed = stretch[1]
    return found


def _denial(tokens: Tokens, position: int, grammar: Grammar, text: str) -> Span | None:
    """What is denied by the words that begin at `position`; None where they deny nothing."""
    stems = tokens.stems
    if _behind_one_of(stems, position, grammar.innocent) is not None:
        return None
    behind = _behind_one_of(stems, position, grammar.rejections)
    if behind is not None:
        return _clause_start(stems, position, grammar), _clause_end(stems, behind, grammar)
    behind = _behind_one_of(stems, position, grammar.denials)
    if behind is not None:
        return position, _clause_end(stems, behind, grammar)
    aside = stems[position] in grammar.asides
    if not aside and stems[position] not in grammar.negators:
        return None
    behind = _denied_word(stems, position, grammar.topics, _TOPIC_REACH, grammar)
    if behind is not None and not aside:
        return _clause_start(stems, position, grammar), _clause_end(stems, behind, grammar)
    behind = _denied_word(stems, position, grammar.verbs, _REACH, grammar)
    if behind is None:
        return None
    end = _clause_end(stems, behind, grammar)
    return position, _before_comma(tokens, behind, end, text) if aside else end


def _denied_word(
    stems: Sequence[str], position: int, words: Phrases, reach: int, grammar: Grammar
) -> int | None:
    """The token behind the first of `words` within reach of a negator, unless something softens it."""
    for place in range(position + 1, min(position + 1 + reach, len(stems))):
        if stems[place] == BREAK or stems[place] in grammar.resumers:
            return None
        behind = _behind_one_of(stems, place, words)
        if behind is not None:
            return None if _softened(stems[position:place], stems[behind : behind + 2], grammar) else behind
    return None


def _clause_start(stems: Sequence[str], position: int, grammar: Grammar) -> int:
    while position and stems[position - 1] != BREAK and stems[position - 1] not in grammar.resumers:
        position -= 1
    return position


def _clause_end(stems: Sequence[str], position: int, grammar: Grammar) -> int:
    while position < len(stems) and stems[position] != BREAK and stems[position] not in grammar.resumers:
        position += 1
    return position


def _before_comma(tokens: Tokens, first: int, behind: int, text: str) -> int:
    for place in range(first, behind):
        if not _COMMAS.isdisjoint(text[tokens.ends[place - 1] : tokens.starts[place]]):
            return place
    return behind


def _softened(before: Iterable[str], after: Iterable[str], grammar: Grammar) -> bool:
    """'does not only address'; French 'ne traite pas seulement', where the softener follows the verb."""
    return not grammar.softeners.isdisjoint(before) or not grammar.softeners.isdisjoint(after)


def _behind_one_of(stems: Sequence[str], position: int, phrases: Phrases) -> int | None:
    for phrase in phrases.get(stems[position], ()):
        if tuple(stems[position : position + len(phrase)]) == phrase:
            return position + len(phrase)
    return None
