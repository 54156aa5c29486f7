"""How well the method learns a collection of texts: five folds of it, the rest of its kind kept out of training.

What ships was trained on some of these sets, so it cannot be judged on them. Here the same ingredients (words and pairs
of words, the vector of the meaning, the words of the lexicon) are trained on four fifths of a set and on the open
sources that share nothing with it, stacked on folds inside those four fifths, and asked about the last fifth. The
threshold is chosen inside the four fifths too. Sets without a licence train nothing but their own folds.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from figure import Figure
from scipy import sparse
from scipy.optimize import linear_sum_assignment, minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from training.english import SOURCES
from training.meaning import node_vectors, one_of_many
from training.stack import lexicon_weights
from training.texts import Embedder, labels, rows, said
from training.words import Space, read

from actionlines.alignment.evaluation import Case, evaluate_labels
from actionlines.alignment.lexicon import reader
from actionlines.alignment.meaning import odds_of_one
from actionlines.alignment.model import GOALS
from actionlines.alignment.scoring import calibration, weigh

SEED = 42
FOLDS = 5
OWN_WEIGHT = 4.0  # of a text of the set, beside one of another source
CACHE = Path("/tmp/actionlines-vectors")
Scorer = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Material:
    """Texts as tables: words × pairs, vectors, goals, weights."""

    words: Any
    vectors: Any
    truth: Any
    weight: Any


@dataclass(frozen=True)
class Collection:
    """One labelled set, what other sources there are to learn from beside it, and the scores nothing here changes."""

    set: Material
    others: Material
    fixed: Any


def _regressed(table: Any, truth: Any, weight: Any, regular: float) -> tuple[Any, Any]:
    """One logistic regression per goal; a goal of fewer than three texts is unlikely everywhere."""
    weights, bias = np.zeros((table.shape[1], 17)), np.full(17, -4.0)
    solver = "liblinear" if sparse.issparse(table) else "lbfgs"
    for goal in range(17):
        if truth[:, goal].sum() >= 3:
            fit = LogisticRegression(C=regular, solver=solver, max_iter=300, tol=1e-3, random_state=SEED)
            fit.fit(table, truth[:, goal], sample_weight=weight)
            weights[:, goal], bias[goal] = fit.coef_[0], fit.intercept_[0]
    return weights, bias


def collection(found: Sequence[dict[str, Any]], texts: Sequence[str], without: Sequence[str]) -> Collection:
    """A set with its other sources, `without` some of them."""
    CACHE.mkdir(exist_ok=True)
    embed = Embedder(CACHE)
    beside = [row for name in SOURCES if name not in without for row in rows(name, "en")]
    documents = [read(said(row), "en") for row in beside]
    own = [read(text, "en") for text in texts]
    space = Space([*documents, *own], least_words=2, least_pairs=4)
    others = Material(
        space.matrix(documents),
        embed([said(row) for row in beside]),
        labels(beside),
        np.array([0.5 if "has_abstract" in row else 1.0 for row in beside]),
    )
    mine = Material(space.matrix(own), embed(list(texts)), labels(found), np.ones(len(texts)))
    return Collection(mine, others, _fixed(mine, others, texts, embed))


def _fixed(mine: Material, others: Material, texts: Sequence[str], embed: Embedder) -> Any:
    """Texts × 17 × features that learn nothing from the set: other sources, Spanish texts, lexicon, official texts."""
    spanish = rows("osdg_es")
    first = one_of_many(embed([row["text"] for row in spanish]), labels(spanish))
    odds = odds_of_one(mine.vectors @ first[0] + first[1], (16,))
    lexicon = lexicon_weights(texts, "en")
    share = lexicon / (lexicon.sum(axis=1, keepdims=True) + calibration().rest)
    by_words = _regressed(others.words, others.truth, others.weight, 1.0)
    by_meaning = _regressed(others.vectors, others.truth, others.weight, 3.0)
    codes, nodes = node_vectors("sdg", embed)
    near = mine.vectors @ nodes.T
    goals = np.array([int(code.partition(".")[0]) for code in codes])
    nearest = np.stack([near[:, goals == goal].max(axis=1) for goal in range(1, 18)], axis=1)
    features = [odds, np.log1p(lexicon), share, 4 * nearest]
    features += [mine.words @ by_words[0] + by_words[1], mine.vectors @ by_meaning[0] + by_meaning[1]]
    return np.stack(features, axis=2)


def _learnt(given: Collection, train: Any, test: Any) -> Any:
    """Texts × 17 × features that learn from the set."""
    mine, others = given.set, given.others
    truth, weight = mine.truth[train], mine.weight[train]
    both = np.vstack([others.truth, truth]), np.concatenate([others.weight, OWN_WEIGHT * weight])
    alone = _regressed(mine.vectors[train], truth, weight, 5.0)
    meant = _regressed(np.vstack([others.vectors, mine.vectors[train]]), *both, 3.0)
    spoken = _regressed(sparse.vstack([others.words, mine.words[train]]).tocsr(), *both, 2.0)
    scores = [mine.vectors[test] @ head[0] + head[1] for head in (alone, meant)]
    return np.stack([*scores, mine.words[test] @ spoken[0] + spoken[1]], axis=2)


def _wide(given: Any) -> Any:
    """(Texts · 17) × (features and the goal)."""
    return np.hstack([given.reshape(-1, given.shape[2]), np.tile(np.eye(17), (len(given), 1))])


def several_goals(name: str, title: str, wanted: str, without: Sequence[str]) -> Figure:
    """Micro-F1 on a set whose texts have several goals, five folds."""
    found = rows(name)
    texts = [row["text"] for row in found]
    given = collection(found, texts, without)
    truth = given.set.truth
    likely, answer = np.zeros(truth.shape), np.zeros(truth.shape)
    for train, test in KFold(FOLDS, shuffle=True, random_state=SEED).split(truth):
        inside = np.zeros((len(train), 17, 3))
        for one, two in KFold(4, shuffle=True, random_state=SEED).split(train):
            inside[two] = _learnt(given, train[one], train[two])
        known = np.concatenate([inside, given.fixed[train]], axis=2)
        asked = np.concatenate([_learnt(given, train, test), given.fixed[test]], axis=2)
        stack = LogisticRegression(C=0.3, max_iter=2000).fit(_wide(known), truth[train].ravel())
        before = stack.predict_proba(_wide(known))[:, 1].reshape(-1, 17)
        likely[test] = stack.predict_proba(_wide(asked))[:, 1].reshape(-1, 17)
        cut = max(np.arange(0.15, 0.6, 0.02), key=lambda cut: _micro(before >= cut, truth[train]))
        answer[test] = likely[test] >= cut
    scores = evaluate_labels(
        [
            Case(frozenset(map(str, row["goals"])), dict(zip(GOALS, line.tolist(), strict=True)))
            for row, line in zip(found, likely, strict=True)
        ]
    ).figures
    measured = (
        f"micro-F1 {_micro(answer, truth):.3f}, macro-F1 {_macro(answer, truth):.3f}, top 1 {scores['top1']:.3f}, ECE "
        f"{_calibration_error(likely, truth):.3f}"
    )
    how = f"{len(found)} texts, five folds, threshold from the other four; ECE over all texts and goals"
    return Figure(f"Goals learnt from the set: {title}", measured, wanted, how)


def _micro(answer: Any, truth: Any) -> float:
    return float(2 * (answer * truth).sum() / (answer.sum() + truth.sum()))


def _macro(answer: Any, truth: Any) -> float:
    kept = truth.sum(axis=0) > 0
    each = 2 * (answer * truth).sum(axis=0) / np.maximum(answer.sum(axis=0) + truth.sum(axis=0), 1)
    return float(each[kept].mean())


def _calibration_error(likely: Any, truth: Any) -> float:
    bins = np.minimum((likely * 10).astype(int), 9)
    return float(
        sum(
            abs(likely[bins == at].mean() - truth[bins == at].mean()) * (bins == at).mean()
            for at in np.unique(bins)
        )
    )


def evidence_of_products() -> list[Figure]:
    """Which of the goals its product declares does a passage support? Folds by product."""
    found = rows("dpg_evidence")
    declared: dict[str, set[int]] = defaultdict(set)
    for row in found:
        declared[row["product"]].update(row["goals"])
    times = Counter(row["text"] for row in found)
    asked = np.array(
        [at for at, r in enumerate(found) if len(declared[r["product"]]) > 1 and times[r["text"]] == 1]
    )
    given = collection(found, [row["text"] for row in found], ("dpg_evidence", "dpg_products"))
    possible = np.array([[int(goal) in declared[row["product"]] for goal in GOALS] for row in found])
    group = np.array([row["product"] for row in found])
    alone, shared = [], []
    for train, test in GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(asked, groups=group[asked]):
        known, unknown = asked[train], asked[test]
        learnt = np.zeros((len(found), 17, 3))
        for one, two in GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(known, groups=group[known]):
            learnt[known[two]] = _learnt(given, _of_products(group, known[one]), known[two])
        learnt[unknown] = _learnt(given, _of_products(group, known), unknown)
        features = np.concatenate([learnt, given.fixed], axis=2)
        slopes = _choice(features[known], possible[known], given.set.truth[known].argmax(axis=1))
        score = np.where(possible[unknown], features[unknown] @ slopes, -1e3)
        right = given.set.truth[unknown].argmax(axis=1)
        alone += (score.argmax(axis=1) == right).tolist()
        shared += _shared_out(score, right, group[unknown])
    how = f"{len(alone)} passages given for one of several declared goals, five folds by product"
    chance = float(np.mean(1 / possible[asked].sum(axis=1)))
    return [
        Figure(
            "Declared goal a DPG evidence passage supports",
            f"{np.mean(alone):.3f}",
            "≥ 0.75",
            f"{how}; chance {chance:.3f}",
        ),
        Figure(
            "The same, a product's passages shared out among its goals",
            f"{np.mean(shared):.3f}",
            "–",
            "one goal each",
        ),
    ]


def _of_products(group: Any, places: Any) -> Any:
    """All passages of the products of some."""
    return np.flatnonzero(np.isin(group, group[places]))


def _choice(features: Any, possible: Any, right: Any) -> Any:
    """A conditional logit: the slopes under which the right one among the possible goals is likeliest."""
    line = np.arange(len(right))

    def loss(slopes: Any) -> tuple[float, Any]:
        odds = np.where(possible, features @ slopes, -1e9)
        odds = odds - odds.max(axis=1, keepdims=True)
        likely = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        gradient = np.einsum("ng,ngk->k", likely, features) - features[line, right].sum(axis=0) + slopes
        return float(-np.log(likely[line, right]).sum() + slopes @ slopes / 2), gradient

    return minimize(loss, np.full(features.shape[2], 0.1), jac=True, method="L-BFGS-B").x


def _shared_out(score: Any, right: Any, group: Any) -> list[bool]:
    """Each goal of a product to one of its passages, the likeliest way."""
    found: list[bool] = []
    for product in np.unique(group):
        mine = np.flatnonzero(group == product)
        line, goal = linear_sum_assignment(-score[mine])
        found += (goal == right[mine[line]]).tolist()
    return found


def rationales() -> Figure:
    """The action line of a rationale of the WSIS–SDG matrix, ten folds of the 138."""
    found = [row for row in rows("wsis_sdg_matrix") if row["kind"] == "mapping-rationale"]
    texts = [row["text"] for row in found]
    embed = Embedder(CACHE)
    vectors, (codes, nodes) = embed(texts), node_vectors("wsis", embed)
    reading = reader("en")
    words = np.zeros((len(texts), len(codes)))
    for at, text in enumerate(texts):
        hits = reading.lexicons["wsis"].find(*reading.read(text))
        words[at] = [weigh(hits[code], code) if code in hits else 0.0 for code in codes]
    documents = [read(text, "en") for text in texts]
    line = np.array([row["action_line"] for row in found])
    said = np.full(len(texts), "", dtype=line.dtype)
    for train, test in KFold(10, shuffle=True, random_state=SEED).split(texts):
        space = Space([documents[at] for at in train], least_words=1, least_pairs=1)
        tables = [
            vectors,
            0.7 * space.matrix(documents).toarray(),
            0.5 * np.log1p(words),
            2 * vectors @ nodes.T,
        ]
        table = np.hstack(tables)
        fit = LogisticRegression(C=10.0, max_iter=1000).fit(table[train], line[train])
        said[test] = fit.predict(table[test])
    eighteen = float((said == line).mean())
    eleven = float(
        np.mean([a.partition("-")[0] == b.partition("-")[0] for a, b in zip(said, line, strict=True)])
    )
    measured = f"{eleven:.3f} of 11 lines, {eighteen:.3f} of 18"
    return Figure(
        "Action line of a rationale of the matrix",
        measured,
        "≥ 0.75 of 11",
        f"{len(texts)} rationales, ten folds",
    )


def measure() -> list[Figure]:
    """All figures."""
    with threadpool_limits(1):
        return [
            several_goals(
                "dpg_products",
                "Digital Public Goods, description only",
                "micro-F1 ≥ 0.50, ECE ≤ 0.03",
                ("dpg_products", "dpg_evidence"),
            ),
            several_goals("oro_gold", "ORO abstracts", "micro-F1 ≥ 0.72, ECE ≤ 0.03", ("oro_gold",)),
            several_goals("sdg_academy_lectures", "SDG Academy lectures", "micro-F1 ≥ 0.79, ECE ≤ 0.03", ()),
            *evidence_of_products(),
            rationales(),
        ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}); {figure.how}", flush=True)
