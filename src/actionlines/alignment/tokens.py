"""A text as the lexicon sees it: the stems of its words, each with its place in the text."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from actionlines.alignment.morphology import STEMMERS
from actionlines.text import fold

# Marks that combine with the letter before them (accents written apart, Arabic vowel signs) belong to the word.
_COMBINING: Final = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_CHINESE: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A word that a line end has broken ("educa-\ntion"), and the soft hyphen that says where one may.
_BROKEN: Final = r"\u00ad|(?<=\w\w\w)[-‐]\r?\n(?=[^\W\d_A-ZА-Я])"
_JOINTS: Final = re.compile(r"\u00ad|[-‐]\r?\n")
_TOKEN: Final = re.compile(
    rf"[^\W_{_CHINESE}]+(?:(?:[{_COMBINING}]|{_BROKEN})[^\W_{_CHINESE}]*)*"
    rf"|[.!?;:؟؛](?=\s|$)|[。！？；\n]|[{_CHINESE}]"
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


class Tokenizer:
    """Cuts texts of one language into tokens; Chinese into single characters."""

    def __init__(self, language: str, skipped: frozenset[str]) -> None:
        """`skipped`: words that do not count, accents and all: French "sur" is skipped, "sûr" is not."""
        stem = STEMMERS[language]
        left_out = frozenset(map(_spelt, skipped))

        def known(word: str) -> str | None:
            if word in _STOPS:
                return BREAK
            if not word.isalnum():
                word = _JOINTS.sub("", word)
            return None if _spelt(word) in left_out else stem(fold(word))

        self._stem: Callable[[str], str | None] = lru_cache(_WORDS_REMEMBERED)(known)

    def __call__(self, text: str) -> Tokens:
        """The tokens of `text`."""
        stems: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        stem_of = self._stem
        for match in _TOKEN.finditer(text):
            word = match.group()
            stem = stem_of(word)
            if stem is not None:
                start, end = match.span()
                stems.append(stem)
                starts.append(start)
                ends.append(end)
                words.append(word)
        return Tokens(tuple(stems), tuple(starts), tuple(ends), tuple(words))

    def stems(self, phrase: str) -> tuple[str, ...]:
        """The stems of a phrase of the lexicon."""
        return self(phrase).stems
