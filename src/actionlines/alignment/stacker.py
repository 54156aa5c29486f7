"""From the model's scores and the lexicon's words to the probability of each goal: data/model/<version>/stacker.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.model import FOLDER, GOALS
from actionlines.alignment.scoring import calibration

USUAL: Final = "stacker.toml"
SEMANTIC: Final = "stacker_semantic.toml"
BARE: Final = "bare"
_RATE: Final = 0.3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stacker:
    """The numbers of one language.

    Attributes:
        coefficients: of the features, in the order of `features`.
        intercepts: of the 17 goals.
        rates: of the texts it was fitted on that have a word of the lexicon for a goal, how many have the goal.
        temper: what log-odds above `even` count for: words and model together promise too much where they are sure.
        unheard: goals without a text to learn from; they are left to the lexicon.
    """

    coefficients: Array
    intercepts: Array
    rates: Array
    temper: float = 1.0
    unheard: frozenset[str] = frozenset()

    @cached_property
    def even(self) -> Array:
        """Of the 17 goals, the log-odds of their rates: there yes and no are equally likely for a text with a word."""
        found: Array = np.log(self.rates / (1 - self.rates))
        return found

    def probabilities(
        self,
        scores: npt.ArrayLike | None,
        weights: Sequence[float],
        meaning: npt.ArrayLike | None = None,
    ) -> Array:
        """Of the 17 goals, from the model's scores, the lexicon's weights and, in the semantic stage, the meaning's."""
        odds = self.intercepts + features(scores, weights, meaning) @ self.coefficients
        found: Array = 1 / (1 + np.exp(-tempered(odds, self.even, self.temper)))
        return found


def tempered(odds: Array | float, even: Array | float, temper: float) -> Array:
    """Log-odds of which what lies above `even` counts `temper` times."""
    found: Array = odds - (1 - temper) * np.maximum(0.0, odds - even)
    return found


def features(
    scores: npt.ArrayLike | None, weights: npt.ArrayLike, meaning: npt.ArrayLike | None = None
) -> Array:
    """17 × 4: the score of a goal, how far it stands out, the words of the lexicon for it, their share.

    Where the meaning was read too its scores (17 × 2) stand behind; without scores of a model their columns are nought.
    """
    words = np.asarray(weights, dtype=np.float64)
    given = np.zeros(len(words)) if scores is None else np.asarray(scores, dtype=np.float64)
    apart = given if scores is None else given - np.logaddexp.reduce(given)
    columns = [given, apart, np.log1p(words), words / (words.sum() + calibration().rest)]
    if meaning is not None:
        columns += list(np.asarray(meaning, dtype=np.float64).T)
    found = np.empty((len(words), len(columns)))
    for place, column in enumerate(columns):
        found[:, place] = column
    return found


def balanced(probability: float, rate: float) -> float:
    """The probability if yes and no had been equally likely beforehand: for questions drawn half and half."""
    odds = probability / (1 - probability) * (1 - rate) / rate
    return odds / (1 + odds)


@cache
def stackers(file: str = USUAL) -> Mapping[str, Stacker]:
    """By language; a language without a model has none.

    Args:
        file: SEMANTIC for those of the semantic stage; BARE in them judges what no model reads, in any language.
    """
    path = FOLDER / file
    if not path.exists():
        return {}
    page = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: _stacker(numbers) for language, numbers in page.items()}


def _stacker(numbers: Mapping[str, Any]) -> Stacker:
    coefficients, intercepts, rates = (
        np.array(numbers[name], dtype=np.float64) for name in ("coefficients", "intercepts", "rates")
    )
    return Stacker(coefficients, intercepts, rates, numbers["temper"], frozenset(numbers["unheard"]))


def rate(language: str, goal: str, *, semantic: bool = False) -> float:
    """How often a goal is right in a text that has a word for it; three in ten where no model says.

    In the semantic stage it is the probability at which yes and no are equally likely for such a text.
    """
    known = stackers(SEMANTIC) if semantic else stackers()
    held = known.get(language) or known.get(BARE)
    return float(held.rates[GOALS.index(goal)]) if held and goal in GOALS else _RATE
