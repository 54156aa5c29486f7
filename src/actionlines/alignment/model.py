"""The linear model: what the words of a passage, and which stand side by side, say of each of the seventeen goals.

One file per language, data/model/<version>/<language>.npz, written by scripts/train_aligner.py. A language without a
file has no model: its passages are left to the lexicon.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.tokens import BREAK, Tokens

VERSION: Final = "1"
FOLDER: Final = Path(__file__).parent / "data" / "model" / VERSION
GOALS: Final = tuple(str(number) for number in range(1, 18))

# A passage of fewer words the model knows is left to the lexicon: on so few a linear model guesses.
ENOUGH_WORDS: Final = 8
_MOST_EVIDENCE: Final = 6
_WORTH_SHOWING: Final = 0.2  # of the contribution of the strongest word

Array = npt.NDArray[np.float32]


def counted(stems: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in a passage, and each two neighbours, whichever comes first ('agua limpia').

    Neighbours are sorted, so that a pair learnt in a language that puts the adjective behind serves in one that does
    not. The end of a sentence parts neighbours.
    """
    words = Counter(stems)
    del words[BREAK]
    pairs = Counter(
        [f"{one} {two}" if one < two else f"{two} {one}" for one, two in pairwise(stems) if one and two]
    )
    return words, pairs


def damped(count: float) -> float:
    """A word that comes three times says twice as much as one that comes once."""
    return math.log1p(count) / math.log(2)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model makes of one passage.

    Attributes:
        scores: log-odds of the 17 goals, before calibration.
        words, shares: the words known and what each adds to each score, words × 17.
    """

    scores: Array
    words: tuple[str, ...]
    shares: Array

    def tokens_for(self, goal: int, tokens: Tokens) -> list[int]:
        """The places of the words that speak most for a goal (0 to 16): the first place of each, in reading order."""
        said = self.shares[:, goal]
        best = np.argsort(-said, kind="stable")[:_MOST_EVIDENCE]
        least = max(1e-6, _WORTH_SHOWING * float(said[best[0]]))
        return sorted(tokens.stems.index(self.words[word]) for word in best if said[word] >= least)


@dataclass(frozen=True)
class Model:
    """The weights of one language.

    Attributes:
        words, pairs: feature to row of the weights.
        rarity: of each word, its inverse document frequency.
        weights: features × 17, in steps of `step` (17).
        bias: 17 numbers.
    """

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    rarity: Array
    weights: npt.NDArray[np.int8]
    step: Array
    bias: Array

    def opinion(self, tokens: Tokens, denied: Iterable[tuple[int, int]] = ()) -> Opinion | None:
        """The scores of a passage; None where it has too few words the model knows.

        Args:
            tokens: of the passage.
            denied: stretches of tokens whose subject the passage denies; they do not count.
        """
        stems = _said(tokens.stems, denied)
        known = Counter(filter(self.words.__contains__, stems))
        if len(known) < ENOUGH_WORDS:
            return None
        rows = np.array(list(map(self.words.__getitem__, known)))
        counts = _damped(list(known.values()))
        length = float(np.sqrt(np.square(counts * self.rarity[rows]).sum()))
        shares = (counts / length)[:, None] * self._scaled[rows]
        scores = self.bias + shares.sum(axis=0)
        # A pair of neighbours to how often it stands there, in the order of `counted`.
        beside = Counter(filter(None, map(self._beside.get, pairwise(stems))))
        if beside:
            more = _damped(list(beside.values())) @ self.weights[list(beside)]
            scores = scores + more * (self.step / length)
        return Opinion(scores.astype(np.float32), tuple(known), shares)

    @cached_property
    def _beside(self) -> Mapping[tuple[str, str], int]:
        """Two neighbours, whichever comes first, to the row of their pair; it is never 0, where the words begin."""
        found = {}
        for pair, row in self.pairs.items():
            one, _, two = pair.partition(" ")
            found[one, two] = found[two, one] = row
        return found

    @cached_property
    def _scaled(self) -> Array:
        """The weights of the words."""
        found: Array = self.weights[: len(self.words)] * self.step
        return found


def _damped(counts: Sequence[int]) -> Array:
    found: Array = np.log1p(np.array(counts, dtype=np.float32)) * np.float32(1 / math.log(2))
    return found


def _said(stems: tuple[str, ...], denied: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    for first, behind in denied:
        stems = (*stems[:first], *(BREAK for _ in range(first, behind)), *stems[behind:])
    return stems


@cache
def model(language: str) -> Model | None:
    """The model of a language, loaded once, or None."""
    path = FOLDER / f"{language}.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as page:
        words, pairs = _listed(page["words"]), _listed(page["pairs"])
        return Model(
            {word: row for row, word in enumerate(words)},
            {pair: row for row, pair in enumerate(pairs, len(words))},
            page["rarity"].astype(np.float32),
            page["weights"],
            page["step"],
            page["bias"],
        )


def _listed(packed: npt.NDArray[Any]) -> list[str]:
    text = packed.tobytes().decode("utf-8")
    return text.split("\n") if text else []


def packed(names: Iterator[str] | Sequence[str]) -> npt.NDArray[np.uint8]:
    """Names as the model file keeps them: UTF-8, one a line."""
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)
