"""Which word somebody meant who wrote another: trigrams to find candidates, distances to choose among them.

Words are the folded terms of `text.search_terms`, so case, accents, Arabic letter variants and the Arabic article make
no difference. Chinese has no spaces: there a run of characters is looked for in titles with one character exchanged.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from actionlines.text import search_terms

CJK_RUN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{3,}")
# A word as it is written: with combining accents and Arabic vowel signs, which the folded word has not.
_WRITTEN: Final = re.compile(r"[^\W_][\w\u0300-\u036f\u064b-\u065f\u0670]*")
_LONGEST: Final = 40


def trigrams(word: str) -> frozenset[str]:
    """The runs of three characters of a word with a mark at either end: 'line' → '^li', 'lin', 'ine', 'ne$'."""
    marked = f"^{word}$"
    return frozenset(marked[start : start + 3] for start in range(len(marked) - 2))


def slips(word: str) -> int:
    """How many slips are forgiven: none in a word under four characters, one under eight, else two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def distance(first: str, second: str, most: int) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour; `most` + 1 for more than `most`.

    The optimal string alignment distance (Damerau 1964, https://doi.org/10.1145/363958.363994, each place slipping
    once).
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        following = [place]
        for other_place, other in enumerate(second, 1):
            least = min(row[other_place] + 1, following[-1] + 1, row[other_place - 1] + (letter != other))
            if before and other_place > 1 and letter == second[other_place - 2] and first[place - 2] == other:
                least = min(least, before[other_place - 2] + 1)
            following.append(least)
        before, row = row, following
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Those of the candidates that are `slips(word)` away or less, the nearest first; never the word itself.

    Of equally near ones those with the same first letter come first, then those of the nearest length.
    """
    most = slips(word)
    found = [
        (away, other[:1] != word[:1], abs(len(other) - len(word)), other)
        for other in set(candidates)
        if other != word and (away := distance(word, other, most)) <= most
    ]
    return [other for *_, other in sorted(found)]


def words_in(text: str) -> list[str]:
    """The words of a text as they are written; a Chinese run is one."""
    return _WRITTEN.findall(text)


def written_words(title: str) -> dict[str, str]:
    """The folded words of a title with each as it is written, in lower case; without numbers and Chinese."""
    found: dict[str, str] = {}
    for word in words_in(title):
        terms = search_terms(word)
        if len(terms) == 1 and not CJK_RUN.search(terms[0]) and 2 < len(terms[0]) <= _LONGEST:
            (term,) = terms
            if term.isalpha() and not "\u3400" <= term[0] <= "\ufaff":
                found.setdefault(term, word.lower())
    return found


def without_each(run: str) -> Iterator[tuple[str, ...]]:
    """For each character of a Chinese run, the pairs of the others: what a title holds if that character is wrong."""
    for wrong in range(len(run)):
        pairs = tuple(
            run[start : start + 2] for start in range(len(run) - 1) if wrong not in {start, start + 1}
        )
        if pairs:
            yield pairs


def likeness(run: str, title: str) -> str:
    """The first part of a title that differs from a Chinese run in one character; '' where there is none."""
    for start in range(len(title) - len(run) + 1):
        part = title[start : start + len(run)]
        if CJK_RUN.fullmatch(part) and sum(a != b for a, b in zip(part, run, strict=True)) == 1:
            return part
    return ""
