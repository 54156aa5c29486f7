"""A text as the lexicon sees it: the stems of its words, each with its place in the text."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import Final

from actionlines.alignment.morphology import STEMMERS
from actionlines.text import fold

# Marks that combine with the letter before them (accents written apart, Arabic vowel signs) belong to the word.
_COMBINING: Final = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_CHINESE: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A word that a line end has broken ("educa-\ntion"), and the soft hyphen that says where one may.
_BROKEN: Final = r"\u00ad|(?<=\w\w\w)[-‐]\r?\n(?=[^\W\d_A-ZА-Я])"
_JOINTS: Final = re.compile(r"\u00ad|[-‐]\r?\n")
# Most words are plain and end at a blank: tried first, as the rest takes twice as long. In brackets, so that to split
# a text by it gives, in turn, what is between the tokens and the tokens.
_TOKEN: Final = re.compile(
    rf"([a-zA-Z0-9]+(?=[ ,.])"
    rf"|[^\W_{_CHINESE}]+(?:(?:[{_COMBINING}]|{_BROKEN})[^\W_{_CHINESE}]*)*"
    rf"|[.!?;:؟؛](?=\s|$)|[。！？；\n]|[{_CHINESE}])"
)
_STOPS: Final = frozenset(".!?;:؟؛。！？；\n")
BREAK: Final = ""
"""The stem that stands for the end of a sentence."""

_WORDS_REMEMBERED: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, articles and prepositions left out.

    Attributes:
        stems: in reading order; BREAK between two sentences.
        starts, ends: the place of each word in the text.
        words: as they stand there.
    """

    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]


def _spelt(word: str) -> str:
    """Lower case and composed; accents stay, Arabic vowel signs do not."""
    composed = unicodedata.normalize("NFC", word).casefold()
    return composed if composed.isascii() or composed[0] < "\u0600" else fold(composed)


class _Stems(dict[str, str | None]):
    """Word to stem, BREAK for the end of a sentence, None for what is left out; worked out once."""

    def __init__(self, language: str, skipped: frozenset[str]) -> None:
        self._stem = STEMMERS[language]
        self._left_out = frozenset(map(_spelt, skipped))

    def __missing__(self, word: str) -> str | None:
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        found = self[word] = self._worked_out(word)
        return found

    def _worked_out(self, word: str) -> str | None:
        if word in _STOPS:
            return BREAK
        if not word.isalnum():
            word = _JOINTS.sub("", word)
        return None if _spelt(word) in self._left_out else self._stem(fold(word))


class Tokenizer:
    """Cuts texts of one language into tokens; Chinese into single characters."""

    def __init__(self, language: str, skipped: frozenset[str]) -> None:
        """`skipped`: words that do not count, accents and all: French "sur" is skipped, "sûr" is not."""
        self._stems = _Stems(language, skipped)

    def __call__(self, text: str) -> Tokens:
        """The tokens of `text`."""
        parts = _TOKEN.split(text)
        edges = tuple(accumulate(map(len, parts)))
        words = parts[1::2]
        stems = list(map(self._stems.__getitem__, words))
        kept = [stem is not None for stem in stems]
        return Tokens(
            tuple([stem for stem in stems if stem is not None]),
            tuple(compress(edges[::2], kept)),
            tuple(compress(edges[1::2], kept)),
            tuple(compress(words, kept)),
        )

    def stems(self, phrase: str) -> tuple[str, ...]:
        """The stems of a phrase of the lexicon."""
        return self(phrase).stems
