"""Which texts the model has seen: its training texts as hashes of eight words in a row, a sample of one in eight.

The hashes ship with the model, so that nobody reports a score on texts it was trained on.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.model import FOLDER
from actionlines.text import fold

WORDS: Final = 8
_SAMPLED: Final = 8  # one shingle in so many is kept
_SHARED: Final = 0.5  # of its sampled shingles, and a text is a near-duplicate
_WORD: Final = re.compile(r"[\u3400-\u9fff]|\w+")


def shingles(text: str) -> frozenset[str]:
    """Every eight words in a row; the whole of a shorter text. Case, accents and punctuation do not matter."""
    words = _WORD.findall(fold(text))
    return frozenset(" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1)))


def _hash(shingle: str) -> int:
    given = shingle.encode("utf-8")
    return zlib.crc32(given)


def _whole(text: str) -> int:
    return zlib.crc32(" ".join(_WORD.findall(fold(text))).encode("utf-8"))


def _sampled(text: str) -> list[int]:
    return [found for found in map(_hash, shingles(text)) if found % _SAMPLED == 0]


@dataclass(frozen=True)
class Known:
    """Hashes of the training texts: `whole` of each text, `parts` of sampled shingles."""

    whole: frozenset[int]
    parts: frozenset[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Known":
        """The hashes of some texts."""
        given = list(texts)
        return cls(
            frozenset(map(_whole, given)), frozenset(part for text in given for part in _sampled(text))
        )

    def holds(self, text: str) -> bool:
        """Whether the text, or one that shares half of its shingles, was among them."""
        if _whole(text) in self.whole:
            return True
        parts = _sampled(text)
        return len(parts) > 1 and sum(part in self.parts for part in parts) >= _SHARED * len(parts)

    def save(self, path: Path) -> None:
        """Write them to a file."""
        np.savez_compressed(path, whole=_packed(self.whole), parts=_packed(self.parts))


def _packed(hashes: Iterable[int]) -> npt.NDArray[np.uint32]:
    return np.array(sorted(hashes), dtype=np.uint32)


@cache
def training_texts() -> Known:
    """Those of the model that ships."""
    with np.load(FOLDER / "training_texts.npz", allow_pickle=False) as page:
        return Known(frozenset(page["whole"].tolist()), frozenset(page["parts"].tolist()))
