"""The words of citations (`data/citation_words.toml`) as regular expressions.

A set of phrases becomes one pattern in the shape of a tree, so that a thousand phrases cost little more than one.
Capitals, accents, full-width letters and the letter variants of Arabic need no folding of the text: each place of
the tree is a class of the characters that a reader takes for the same letter. Patterns that are read backwards
from a number have their phrases reversed.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any, Final

from actionlines.text import fold

HYPHENS: Final = r"\-‐‑‒–—−"
# Marks of direction around codes in Arabic text.
INVISIBLE: Final = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
ARABIC: Final = "\u0620-\u065f\u0671-\u06d3"
# Chinese (and kana): words without spaces between them.
CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A letter or digit that would go on with a word; Chinese characters do not.
LETTER: Final = rf"[^\W\d_{CJK}]"
WORD: Final = rf"[^\W_{CJK}]"
# Arabic writes "and", "in", "of" as a letter joined to the next word.
_BEFORE: Final = rf"(?<![^\W\d_{CJK}{ARABIC}])"

_CHOICE: Final = re.compile(r"\(([^)]*)\)")
_CJK_START: Final = re.compile(f"[{CJK}]")
_SPACE: Final = rf"[\s{INVISIBLE}_{HYPHENS}]{{1,2}}"
_COMBINING: Final = "[\u0300-\u0308\u0653-\u0655]?"
_END: Final = ""
# ‘l'’ is also written with a curly apostrophe.
_LIKE: Final = {"'": "'’ʼ", "’": "'’ʼ"}


@cache
def words() -> dict[str, Any]:
    """The content of the data file, by section and list."""
    data = files("actionlines.alignment").joinpath("data", "citation_words.toml")
    return tomllib.loads(data.read_text("utf-8"))


def expanded(phrases: Iterable[str]) -> Iterator[str]:
    """Every spelling of the phrases: 'goal(s)' gives 'goal' and 'goals', 'a(b|c)' gives 'ab' and 'ac'."""
    for phrase in phrases:
        parts = _CHOICE.split(phrase)
        choices = [_choices(part) if n % 2 else [part] for n, part in enumerate(parts)]
        yield from map("".join, product(*choices))


def _choices(inside: str) -> list[str]:
    return inside.split("|") if "|" in inside else ["", inside]


@lru_cache(maxsize=4096)
def key(spelling: str) -> str:
    """The form under which two spellings of a phrase are the same."""
    return " ".join(re.sub(rf"[\s{INVISIBLE}_{HYPHENS}]+", " ", fold(spelling)).replace("’", "'").split())


def pattern(phrases: Iterable[str], *, backwards: bool = False, exact: bool = False) -> str:
    """A regular expression for any of the phrases, the longest first.

    Args:
        phrases: in the notation of the data file.
        backwards: match the reversed text.
        exact: only the letters as they are written (for acronyms).
    """
    tree: dict[str, Any] = {}
    for spelling in expanded(phrases):
        place = tree
        for character in reversed(spelling) if backwards else spelling:
            place = place.setdefault(_like(character, backwards=backwards, exact=exact), {})
        place[_END] = {}
    return _rendered(tree)


def bounded(phrases: Iterable[str]) -> str:
    """A pattern for whole words: no letter before or behind, except where Chinese characters stand."""
    joined, spaced = split_by_script(phrases)
    alternatives = [pattern(joined)] if joined else []
    if spaced:
        # A phrase that ends in a sign, such as '%', may stand before a letter.
        alternatives.append(rf"{_BEFORE}{pattern(spaced)}(?:(?!{WORD})|(?<!{WORD}))")
    return f"(?:{'|'.join(alternatives)})"


def split_by_script(phrases: Iterable[str]) -> tuple[list[str], list[str]]:
    """The spellings that begin with a Chinese character, and the others."""
    spellings = list(expanded(phrases))
    return [s for s in spellings if _CJK_START.match(s)], [s for s in spellings if not _CJK_START.match(s)]


def _rendered(tree: dict[str, Any]) -> str:
    branches = [place + _rendered(below) for place, below in tree.items() if place != _END]
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 and _END not in tree else f"(?:{'|'.join(branches)})"
    return f"{whole}?" if _END in tree else whole


@cache
def _like(character: str, *, backwards: bool, exact: bool) -> str:
    if character in " -":
        return _SPACE
    if character in _LIKE:
        return f"[{_LIKE[character]}]"
    if not character.isalpha():
        return re.escape(character)
    if exact:
        return f"[{character}{_full_width(character)}]"
    base = _base(character)
    letters = f"[{''.join(sorted(_variants().get(base, set()) | {base, character, character.upper()}))}]"
    accented = unicodedata.normalize("NFD", character) != character
    if not accented:
        return letters
    return f"(?:{_COMBINING}{letters})" if backwards else f"(?:{letters}{_COMBINING})"


def _base(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character


def _full_width(character: str) -> str:
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""


@cache
def _variants() -> dict[str, set[str]]:
    """Folded letter to the characters that fold to it: Latin, Cyrillic, Arabic and full-width letters."""
    found: dict[str, set[str]] = {}
    for low, high in ((0x41, 0x17F), (0x400, 0x460), (0x620, 0x64B), (0xFF21, 0xFF5B)):
        for character in map(chr, range(low, high)):
            if character.isalpha():
                found.setdefault(_base(character), set()).add(character)
    return found
