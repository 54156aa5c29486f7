"""What a text counts as: words and pairs of neighbours; Spanish read word by word in another language."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from actionlines.alignment.lexicon import reader
from actionlines.alignment.model import counted, damped

Terms = dict[str, list[tuple[str, float]]]
Counts = tuple[Counter[str], Counter[str]]

WORD = re.compile(r"[^\W\d_]+")


def words_of(texts: Iterable[str], least: int) -> Counter[str]:
    """In how many texts each word stands."""
    found = Counter(word for text in texts for word in set(WORD.findall(text.lower())) if len(word) > 2)
    # Sorted: the order of a set of words differs between two runs.
    return Counter({word: found[word] for word in sorted(found) if found[word] >= least})


def dictionary(spanish: Sequence[str], vectors: Any, other: Counter[str], others: Any) -> Terms:
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


def read(text: str, language: str) -> Counts:
    """The words and pairs of a text in its own language."""
    return counted(reader(language).tokenizer(text).stems)


def translate(text: str, terms: Terms, language: str) -> Counts:
    """The words and pairs of a Spanish text, read through the dictionary: counts are shares.

    A Chinese word counts as its characters and pairs of them.
    """
    tokenizer = reader(language).tokenizer
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    before: dict[str, float] = {}
    for word in WORD.findall(text.lower()):
        here: Counter[str] = Counter()
        for term, share in terms.get(word, ()):
            stems = tokenizer.stems(term)
            for stem in stems if language == "zh" else stems[:1]:
                here[stem] += share  # type: ignore[assignment]
            if language == "zh":
                for one, two in pairwise(stems):
                    pairs[" ".join(sorted((one, two)))] += share  # type: ignore[assignment]
        if not here:
            continue
        words.update(here)
        for one, first in before.items() if language != "zh" else ():
            for two, second in here.items():
                if first * second > 0.1:
                    pairs[" ".join(sorted((one, two)))] += first * second  # type: ignore[assignment]
        before = dict(here)
    return words, pairs


class Space:
    """The features of one language: words and pairs of neighbours."""

    def __init__(self, documents: Sequence[Counts], *, least_words: int, least_pairs: int) -> None:
        self.words, word_rarity = self._chosen([d[0] for d in documents], least_words)
        self.pairs, self.pair_rarity = self._chosen([d[1] for d in documents], least_pairs)
        self.rarity = word_rarity.astype(np.float16).astype(np.float32)

    @staticmethod
    def _chosen(documents: Sequence[Counter[str]], least: int) -> tuple[dict[str, int], Any]:
        count = Counter(name for document in documents for name, share in document.items() if share > 0.2)
        names = sorted(name for name, found in count.items() if found >= least)
        rarity = np.array([np.log((1 + len(documents)) / (1 + count[name])) + 1 for name in names])
        return {name: row for row, name in enumerate(names)}, rarity

    def matrix(self, documents: Sequence[Counts]) -> Any:
        """Texts × features, each text by the length of its words."""
        words = self._table([d[0] for d in documents], self.words)
        weighed = words @ sparse.diags(self.rarity)
        length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(1)).ravel()) + 1e-9
        pairs = self._table([d[1] for d in documents], self.pairs) @ sparse.diags(0.5 * self.pair_rarity)
        return (sparse.diags(1 / length) @ sparse.hstack([weighed, pairs])).tocsr()

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
        """Weights of words and pairs as the model file keeps them: rarity multiplied in."""
        many = len(self.words)
        return np.vstack(
            [weights[:many] * self.rarity[:, None], weights[many:] * (0.5 * self.pair_rarity)[:, None]]
        )
