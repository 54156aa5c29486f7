"""How the scores of models and the words of the lexicon become a probability."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from actionlines.alignment.lexicon import reader
from actionlines.alignment.model import GOALS
from actionlines.alignment.scoring import weigh
from actionlines.alignment.stacker import features

APART = 1  # place of the feature by which goals compete


def lexicon_weights(texts: Sequence[str], language: str) -> Any:
    """Texts × 17: summed weight of the lexicon's words."""
    reading = reader(language)
    table = np.zeros((len(texts), 17))
    for row, text in enumerate(texts):
        hits = reading.lexicons["sdg"].find(*reading.read(text))
        table[row] = [weigh(hits[goal], goal) if goal in hits else 0.0 for goal in GOALS]
    return table


def stacked(
    scores: Any, weights: Any, truth: Any, each: Any, unheard: Sequence[str] = (), sense: Any = None
) -> dict[str, Any]:
    """The numbers of stacker.toml: shared coefficients, an intercept per goal, the base rates, the goals left out."""
    senses = [None] * len(scores) if sense is None else sense
    given = np.stack([features(*row) for row in zip(scores, weights, senses, strict=True)])
    if (truth.sum(axis=1) > 1).any():
        given[:, :, APART] = 0.0  # where a text has several goals, one does not speak against another
    kinds = given.shape[2]
    table = np.hstack([given.reshape(-1, kinds), np.tile(np.eye(17), (len(given), 1))])
    one = LogisticRegression(C=1.0, max_iter=1000, tol=1e-6)
    one.fit(table, truth.ravel(), sample_weight=np.repeat(each, 17))
    rate = plausible_rates(weights, truth, each)
    return {
        "coefficients": [round(float(number), 4) for number in one.coef_[0][:kinds]],
        "intercepts": [round(float(one.intercept_[0] + number), 4) for number in one.coef_[0][kinds:]],
        "rates": [round(float(max(number, 0.005)), 4) for number in rate],
        "unheard": list(unheard),
    }


def plausible_rates(weights: Any, truth: Any, each: Any) -> Any:
    """How often a goal is right where the text has a word for it: nobody asks of the other texts whether it is."""
    asked = (weights > 0) * each[:, None]
    return (asked * truth).sum(axis=0) / np.maximum(asked.sum(axis=0), 1e-9)
