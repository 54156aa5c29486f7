"""How well a collection is learnt: `align learn` on some folds of a labelled set, asked about the others.

What ships was trained on some of these sets, so it cannot stand under a collection that is judged on them. Its place is
taken by the same ingredients (a linear model of words, heads on the meaning, the lexicon, the official texts) trained on
its other sources, without those of the same kind as the set and without texts that share eight words with it. All the
rest is `actionlines.alignment.collecting` as it ships. Nothing is chosen by hand for a set; three ways of cutting folds.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from figure import Figure
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from training.english import SOURCES
from training.meaning import node_vectors, one_of_many
from training.stack import lexicon_weights
from training.texts import Embedder, labels, rows, said, strangers
from training.words import Space
from training.words import read as counted

from actionlines.alignment.collecting import (
    Labelled,
    figures,
    folds_of,
    joined,
    micro_f1,
    truths,
    unseen_answers,
)
from actionlines.alignment.collection import Reading, nodes_of, read
from actionlines.alignment.lexicon import reader
from actionlines.alignment.meaning import odds_of_one
from actionlines.alignment.stacker import features
from actionlines.alignment.terms import counts

SEEDS = (42, 43, 44)
STAGES = {False: "core", True: "semantic"}
CACHE = Path("/tmp/actionlines-vectors")
C7 = dict(zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"),
              ("GOV", "BUS", "LEA", "HEA", "EMP", "ENV", "AGR", "SCI"), strict=True))  # fmt: skip


def stand_in(texts: Sequence[str], without: Sequence[str]) -> dict[bool, list[Reading]]:
    """The texts as collections see them, without and with the meaning, what ships trained on other sources."""
    CACHE.mkdir(exist_ok=True)
    embed = Embedder(CACHE)
    beside, beside_vectors = _beside(texts, without, embed)
    documents, own = [counted(said(row), "en") for row in beside], [counted(text, "en") for text in texts]
    space = Space([*documents, *own], least_words=2, least_pairs=4)
    each = np.array([0.5 if "has_abstract" in row else 1.0 for row in beside])
    spoken = _regressed(space.matrix(documents), labels(beside), each)
    vectors = embed(list(texts))
    meant = _regressed(beside_vectors, labels(beside), each)
    spanish = rows("osdg_es")
    first = one_of_many(embed([row["text"] for row in spanish]), labels(spanish))
    heads = np.stack(
        [odds_of_one(vectors @ first[0] + first[1], (16,)), vectors @ meant[0] + meant[1]], axis=2
    )
    scores, lexicon = space.matrix(own) @ spoken[0] + spoken[1], lexicon_weights(texts, "en")
    nearest, reading = _nearest(vectors, embed), reader("en")
    found: dict[bool, list[Reading]] = {False: [], True: []}
    for at, text in enumerate(texts):
        terms = counts(*reading.read(text))
        core, both = features(scores[at], lexicon[at]), features(scores[at], lexicon[at], heads[at])
        found[False].append(Reading(terms, core))
        found[True].append(Reading(terms, np.column_stack([both, nearest[at]]), vectors[at]))
    return found


def _beside(
    texts: Sequence[str], without: Sequence[str], embed: Embedder
) -> tuple[list[dict[str, Any]], Any]:
    """The rows of the other sources that share nothing with the texts, and their vectors."""
    found, vectors = [], []
    for name in SOURCES:
        if name not in without:
            given = rows(name, "en")
            kept = set(map(id, strangers(given, texts)))  # several rows may share an identifier
            places = [place for place, row in enumerate(given) if id(row) in kept]
            found += [given[place] for place in places]
            vectors.append(embed([said(row) for row in given])[places])
    return found, np.vstack(vectors)


def _regressed(table: Any, truth: Any, each: Any) -> tuple[Any, Any]:
    """One logistic regression per goal; a goal of fewer than three texts is unlikely everywhere."""
    weights, bias = np.zeros((table.shape[1], 17)), np.full(17, -4.0)
    solver, regular = ("liblinear", 1.0) if sparse.issparse(table) else ("lbfgs", 3.0)
    for goal in np.flatnonzero(truth.sum(axis=0) >= 3):
        fit = LogisticRegression(C=regular, solver=solver, max_iter=300, tol=1e-3, random_state=42)
        fit.fit(table, truth[:, goal], sample_weight=each)
        weights[:, goal], bias[goal] = fit.coef_[0], fit.intercept_[0]
    return weights, bias


def _nearest(vectors: Any, embed: Embedder) -> Any:
    """Texts × 17: how near the nearest target of each goal is, over the mean of all."""
    codes, nodes = node_vectors("sdg", embed)
    near = vectors @ nodes.T
    near = near - near.mean(axis=1, keepdims=True)
    goals = np.array([int(code.partition(".")[0]) for code in codes])
    return np.stack([near[:, goals == goal].max(axis=1) for goal in range(1, 18)], axis=1)


def answered(texts: Sequence[Labelled], framework: str, folds: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Texts × nodes: probabilities, and answers, by collections that have not seen the text."""
    shape = (len(texts), len(nodes_of(framework)))
    likely, answers = np.zeros(shape), np.zeros(shape, dtype=bool)
    for place, found, threshold in unseen_answers(texts, framework, folds):
        likely[place] = list(found.values())
        answers[place] = likely[place] >= threshold
    return likely, answers


