"""Words in six languages with the long tail that real texts have.

The frequent words are those of the frameworks' own texts, the rare ones are put together from their parts. Word number
n is used about 1/n times as often as the first (Zipf's law), so that some words stand in most entries and most words
in a handful.
"""

from collections import Counter
from functools import cache

import numpy as np
from numpy.typing import NDArray

from actionlines.frameworks import catalogue
from actionlines.text import LANGUAGES

# How many entries in a hundred are written in each language.
SHARES = {"en": 50, "fr": 14, "es": 12, "ar": 10, "ru": 7, "zh": 7}
VOCABULARY = 40_000
# Of the law: a little above 1, as in real texts.
EXPONENT = 1.05


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """VOCABULARY words, the most frequent first; Chinese ones are pairs of characters and written without blanks."""
    seen: Counter[str] = Counter()
    for framework in catalogue().frameworks.values():
        for node in framework.nodes:
            for text in (node.title, node.description):
                seen.update(_words(text.by_language.get(language, ""), language))
    words = [word for word, _ in seen.most_common(VOCABULARY)]
    chance = np.random.default_rng(LANGUAGES.index(language))
    known = set(words)
    heads, tails = _parts(words)
    while len(words) < VOCABULARY:
        made = heads[chance.integers(len(heads))] + tails[chance.integers(len(tails))]
        if made not in known:
            known.add(made)
            words.append(made)
    return tuple(words)


@cache
def shares() -> NDArray[np.float64]:
    """The share of all words that the first n are, for n = 1 … VOCABULARY."""
    weights = 1 / np.arange(1, VOCABULARY + 1) ** EXPONENT
    return np.cumsum(weights / weights.sum())


def drawn(chance: np.random.Generator, number: int) -> NDArray[np.int64]:
    """So many places in a vocabulary, as a text has them."""
    return np.minimum(np.searchsorted(shares(), chance.random(number)), VOCABULARY - 1)


def _words(text: str, language: str) -> list[str]:
    if language != "zh":
        return [word for word in text.lower().split() if word.isalpha()]
    characters = [character for character in text if "一" <= character <= "鿿"]
    return ["".join(pair) for pair in zip(characters[::2], characters[1::2], strict=False)]


def _parts(words: list[str]) -> tuple[list[str], list[str]]:
    """Beginnings and ends of the words."""
    halves = [(word[: len(word) // 2], word[len(word) // 2 :]) for word in words if len(word) > 1]
    return [head for head, _ in halves], [tail for _, tail in halves]
