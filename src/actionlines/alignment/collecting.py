"""Learning a collection from its labelled texts: a ridge regression, and a logistic one that joins it to what ships.

The ridge regression (kernel form; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 12.3.7) scores
a text by its likeness to the labelled ones. What it says of a text it has not seen is known without fitting it anew:
y − α / diag((K + λI)⁻¹) (leave-one-out in closed form, ibid. 7.10). These scores and the columns of the shipped aligner
become a probability by a logistic regression over all texts and nodes; the threshold is the best by micro-F1 on the
same leave-one-out scores. Nothing is chosen by hand for a collection.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.collection import Collection, Reading, nodes_of
from actionlines.alignment.learning import fit, measures
from actionlines.alignment.near_duplicates import Known
from actionlines.alignment.terms import Array, Vocabulary, gram, summed
from actionlines.problems import InputError, Problem, marked

ENOUGH: Final = 40  # labelled texts
MOST: Final = 6_000  # as every text is compared with every other
FOLDS: Final = 5
SEED: Final = 42
PENALTY: Final = 1.0  # of the logistic regression, its columns of unit spread
MEANT: Final = 1 / 3  # words, pieces and, where it is read, the meaning have the same say
RIDGE: Final = 1.0  # as heavy as the likeness of a text to itself
THRESHOLDS: Final = tuple(step / 50 for step in range(5, 31))  # 0.10 to 0.60

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled text.

    Attributes:
        text: itself.
        reading: what a collection sees of it.
        labels: the nodes it has.
        among: the nodes that were in question, such as those its owner declares of a longer text; empty: all.
    """

    text: str
    reading: Reading
    labels: frozenset[str]
    among: frozenset[str] = frozenset()


def collect(texts: Sequence[Labelled], framework: str) -> Collection:
    """Learn a collection.

    Args:
        texts: all read with the meaning, or all without.
        framework: 'sdg' or 'wsis'; every label is one of `nodes_of(framework)`.

    Raises:
        InputError: fewer than ENOUGH texts, or more than MOST; nothing to choose from.
    """
    if not ENOUGH <= len(texts) <= MOST:
        fault = marked("%(count)d labelled texts cannot be learnt.")
        told = {"count": len(texts), "least": ENOUGH, "most": MOST}
        raise InputError([Problem(fault, told, expected=marked("from %(least)d to %(most)d."))])
    truth, asked = truths(texts, framework)
    asked &= (
        asked.sum(axis=1, keepdims=True) > 1
    )  # where one node was in question there was nothing to choose
    if not asked.any():
        raise InputError([Problem(marked("no text leaves a choice: one code was in question for each."))])
    vocabulary = Vocabulary.of([text.reading.terms for text in texts])
    rows = [vocabulary.row(text.reading.terms) for text in texts]
    width = len(vocabulary.columns)
    vectors = np.array([text.reading.vector for text in texts if text.reading.vector is not None])
    share = MEANT if len(vectors) else 0.0
    alike = (1 - share) * gram(rows, width)
    if share:
        alike = alike + share * (vectors @ vectors.T)
    weights, unseen = _regressed(alike.astype(np.float64), truth)
    columns = np.dstack([unseen, np.stack([text.reading.shipped for text in texts])])
    coefficients, intercepts = _joined(columns, truth, asked)
    said = 1 / (1 + np.exp(-(intercepts + columns @ coefficients)))
    meant = share * (vectors.T @ weights) if share else np.zeros((0, truth.shape[1]))
    return Collection(
        framework,
        bool(share),
        vocabulary,
        np.float32(1 - share) * summed(rows, weights, width),
        meant.astype(np.float32),
        truth.mean(axis=0).astype(np.float32),
        coefficients,
        intercepts,
        max(THRESHOLDS, key=lambda threshold: micro_f1((said >= threshold) & asked, truth)),
        Known.of(text.text for text in texts),
    )


def joined(texts: Sequence[Labelled]) -> list[Labelled]:
    """The texts, the same one once, with the labels of all its rows: a text must not be judged by itself."""
    found: dict[str, Labelled] = {}
    for text in texts:
        known = found.get(text.text)
        if known is not None:
            among = known.among | text.among if known.among and text.among else frozenset()
            text = replace(known, labels=known.labels | text.labels, among=among)
        found[text.text] = text
    return list(found.values())


def truths(texts: Sequence[Labelled], framework: str) -> tuple[Table, npt.NDArray[np.bool_]]:
    """Texts × nodes: which it has, and which were in question."""
    nodes = nodes_of(framework)
    truth = np.array([[float(node in text.labels) for node in nodes] for text in texts])
    asked = np.array([[not text.among or node in text.among for node in nodes] for text in texts])
    return truth, asked


def _regressed(alike: Table, truth: Table) -> tuple[Array, Table]:
    """The share of each text in the score of each node, and the scores of the texts by the others."""
    mean = truth.mean(axis=0)
    inverse = np.linalg.inv(alike + RIDGE * np.eye(len(alike)))
    shares = inverse @ (truth - mean)
    return shares.astype(np.float32), truth - shares / np.diag(inverse)[:, None]


def _joined(columns: Table, truth: Table, asked: npt.NDArray[np.bool_]) -> tuple[Table, Table]:
    """Coefficients of the columns, and an intercept of each node, drawn to that of all nodes together."""
    count, nodes, kinds = columns.shape
    flat = columns.reshape(-1, kinds)
    spread = flat.std(axis=0)
    spread[spread == 0] = 1.0
    rows = np.hstack([flat / spread, np.tile(np.eye(nodes), (count, 1))])
    usual = min(max(float(truth[asked].mean()), 1e-3), 1 - 1e-3)
    prior = np.concatenate([np.zeros(kinds), np.full(nodes, np.log(usual / (1 - usual)))])
    free = np.ones(kinds + nodes, dtype=bool)
    numbers = fit(rows[asked.ravel()], truth[asked], prior, free, PENALTY)
    return numbers[:kinds] / spread, numbers[kinds:]


def micro_f1(answer: npt.ArrayLike, truth: npt.ArrayLike) -> float:
    """Of all answers together; 0 where there is neither answer nor label."""
    given, right = np.asarray(answer, dtype=float), np.asarray(truth, dtype=float)
    return float(2 * (given * right).sum() / max(given.sum() + right.sum(), 1e-12))


def unseen_answers(
    texts: Sequence[Labelled], framework: str, folds: Sequence[Sequence[int]]
) -> Iterator[tuple[int, dict[str, float], float]]:
    """Each text's place, its probabilities by a collection that has not seen its fold, and the threshold of that one."""
    for fold in folds:
        left_out = frozenset(fold)
        learnt = collect([text for place, text in enumerate(texts) if place not in left_out], framework)
        for place in fold:
            yield place, learnt.probabilities(texts[place].reading), learnt.threshold


def folds_of(count: int, *, parts: int = FOLDS, seed: int = SEED) -> list[list[int]]:
    """The places of some texts in parts, at random but always the same for a seed."""
    order = np.random.default_rng(seed).permutation(count)
    return [sorted(part.tolist()) for part in np.array_split(order, parts)]


def figures(said: Table, answer: npt.ArrayLike, truth: Table) -> dict[str, float]:
    """micro_f1 and top1 of the answers, and what `learning.measures` says of all texts and nodes."""
    first = [truth[place, line.argmax()] for place, line in enumerate(said)]
    told = {"micro_f1": round(micro_f1(answer, truth), 4), "top1": round(float(np.mean(first)), 4)}
    return told | measures(said.ravel().tolist(), (truth > 0).ravel().tolist())