def several_goals(name: str, title: str, wanted: str, without: Sequence[str]) -> list[Figure]:
    """Micro-F1 on a set whose texts have several goals, five folds, the threshold learnt with the rest."""
    found = rows(name)
    told = []
    for semantic, readings in stand_in([row["text"] for row in found], without).items():
        texts = [
            Labelled(row["text"], reading, frozenset(map(str, row["goals"])))
            for row, reading in zip(found, readings, strict=True)
        ]
        truth, _ = truths(texts, "sdg")
        runs = []
        for seed in SEEDS:
            likely, answers = answered(texts, "sdg", folds_of(len(texts), seed=seed))
            runs.append(figures(likely, answers, truth) | {"macro_f1": _macro(answers, truth)})
            confusions(f"{title}, {STAGES[semantic]}, folds {seed}", answers, truth)
        measured = ", ".join(f"{key} {_range(run[key] for run in runs)}" for key in ("micro_f1", "macro_f1", "top1", "ece"))  # fmt: skip
        how = f"{len(found)} texts, five folds, cut in {len(SEEDS)} ways: mean (lowest–highest)"
        told.append(Figure(f"Goals learnt from the set: {title}, {STAGES[semantic]}", measured, wanted, how))
    return told


def _range(numbers: Iterable[float]) -> str:
    given = list(numbers)
    return f"{np.mean(given):.3f} ({min(given):.3f}–{max(given):.3f})"


def _macro(answers: Any, truth: Any) -> float:
    kept = np.flatnonzero(truth.sum(axis=0))
    return float(np.mean([micro_f1(answers[:, goal], truth[:, goal]) for goal in kept]))


def confusions(what: str, answers: Any, truth: Any) -> None:
    """Print on standard error which goals were said in the place of which, and which were missed or added most."""
    swapped: Counter[str] = Counter()
    missed, added = (truth > answers).sum(axis=0), (answers > truth).sum(axis=0)
    for given, right in zip(answers, truth, strict=True):
        wrong, lacking = np.flatnonzero(given > right) + 1, np.flatnonzero(right > given) + 1
        swapped.update(f"{one} for {other}" for one in wrong for other in lacking)
    most = [f"{goal + 1}: {missed[goal]} missed, {added[goal]} added" for goal in np.argsort(-(missed + added))[:4]]  # fmt: skip
    often = [f"{pair} ({times})" for pair, times in swapped.most_common(5)]
    print(f"{what}: {'; '.join(most)}; {', '.join(often)}", file=sys.stderr, flush=True)


