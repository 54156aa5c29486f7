"""A model of one collection: goals or lines as its own people label its texts, on top of the aligner that ships.

`actionlines align learn` makes one from labelled texts (see `collecting`). It knows the words of the collection, how far
the shipped aligner is to be trusted there, and how often each node occurs.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.lexicon import Hit, reader
from actionlines.alignment.meaning import Meaning, meaning
from actionlines.alignment.model import GOALS, VERSION, Opinion, model, packed
from actionlines.alignment.near_duplicates import Known
from actionlines.alignment.scoring import calibration, weigh
from actionlines.alignment.stacker import features
from actionlines.alignment.terms import Counts, Vocabulary, counts, pieces_of
from actionlines.alignment.tokens import Tokens
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked

LEVELS: Final = {"sdg": "goal", "wsis": "line"}
_BOUND: Final = 30.0  # log-odds

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Portion:
    """A portion of a text as the aligner has read it.

    Attributes:
        text, language, tokens: the portion.
        denied: stretches of tokens whose subject it denies.
        hits: node to the words of the lexicon for it, of the framework of the collection.
        sense: what it means; None where the meaning is not read.
    """

    text: str
    language: str
    tokens: Tokens
    denied: Sequence[tuple[int, int]]
    hits: Mapping[str, Sequence[Hit]]
    sense: Meaning | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A portion as a collection sees it.

    Attributes:
        terms: its words, pairs and pieces.
        shipped: nodes × columns, what the aligner that ships makes of it, before any calibration.
        vector: of its meaning, 512 numbers of unit length; None where the meaning is not read.
    """

    terms: Counts
    shipped: npt.NDArray[np.float64]
    vector: Array | None = None

    @classmethod
    def of(cls, portion: Portion, framework: str) -> "Reading":
        """A portion as the collections of a framework see it."""
        sense = portion.sense
        terms = counts(portion.tokens, portion.denied)
        return cls(terms, _shipped(portion, framework), sense.vector if sense else None)


def nodes_of(framework: str) -> tuple[str, ...]:
    """The 17 goals; the 18 lines and sub-lines, for which C7 leaves the word to its sub-lines."""
    if framework == "sdg":
        return GOALS
    return tuple(node.code for node in catalogue().frameworks[framework].nodes if node.code != "C7")


def columns_of(framework: str, *, semantic: bool) -> tuple[str, ...]:
    """What a collection joins: the likeness to its texts, then the columns of `Reading.shipped`."""
    model_columns = ("score", "apart") if framework == "sdg" else ()
    heads = ("meaning_one", "meaning_many") if framework == "sdg" else ()
    return ("likeness", *model_columns, "words", "share", *((*heads, "nearest") if semantic else ()))


def _shipped(portion: Portion, framework: str) -> npt.NDArray[np.float64]:
    nodes, sense = nodes_of(framework), portion.sense
    weights = [weigh(portion.hits[node], node) if node in portion.hits else 0.0 for node in nodes]
    if framework == "sdg":
        known = model(portion.language)
        opinion = known.opinion(portion.tokens, portion.denied) if known else None
        table = features(opinion.scores if opinion else None, weights, sense.goals if sense else None)
    else:
        words = np.array(weights)
        table = np.column_stack([np.log1p(words), words / (words.sum() + calibration().rest)])
    if sense is None:
        return table
    nearest = dict.fromkeys(nodes, -1.0)
    for code, near in sense.near[framework].items():
        node = code.partition(".")[0]  # of a goal its nearest target; a line is its own
        nearest[node] = max(nearest[node], near)
    return np.column_stack([table, [nearest[node] for node in nodes]])


def read(text: str, language: str, framework: str, *, semantic: bool) -> Reading | None:
    """A whole text as a collection sees it; None where it has no letter to be read.

    Raises:
        InputError: the meaning is asked for, and its extra is not installed.
    """
    reading = reader(language)
    tokens, denied = reading.read(text)
    spans = [(tokens.starts[first], tokens.ends[behind - 1]) for first, behind in denied]
    sense = meaning(text, language, spans) if semantic else None
    if not tokens.stems or (semantic and sense is None):
        return None
    hits = reading.lexicons[framework].find(tokens, denied)
    return Reading.of(Portion(text, language, tokens, denied, hits, sense), framework)


