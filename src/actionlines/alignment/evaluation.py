"""How good an aligner's answers are: accuracy, F1, ranks, calibration, each with a bootstrap interval.

Where every text has one label, the answer is the first node and `accuracy` the share that is right. Where some text
has several, the answer is every node from the threshold on and `accuracy` the share of texts answered exactly. Of
yes/no questions `accuracy` and `macro_f1` are plain means over the nodes asked about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

_BINS: Final = 10
_REPLICATES: Final = 500
_SEED: Final = 42
SURE: Final = 0.9

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its labels and what the aligner says.

    Attributes:
        labels: nodes that are right.
        said: node to probability.
        language: ISO 639-1, or ''.
    """

    labels: frozenset[str]
    said: Mapping[str, float]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One yes/no question: does `node` belong to the text? `probability` with yes and no equally likely beforehand."""

    node: str
    answer: bool
    probability: float
    language: str = ""


@dataclass(frozen=True)
class Scores:
    """The figures of one evaluation.

    Attributes:
        figures: accuracy, precision, recall, macro_f1, micro_f1, top1, top3, ece, coverage_sure, accuracy_sure, n;
            None where a figure has no meaning.
        intervals: 95 % bootstrap intervals of accuracy, macro_f1 and micro_f1.
        classes: node to precision, recall, f1, n.
        languages: language to accuracy, micro_f1, n.
    """

    figures: Mapping[str, float | int | None]
    intervals: Mapping[str, tuple[float, float]]
    classes: Mapping[str, Mapping[str, float]]
    languages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON writes it."""
        return {
            **self.figures,
            "intervals": {name: list(ends) for name, ends in self.intervals.items()},
            "classes": dict(self.classes),
            "languages": dict(self.languages),
        }


def evaluate_labels(cases: Sequence[Case], threshold: float = 0.5) -> Scores:
    """Score texts that have labels.

    Raises:
        ValueError: no case.
    """
    if not cases:
        raise ValueError("nothing to evaluate")
    ranked = [sorted(case.said, key=lambda node: -case.said[node]) for case in cases]
    single = all(len(case.labels) == 1 for case in cases)
    nodes = sorted({*(n for case in cases for n in case.labels), *(n for case in cases for n in case.said)})
    place = {node: column for column, node in enumerate(nodes)}
    truth, answer = np.zeros((len(cases), len(nodes))), np.zeros((len(cases), len(nodes)))
    for row, case in enumerate(cases):
        truth[row, [place[node] for node in case.labels]] = 1
        given = ranked[row][:1] if single else [n for n, p in case.said.items() if p >= threshold]
        answer[row, [place[node] for node in given]] = 1
    exact = (truth == answer).all(axis=1).astype(float)
    first = np.array([float(r[0] in c.labels) if r else 0.0 for r, c in zip(ranked, cases, strict=True)])
    three = np.array([float(not c.labels.isdisjoint(r[:3])) for r, c in zip(ranked, cases, strict=True)])
    trust = np.array([case.said[r[0]] if r else 0.0 for r, case in zip(ranked, cases, strict=True)])
    judged = truth.sum(axis=0) > 0

    def means(weight: Array) -> dict[str, float]:
        return {"accuracy": float(weight @ exact / weight.sum()), **_f1(truth, answer, weight, judged)}

    figures = _rounded(means(np.ones(len(cases)))) | {
        "top1": round(float(first.mean()), 4),
        "top3": round(float(three.mean()), 4),
        **_confidence(trust, first),
        "n": len(cases),
    }
    return Scores(
        figures,
        _intervals(means, len(cases)),
        _classes(truth, answer, nodes, judged),
        _by_language([case.language for case in cases], means),
    )


