"""English, and what the languages without labelled texts take over from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from training.linear import CARRIED, fitted, out_of_fold, parted, save
from training.stack import lexicon_weights, stacked
from training.texts import labels, rows, said
from training.words import Space, Terms, read, translate

Clean = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]

SOURCES = ("aurora_survey", "oro_gold", "qu_tuberlin_sentences", "zora_abstracts", "dpg_products", "dpg_evidence",
           "un_sdg_texts_6lang")  # fmt: skip
POLICY = "osdg_en_subset"
JUDGED = (
    "oro_gold",
    "dpg_products",
    "dpg_evidence",
    "zora_abstracts",
)  # calibrate, with the English OSDG texts
COMPLETE = ("multi-expert", "multi-self-declared")  # ORO, Digital Public Goods products
UNHEARD = (
    "17",
)  # the Spanish texts have no goal 17: it is left to the lexicon where nothing else teaches it


@dataclass(frozen=True)
class English:
    """The labelled English texts and what the trained model says of those that judge, none of which it has seen.

    Attributes:
        own, judges: rows to learn from, and paragraphs of policy documents that only judge.
        each: weight of each own row.
        chosen: places of the own rows that judge as well.
        translated, mixed: scores of judges and chosen own rows by the model of translated texts, and by both.
        lexicon, truth: of the same texts.
        complete: which of the same texts name all their goals.
        numbers, numbers_translated: the stackers of the core.
    """

    own: list[dict[str, Any]]
    judges: list[dict[str, Any]]
    each: Any
    chosen: list[int]
    translated: Any
    mixed: Any
    lexicon: Any
    truth: Any
    complete: Any
    numbers: dict[str, Any]
    numbers_translated: dict[str, Any]


def own_texts(clean: Clean) -> tuple[list[dict[str, Any]], Any]:
    """English rows to learn from, with their weights."""
    own = [row for name in SOURCES for row in clean(rows(name, "en"))]
    # Researchers ticked goals about the titles of their papers: these count half.
    return own, np.where(["has_abstract" in row for row in own], 0.5, 1.0)


def train(spanish: Sequence[dict[str, Any]], near_judges: Any, terms: Terms, clean: Clean) -> English:
    """English from Spanish texts through the dictionary and from its own; how far to trust either is learnt too."""
    own, each = own_texts(clean)
    judges = clean(rows(POLICY))
    from_spanish = [translate(row["text"], terms, "en") for row in spanish]
    documents = [read(said(row), "en") for row in own]
    asked = [read(said(row), "en") for row in judges]
    space = Space([*from_spanish, *documents], least_words=2, least_pairs=4)
    far, mine, judged = (space.matrix(found) for found in (from_spanish, documents, asked))
    truth, far_truth = labels(own), labels(spanish)
    # Scores on texts neither model has seen: the judges, and own texts of the kinds people align.
    kept = np.flatnonzero(~near_judges)
    lesser = parted(far[kept], far_truth[kept], np.ones(len(kept)), CARRIED)
    native = fitted(mine, truth, each)
    kinds = {row["label_type"] for name in JUDGED for row in rows(name, "en")}
    chosen = [place for place, row in enumerate(own) if row["label_type"] in kinds]
    one = np.vstack([judged @ lesser[0] + lesser[1], mine[chosen] @ lesser[0] + lesser[1]])
    two = np.vstack([judged @ native[0] + native[1], out_of_fold(mine, truth, each)[chosen]])
    answers = np.vstack([labels(judges), truth[chosen]])
    mix = _shares(one, two, answers, len(judges))
    print("English: share of translated and own texts", mix.round(3))
    whole = parted(far, far_truth, np.ones(len(spanish)), CARRIED)
    save("en", space, mix[0] * whole[0] + mix[1] * native[0], mix[0] * whole[1] + mix[1] * native[1])
    lexicon = lexicon_weights([said(row) for row in [*judges, *(own[place] for place in chosen)]], "en")
    # Only texts that name all their goals tell how likely a goal is; the others name one of several.
    complete = np.array([False] * len(judges) + [own[place]["label_type"] in COMPLETE for place in chosen])
    mixed = mix[0] * one + mix[1] * two
    numbers = stacked(mixed, lexicon, answers, complete * 1.0)
    translated = stacked(one, lexicon, answers, complete * 1.0, UNHEARD)
    return English(own, judges, each, chosen, one, mixed, lexicon, answers, complete, numbers, translated)


def _shares(one: Any, two: Any, answers: Any, judges: int) -> Any:
    """How far to trust translated and own texts: half of the say to policy paragraphs, half to projects and abstracts."""
    weight = np.ones(len(answers))
    weight[:judges] = (len(answers) - judges) / judges
    table = np.hstack([one.reshape(-1, 1), two.reshape(-1, 1), np.tile(np.eye(17), (len(one), 1))])
    fit = LogisticRegression(C=1.0).fit(table, answers.ravel(), sample_weight=np.repeat(weight, 17))
    mix = fit.coef_[0][:2]
    return mix / mix.sum()