@dataclass(frozen=True)
class Collection:
    """What was learnt from the labelled texts of one collection.

    Attributes:
        framework: 'sdg' (goals) or 'wsis' (lines); the nodes are those of `nodes_of`.
        semantic: whether the meaning is read.
        vocabulary, weights: the terms, and what each adds to the score of each node, terms × nodes.
        meant: what each number of the vector adds, 512 × nodes; empty where the meaning is not read.
        mean: the share of the texts with each node.
        coefficients: of the score and of the columns of `shipped`; intercepts: of the nodes.
        threshold: the probability from which the collection's own people say yes, by F1.
        texts: hashes of the texts it learnt from.
    """

    framework: str
    semantic: bool
    vocabulary: Vocabulary
    weights: Array
    meant: Array
    mean: Array
    coefficients: npt.NDArray[np.float64]
    intercepts: npt.NDArray[np.float64]
    threshold: float
    texts: Known

    def judged(self, portion: Portion) -> dict[str, float]:
        """Node to probability; empty where the portion has nothing the collection could judge by."""
        reading = Reading.of(portion, self.framework)
        known = len(self.vocabulary.row(reading.terms).columns) > 0 or bool(portion.hits)
        if (self.semantic and portion.sense is None) or not (known or self.semantic):
            return {}
        return self.probabilities(reading)

    def probabilities(self, reading: Reading) -> dict[str, float]:
        """Node to probability."""
        odds = self.intercepts + self.columns(reading) @ self.coefficients
        said = 1 / (1 + np.exp(-np.clip(odds, -_BOUND, _BOUND)))
        return dict(zip(nodes_of(self.framework), said.tolist(), strict=True))

    def columns(self, reading: Reading) -> npt.NDArray[np.float64]:
        """Nodes × columns, named by `columns_of`: the likeness to its texts, and what the shipped aligner makes of it."""
        score = self.mean + self.said_by_words(reading)
        if reading.vector is not None:
            score = score + self.said_by_meaning(reading)
        return np.column_stack([score, reading.shipped])

    def said_by_words(self, reading: Reading) -> Array:
        """Of each node, what words and pieces add to the share of texts like this one that have it."""
        row = self.vocabulary.row(reading.terms)
        found: Array = row.values @ self.weights[row.columns]
        return found

    def said_by_meaning(self, reading: Reading) -> Array:
        """Of each node, what the meaning adds; noughts where it is not read."""
        if reading.vector is None:
            return np.zeros_like(self.mean)
        found: Array = reading.vector @ self.meant
        return found

    def opinion(self, portion: Portion) -> Opinion | None:
        """Which words speak for which node; None where the collection knows none of them."""
        tokens = portion.tokens
        row = self.vocabulary.row(counts(tokens, portion.denied))
        said = dict(zip(row.columns.tolist(), row.values[:, None] * self.weights[row.columns], strict=True))
        places = self.vocabulary.columns
        shares: dict[str, Array] = {}
        for stem, word in zip(tokens.stems, tokens.words, strict=True):
            if stem and stem not in shares:
                names = (stem, *pieces_of(word))
                found = [said[places[name]] for name in names if places.get(name) in said]
                if found:
                    shares[stem] = np.sum(found, axis=0)
        return Opinion(self.mean, tuple(shares), np.array(list(shares.values()))) if shares else None

    def stamp(self) -> str:
        """A fingerprint of its numbers."""
        parts = (self.weights, self.meant, self.coefficients, self.intercepts)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()

    def save(self, file: IO[bytes]) -> None:
        """Write it; the same collection gives the same bytes."""
        told = {
            "version": VERSION,
            "framework": self.framework,
            "semantic": self.semantic,
            "threshold": self.threshold,
            "pieces": self.vocabulary.pieces,
        }
        page: dict[str, Any] = {
            "told": packed([json.dumps(told, sort_keys=True)]),
            "terms": packed(list(self.vocabulary.columns)),
            "rarity": self.vocabulary.rarity,
            "weights": self.weights.astype(np.float16),
            "meant": self.meant.astype(np.float16),
            "mean": self.mean,
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
            "whole": np.array(sorted(self.texts.whole), dtype=np.uint32),
            "parts": np.array(sorted(self.texts.parts), dtype=np.uint32),
        }
        np.savez_compressed(file, **page)


def read_collection(path: Path) -> Collection:
    """What `align learn` made of labelled texts.

    Raises:
        InputError: there is no such file, it is none of ours, or it stands on another model than the one that ships.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as page:
            return _read(page)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        fault = marked("the file is no learnt collection: %(reason)s.")
        expected = marked("a file that `actionlines align learn` made of labelled texts.")
        raise InputError([Problem(fault, {"reason": error}, str(path), expected=expected)]) from None


def _read(page: Mapping[str, npt.NDArray[Any]]) -> Collection:
    told = json.loads(page["told"].tobytes())
    if told["version"] != VERSION:
        raise ValueError(f"it was learnt beside model {told['version']}, and {VERSION} ships")
    terms = page["terms"].tobytes().decode().split("\n")
    columns = {name: place for place, name in enumerate(terms)}
    return Collection(
        told["framework"],
        told["semantic"],
        Vocabulary(columns, page["rarity"], told["pieces"]),
        page["weights"].astype(np.float32),
        page["meant"].astype(np.float32),
        page["mean"],
        page["coefficients"],
        page["intercepts"],
        told["threshold"],
        Known(frozenset(page["whole"].tolist()), frozenset(page["parts"].tolist())),
    )