def evaluate_questions(questions: Sequence[Question]) -> Scores:
    """Score yes/no questions: yes from one half on.

    Raises:
        ValueError: no question.
    """
    if not questions:
        raise ValueError("nothing to evaluate")
    nodes = sorted({question.node for question in questions})
    asked = np.array([[question.node == node for node in nodes] for question in questions], dtype=float)
    right = np.array([float(question.answer) for question in questions])
    said = np.array([question.probability for question in questions])
    yes = (said >= 0.5).astype(float)
    truth, answer = asked * right[:, None], asked * yes[:, None]
    correct = (right == yes).astype(float)

    def means(weight: Array) -> dict[str, float]:
        each = weight @ asked
        accuracy = (weight @ (asked * correct[:, None]))[each > 0] / each[each > 0]
        return {"accuracy": float(accuracy.mean()), **_f1(truth, answer, weight, np.ones(len(nodes), bool))}

    trust = np.maximum(said, 1 - said)
    figures = _rounded(means(np.ones(len(questions)))) | {
        "top1": None,
        "top3": None,
        **_confidence(trust, correct),
        "n": len(questions),
    }
    return Scores(
        figures,
        _intervals(means, len(questions)),
        _classes(truth, answer, nodes, np.ones(len(nodes), bool)),
        _by_language([question.language for question in questions], means),
    )


def _f1(truth: Array, answer: Array, weight: Array, judged: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Micro-F1 over all nodes; means over the nodes that occur as a label."""
    both, right, given = weight @ (truth * answer), weight @ truth, weight @ answer
    each = _ratio(2 * both, right + given)
    return {
        "precision": float(_ratio(both, given)[judged].mean()),
        "recall": float(_ratio(both, right)[judged].mean()),
        "macro_f1": float(each[judged].mean()),
        "micro_f1": float(_ratio(2 * both.sum(), right.sum() + given.sum())),
    }


def _ratio(part: npt.ArrayLike, whole: npt.ArrayLike) -> Array:
    """0 where the whole is 0."""
    return np.asarray(part, dtype=np.float64) / np.maximum(np.asarray(whole, dtype=np.float64), 1e-12)


def _confidence(trust: Array, right: Array) -> dict[str, float | None]:
    """Expected calibration error of the answer, and the share and accuracy of the sure ones."""
    bins = np.minimum((trust * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(trust[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    ]
    sure = trust >= SURE
    return {
        "ece": round(float(sum(gaps)), 4),
        "coverage_sure": round(float(sure.mean()), 4),
        "accuracy_sure": round(float(right[sure].mean()), 4) if sure.any() else None,
    }


def _rounded(found: Mapping[str, float]) -> dict[str, float | int | None]:
    return {name: round(number, 4) for name, number in found.items()}


def _intervals(means: Callable[[Array], dict[str, float]], count: int) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap over the texts; the same each time."""
    generator = np.random.default_rng(_SEED)
    drawn = [
        means(generator.multinomial(count, np.full(count, 1 / count)).astype(float))
        for _ in range(_REPLICATES)
    ]
    found = {}
    for name in ("accuracy", "macro_f1", "micro_f1"):
        low, high = np.percentile([replicate[name] for replicate in drawn], [2.5, 97.5])
        found[name] = (round(float(low), 4), round(float(high), 4))
    return found


def _classes(
    truth: Array, answer: Array, nodes: Sequence[str], judged: npt.NDArray[np.bool_]
) -> dict[str, dict[str, float]]:
    both, right, given = (truth * answer).sum(axis=0), truth.sum(axis=0), answer.sum(axis=0)
    precision, recall, f1 = _ratio(both, given), _ratio(both, right), _ratio(2 * both, right + given)
    return {
        node: {
            "precision": round(float(precision[at]), 4),
            "recall": round(float(recall[at]), 4),
            "f1": round(float(f1[at]), 4),
            "n": int(right[at]),
        }
        for at, node in enumerate(nodes)
        if judged[at]
    }


def _by_language(
    languages: Sequence[str], means: Callable[[Array], dict[str, float]]
) -> dict[str, dict[str, float]]:
    found = {}
    for language in sorted(set(languages)):
        weight = np.array([float(one == language) for one in languages])
        numbers = means(weight)
        found[language or "?"] = {
            "accuracy": round(numbers["accuracy"], 4),
            "micro_f1": round(numbers["micro_f1"], 4),
            "n": int(weight.sum()),
        }
    return found
