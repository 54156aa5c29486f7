"""From the model's scores and the lexicon's words to the probability of each goal: data/model/<version>/stacker.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.model import FOLDER, GOALS
from actionlines.alignment.scoring import calibration

_USUAL: Final = 0.3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stacker:
    """The numbers of one language.

    Attributes:
        coefficients: of the features, in the order of `features`.
        intercepts: of the 17 goals.
        rates: of the texts it was fitted on that have a word of the lexicon for a goal, how many have the goal.
        unheard: goals without a text to learn from; they are left to the lexicon.
    """

    coefficients: Array
    intercepts: Array
    rates: Array
    unheard: frozenset[str] = frozenset()

    def probabilities(self, scores: npt.ArrayLike, weights: Sequence[float]) -> Array:
        """Of the 17 goals, from the model's scores and the lexicon's weights."""
        odds = self.intercepts + features(scores, weights) @ self.coefficients
        found: Array = 1 / (1 + np.exp(-odds))
        return found


def features(scores: npt.ArrayLike, weights: npt.ArrayLike) -> Array:
    """17 × 4: the score of a goal, how far it stands out, the words of the lexicon for it, their share."""
    given = np.asarray(scores, dtype=np.float64)
    words = np.asarray(weights, dtype=np.float64)
    apart = given - np.logaddexp.reduce(given)
    return np.column_stack([given, apart, np.log1p(words), words / (words.sum() + calibration().rest)])


def balanced(probability: float, rate: float) -> float:
    """The probability if yes and no had been equally likely beforehand: for questions drawn half and half."""
    odds = probability / (1 - probability) * (1 - rate) / rate
    return odds / (1 + odds)


@cache
def stackers() -> Mapping[str, Stacker]:
    """By language; a language without a model has none."""
    path = FOLDER / "stacker.toml"
    if not path.exists():
        return {}
    page = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: _stacker(numbers) for language, numbers in page.items()}


def _stacker(numbers: Mapping[str, Any]) -> Stacker:
    coefficients, intercepts, rates = (
        np.array(numbers[name], dtype=np.float64) for name in ("coefficients", "intercepts", "rates")
    )
    return Stacker(coefficients, intercepts, rates, frozenset(numbers["unheard"]))


def rate(language: str, goal: str) -> float:
    """How often a goal is right in a text that has a word for it; three in ten where no model says."""
    held = stackers().get(language)
    return float(held.rates[GOALS.index(goal)]) if held and goal in GOALS else _USUAL
