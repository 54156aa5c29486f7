"""One linear model per goal on what a text counts as."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from actionlines.alignment.model import packed
from training import place
from training.words import Space

SEED = 42
REGULAR = 1.0  # C of the logistic regressions
PARTING = 0.6  # C of the support vector machines
CARRIED = 0.3  # where they learn from texts that were read through the dictionary
MARGIN = 4.0  # so many log-odds a margin is worth: the likeliest on folds of the Spanish texts
LEAST = 20  # texts a goal must have


def fitted(table: Any, truth: Any, weight: Any, regular: float = REGULAR) -> tuple[Any, Any]:
    """Weights (features × 17) and bias (17) of one logistic regression per goal, as log-odds over the base rate.

    A goal with too few texts gets zeros.
    """
    weights, bias = np.zeros((table.shape[1], 17)), np.zeros(17)
    for goal in range(17):
        if truth[:, goal].sum() < LEAST:
            continue
        one = LogisticRegression(C=regular, solver="liblinear", tol=1e-3, random_state=SEED)
        one.fit(table, truth[:, goal], sample_weight=weight)
        rate = np.average(truth[:, goal], weights=weight)
        weights[:, goal] = one.coef_[0]
        bias[goal] = one.intercept_[0] - np.log(rate / (1 - rate))
    return weights, bias


def parted(table: Any, truth: Any, weight: Any, regular: float = PARTING) -> tuple[Any, Any]:
    """The same by one linear support vector machine per goal, which parts texts of one goal each better.

    Its margins, a few times over, stand for log-odds.
    """
    weights, bias = np.zeros((table.shape[1], 17)), np.full(17, -MARGIN)
    for goal in range(17):
        if truth[:, goal].sum() >= LEAST:
            one = LinearSVC(C=regular, tol=1e-3, random_state=SEED)
            one.fit(table, truth[:, goal], sample_weight=weight)
            weights[:, goal], bias[goal] = MARGIN * one.coef_[0], MARGIN * one.intercept_[0]
    return weights, bias


def out_of_fold(
    table: Any, truth: Any, weight: Any, fit: Callable[[Any, Any, Any], tuple[Any, Any]] = fitted
) -> Any:
    """Scores of each text by a model that has not seen it (four folds)."""
    scores = np.zeros(truth.shape)
    for train, test in KFold(4, shuffle=True, random_state=SEED).split(scores):
        weights, bias = fit(table[train], truth[train], weight[train])
        scores[test] = table[test] @ weights + bias
    return scores


def save(language: str, space: Space, weights: Any, bias: Any) -> None:
    """Write the model of one language, in whole numbers from -127 to 127."""
    weights = space.folded(weights)
    step = np.abs(weights).max(axis=0) / 127
    step[step == 0] = 1.0
    whole = np.round(weights / step).astype(np.int8)
    np.savez_compressed(
        place.folder() / f"{language}.npz",
        words=packed(list(space.words)),
        pairs=packed(list(space.pairs)),
        rarity=space.rarity.astype(np.float16),
        weights=whole,
        step=step.astype(np.float32),
        bias=bias.astype(np.float32),
    )
    print(f"{language}: {len(space.words):,} words, {len(space.pairs):,} pairs", flush=True)
