"""The semantic stage: heads on sentence vectors, and the vectors of targets and lines."""

import tomllib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from actionlines.alignment.lexicon import DATA as LEXICON
from actionlines.alignment.lexicon import GRADES
from actionlines.alignment.meaning import FILE, odds_of_one
from actionlines.frameworks import catalogue
from actionlines.text import LANGUAGES
from training import place
from training.linear import SEED
from training.texts import Embedder, rows

REGULAR = 3.0
Head = tuple[Any, Any]

# What the vector of a node is made of: official text, our title, expressions of the lexicon.
SHARES = {"sdg": (1.0, 1.0, 0.5), "wsis": (0.0, 0.5, 1.0)}


def one_of_many(vectors: Any, truth: Any) -> Head:
    """A softmax over the goals; one without a text gets zeros."""
    known = np.flatnonzero(truth.sum(axis=0))
    fit = LogisticRegression(C=REGULAR, max_iter=500).fit(vectors, truth.argmax(axis=1))
    weights, bias = np.zeros((vectors.shape[1], 17)), np.zeros(17)
    weights[:, known], bias[known] = fit.coef_.T, fit.intercept_
    return weights, bias


def each_alone(vectors: Any, truth: Any, weight: Any) -> Head:
    """One logistic regression per goal, as log-odds over the base rate."""
    weights, bias = np.zeros((vectors.shape[1], 17)), np.zeros(17)
    for goal in range(17):
        fit = LogisticRegression(C=REGULAR, max_iter=500).fit(vectors, truth[:, goal], sample_weight=weight)
        rate = np.average(truth[:, goal], weights=weight)
        weights[:, goal] = fit.coef_[0]
        bias[goal] = fit.intercept_[0] - np.log(rate / (1 - rate))
    return weights, bias


def scored(vectors: Any, first: Head, second: Head, unheard: Sequence[int] = (16,)) -> Any:
    """Texts × 17 × 2, as the aligner computes them."""
    odds = odds_of_one(vectors @ first[0] + first[1], unheard)
    return np.stack([odds, vectors @ second[0] + second[1]], axis=2)


def unseen(count: int, fit: Callable[[Any], Head], score: Callable[[Any, Head], Any]) -> Any:
    """Scores of each text by a head that has not seen it (four folds)."""
    parts = [
        (test, score(test, fit(train)))
        for train, test in KFold(4, shuffle=True, random_state=SEED).split(np.zeros(count))
    ]
    found = np.zeros((count, *parts[0][1].shape[1:]))
    for test, scores in parts:
        found[test] = scores
    return found


def node_vectors(framework: str, embed: Embedder) -> tuple[list[str], Any]:
    """Codes and vectors of the targets, or of the lines: of all six languages together."""
    nodes = catalogue().frameworks[framework]
    codes = [node.code for node in nodes.nodes if node.kind == "target" or framework == "wsis"]
    if framework == "wsis":
        codes.remove("C7")  # its sub-lines speak for it
    official = {code: [] for code in codes} | {
        code: [r["text"] for r in rows("un_sdg_texts_6lang") if r["kind"] == "target" and r["code"] == code]
        for code in codes
        if framework == "sdg"
    }
    titles = {code: [nodes[code].title.get(language) for language in LANGUAGES] for code in codes}
    parts = [
        _centres({code: [(text, 1.0) for text in official[code]] for code in codes}, embed),
        _centres({code: [(text, 1.0) for text in titles[code]] for code in codes}, embed),
        _centres(_expressions(framework, codes), embed),
    ]
    shares = SHARES[framework]
    return codes, sum(s * part for s, part in zip(shares, parts, strict=True)) / sum(shares)


def _centres(texts: dict[str, list[tuple[str, float]]], embed: Embedder) -> Any:
    """Nodes × 512: the direction of the weighed sum of their texts' vectors; zeros for a node without a text."""
    names = sorted({text for found in texts.values() for text, _ in found})
    vectors = dict(zip(names, embed(names), strict=True)) if names else {}
    table = np.zeros((len(texts), 512))
    for row, found in enumerate(texts.values()):
        for text, weight in found:
            table[row] += weight * vectors[text]
    return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)


def _expressions(framework: str, codes: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """The expressions of the lexicon in six languages with the weight of their grade, conditions left out."""
    found: dict[str, list[tuple[str, float]]] = {code: [] for code in codes}
    for language in LANGUAGES:
        page = tomllib.loads((LEXICON / language / f"{framework}.toml").read_text(encoding="utf-8"))
        for code in codes:
            for grade, phrases in page.get(code, {}).items():
                said = (phrase.partition("!")[0].partition("~")[0].strip() for phrase in phrases.split("|"))
                found[code] += [(phrase, GRADES[grade]) for phrase in said if phrase]
    return found


def save(heads: dict[str, tuple[Head, Head]], nodes: dict[str, tuple[list[str], Any]]) -> None:
    """Write meaning.npz: the heads of Spanish and of the other languages, the vectors of targets and lines."""
    page: dict[str, Any] = {"unheard": np.array([16])}
    for name, (first, second) in heads.items():
        page[f"{name}_weights"] = np.stack([first[0], second[0]]).astype(np.float16)
        page[f"{name}_bias"] = np.stack([first[1], second[1]]).astype(np.float32)
    for framework, (codes, vectors) in nodes.items():
        page[f"{framework}_codes"] = np.frombuffer("\n".join(codes).encode(), dtype=np.uint8)
        page[f"{framework}_vectors"] = vectors.astype(np.float16)
    np.savez_compressed(place.folder() / FILE, **page)
