"""A long text in portions that are read one by one: a goal must not be found because a text is long."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

WHOLE: Final = 2_500
"""A text of at most so many characters is read as a whole: an entry, a paragraph."""

_PARAGRAPH: Final = re.compile(r"\n\s*\n\s*")
_SENTENCE: Final = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])|\n+")
_FILLED: Final = 600  # sentences of one paragraph are gathered up to so many characters


def portions(text: str) -> list[tuple[int, int]]:
    """Where the portions begin and end: the whole of a short text, of a long one its paragraphs.

    A paragraph that is itself long is cut between sentences, and where there are none, at a fixed length.
    """
    if len(text) <= WHOLE:
        return [(0, len(text))]
    return [
        part
        for start, end in _between(_PARAGRAPH, text, 0, len(text))
        for part in _paragraph(text, start, end)
    ]


def _paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= WHOLE:
        yield start, end
        return
    begin = start
    for first, last in _between(_SENTENCE, text, start, end):
        if last - begin > _FILLED and first > begin:
            yield begin, first
            begin = first
        while last - begin > WHOLE:
            yield begin, begin + WHOLE
            begin += WHOLE
    if begin < end:
        yield begin, end


def _between(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between two matches, without empty ones."""
    edges = [start, *(match.end() for match in pattern.finditer(text, start, end)), end]
    yield from ((first, last) for first, last in pairwise(edges) if last > first)
