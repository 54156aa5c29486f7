"""How the scores of models and the words of the lexicon become a probability."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from actionlines.alignment.evaluation import SURE
from actionlines.alignment.lexicon import reader
from actionlines.alignment.model import GOALS
from actionlines.alignment.scoring import weigh
from actionlines.alignment.stacker import features

APART = 1  # place of the feature by which goals compete
TEMPERS = tuple(round(1 - 0.05 * step, 2) for step in range(11))  # tried in this order
FEWEST = 5  # questions of a goal that have the full say
EXPECTED = 10  # texts the rate of all goals together counts for, beside those of a goal


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
    slopes, intercepts = one.coef_[0][:kinds], one.intercept_[0] + one.coef_[0][kinds:]
    several = (truth.sum(axis=1) > 1).any()
    asked = (weights > 0) * each[:, None]
    return {
        "coefficients": [round(float(number), 4) for number in slopes],
        "intercepts": [round(float(number), 4) for number in intercepts],
        "rates": [round(float(number), 4) for number in rate],
        "temper": temper(given @ slopes + intercepts, rate, asked, truth) if several else 1.0,
        "unheard": list(unheard),
    }


def temper(odds: Any, rate: Any, asked: Any, truth: Any) -> float:
    """What log-odds above those of the rates must count for, so that answers of 0.9 and more are right as often as they say.

    Args:
        odds, truth: texts × 17.
        rate: of the 17 goals; their log-odds are where yes and no are equally likely.
        asked: how much each question counts; yes and no of a goal get the same say.
    """
    odds = odds - np.log(rate / (1 - rate))
    say = np.zeros(truth.shape)
    for answer in (truth > 0, truth == 0):
        part = asked * answer
        say += part / np.maximum(part.sum(axis=0), FEWEST)
    right = (odds >= 0) == (truth > 0)
    for factor in TEMPERS:
        trust = 1 / (1 + np.exp(-np.maximum(-odds, factor * odds)))
        sure = say * (trust >= SURE)
        if (sure * right).sum() >= (sure * trust).sum():
            break
    return factor


def plausible_rates(weights: Any, truth: Any, each: Any) -> Any:
    """How often a goal is right where the text has a word for it: nobody asks of the other texts whether it is.

    Of few texts little is known: the rate of a goal is drawn towards that of all.
    """
    asked = (weights > 0) * each[:, None]
    right = (asked * truth).sum(axis=0)
    return (right + EXPECTED * right.sum() / asked.sum()) / (asked.sum(axis=0) + EXPECTED)
