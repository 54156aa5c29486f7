"""What a text of a collection counts as: words and pairs of neighbours, and pieces of words, each rarer one for more.

A text is a sparse row of unit length, half of it stems and pairs of them, half pieces of three to five letters of the
words as they are written. Pieces find what stems part: compounds, spellings, words of the same root.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.model import counted, damped
from actionlines.alignment.tokens import BREAK, Tokens
from actionlines.text import fold

LEAST_TERMS: Final = 2  # texts a word or a pair must stand in
LEAST_PIECES: Final = 3
_PIECE: Final = "~"  # begins the name of a piece; no stem holds it
_LENGTHS: Final = (3, 4, 5)
_BLOCK: Final = 4096  # columns that are made dense at a time

Array = npt.NDArray[np.float32]
Counts = tuple[Counter[str], Counter[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A text as a sparse row: columns, ascending, and their values."""

    columns: npt.NDArray[np.intp]
    values: Array


def counts(tokens: Tokens, denied: Iterable[tuple[int, int]] = ()) -> Counts:
    """The stems and pairs of a text, and its pieces; stretches of tokens whose subject it denies do not count."""
    stems = list(tokens.stems)
    for first, behind in denied:
        stems[first:behind] = [BREAK] * (behind - first)
    words, pairs = counted(stems)
    written = Counter(word for stem, word in zip(stems, tokens.words, strict=True) if stem)
    pieces: Counter[str] = Counter()
    for word, times in written.items():
        for piece in pieces_of(word):
            pieces[piece] += times
    return words + pairs, pieces


def pieces_of(word: str) -> list[str]:
    """'_gr', 'gra', … of 'Grant', with its edges marked."""
    whole = f"_{fold(word)}_"
    return [_PIECE + whole[at : at + n] for n in _LENGTHS for at in range(len(whole) - n + 1)]


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a collection.

    Attributes:
        columns: term to column; words and pairs come first.
        rarity: of each column, its inverse document frequency.
        pieces: the first column of a piece.
    """

    columns: Mapping[str, int]
    rarity: Array
    pieces: int

    @classmethod
    def of(cls, texts: Sequence[Counts]) -> "Vocabulary":
        """The terms that stand in several of some texts."""
        said, pieces = (_frequent([text[kind] for text in texts], least)
                        for kind, least in ((0, LEAST_TERMS), (1, LEAST_PIECES)))  # fmt: skip
        found = {**said, **pieces}
        rarity = np.log((1 + len(texts)) / (1 + np.array(list(found.values()), dtype=np.float32))) + 1
        return cls({name: place for place, name in enumerate(found)}, rarity.astype(np.float32), len(said))

    def row(self, text: Counts) -> Row:
        """A text as a row; empty where no term is known."""
        halves = [self._half(kind) for kind in text]
        return Row(np.concatenate([half.columns for half in halves]), np.concatenate([half.values for half in halves]))  # fmt: skip

    def _half(self, kind: Counter[str]) -> Row:
        known = sorted((self.columns[name], times) for name, times in kind.items() if name in self.columns)
        columns = np.array([column for column, _ in known], dtype=np.intp)
        values = np.array([damped(times) for _, times in known], dtype=np.float32) * self.rarity[columns]
        length = float(np.sqrt(2 * np.square(values).sum()))
        return Row(columns, values / np.float32(length or 1.0))


def _frequent(texts: Iterable[Counter[str]], least: int) -> dict[str, int]:
    """In how many texts each term stands, of those in `least` or more; sorted by name."""
    often = Counter(name for text in texts for name in text)
    return {name: often[name] for name in sorted(often) if often[name] >= least}


def gram(rows: Sequence[Row], width: int) -> Array:
    """Texts × texts: how alike two texts are, from 0 to 1."""
    found = np.zeros((len(rows), len(rows)), dtype=np.float32)
    edges = [*range(0, width, _BLOCK), width]
    for first, behind in pairwise(edges):
        block = np.zeros((len(rows), behind - first), dtype=np.float32)
        for place, row in enumerate(rows):
            start, end = np.searchsorted(row.columns, (first, behind))
            block[place, row.columns[start:end] - first] = row.values[start:end]
        found += block @ block.T
    return found


def summed(rows: Sequence[Row], shares: Array, width: int) -> Array:
    """Columns × nodes: the rows, each times its share of each node."""
    found = np.zeros((width, shares.shape[1]), dtype=np.float32)
    for row, share in zip(rows, shares, strict=True):
        found[row.columns] += row.values[:, None] * share
    return found