def evidence_of_products() -> list[Figure]:
    """Which of the goals its product declares does a passage support? Folds by product."""
    found = rows("dpg_evidence")
    declared: dict[str, set[str]] = defaultdict(set)
    for row in found:
        declared[row["product"]].update(map(str, row["goals"]))
    times = Counter(row["text"] for row in found)
    products = sorted(declared)
    product = {row["text"]: row["product"] for row in found}
    told = []
    for semantic, readings in stand_in(
        [row["text"] for row in found], ("dpg_evidence", "dpg_products")
    ).items():
        texts = joined(
            [
                Labelled(
                    row["text"],
                    reading,
                    frozenset(map(str, row["goals"])),
                    frozenset(declared[row["product"]]),
                )
                for row, reading in zip(found, readings, strict=True)
            ]
        )
        asked = [at for at, text in enumerate(texts) if len(text.among) > 1 and times[text.text] == 1]
        right = []
        for seed in SEEDS:
            folds = [
                [
                    at
                    for at, text in enumerate(texts)
                    if product[text.text] in {products[place] for place in part}
                ]
                for part in folds_of(len(products), seed=seed)
            ]
            likely, _ = answered(texts, "sdg", folds)
            _, possible = truths(texts, "sdg")
            first = np.where(possible, likely, -1.0).argmax(axis=1)
            right.append(float(np.mean([str(first[at] + 1) in texts[at].labels for at in asked])))
        chance = float(np.mean([1 / len(texts[at].among) for at in asked]))
        how = f"{len(asked)} passages given for one of several declared goals, five folds by product; chance {chance:.3f}"
        told.append(
            Figure(
                f"Declared goal a DPG evidence passage supports, {STAGES[semantic]}",
                _range(right),
                "≥ 0.75",
                how,
            )
        )
    return told


def rationales() -> list[Figure]:
    """The action line of a rationale of the WSIS–SDG matrix, ten folds of the 138; nothing that ships has seen them."""
    found = [row for row in rows("wsis_sdg_matrix") if row["kind"] == "mapping-rationale"]
    told = []
    for semantic in (False, True):
        texts = []
        for row in found:
            reading = read(row["text"], "en", "wsis", semantic=semantic)
            assert reading is not None
            line, _, part = row["action_line"].partition("-")
            texts.append(Labelled(row["text"], reading, frozenset({f"{line}-{C7[part]}" if part else line})))
        eighteen, eleven = [], []
        for seed in SEEDS:
            likely, _ = answered(texts, "wsis", folds_of(len(texts), parts=10, seed=seed))
            eighteen.append(_right(likely, texts, lambda node: node))
            eleven.append(_right(likely, texts, lambda node: node.partition("-")[0]))
        measured = f"{_range(eleven)} of 11 lines, {_range(eighteen)} of 18"
        what = f"Action line of a rationale of the matrix, {STAGES[semantic]}"
        told.append(Figure(what, measured, "≥ 0.75 of 11", f"{len(texts)} rationales, ten folds"))
    return told


def _right(likely: Any, texts: Sequence[Labelled], joined: Callable[[str], str]) -> float:
    """How often the likeliest line is right; a line is as likely as its sub-lines together."""
    right = 0
    for line, text in zip(likely, texts, strict=True):
        whole: dict[str, float] = defaultdict(float)
        for node, probability in zip(nodes_of("wsis"), line.tolist(), strict=True):
            whole[joined(node)] += probability
        right += max(whole, key=lambda node: whole[node]) in set(map(joined, text.labels))
    return right / len(texts)


def measure() -> list[Figure]:
    """All figures."""
    products = "Digital Public Goods, description only"
    with threadpool_limits(1):
        return [
            *several_goals(
                "dpg_products", products, "micro_f1 ≥ 0.50, ece ≤ 0.03", ("dpg_products", "dpg_evidence")
            ),
            *several_goals("oro_gold", "ORO abstracts", "micro_f1 ≥ 0.72, ece ≤ 0.03", ("oro_gold",)),
            *several_goals("sdg_academy_lectures", "SDG Academy lectures", "micro_f1 ≥ 0.79, ece ≤ 0.03", ()),
            *evidence_of_products(),
            *rationales(),
        ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}", flush=True)
