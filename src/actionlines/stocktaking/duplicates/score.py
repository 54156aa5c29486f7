"""How much speaks for two entries being one project, and what."""

import math
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.problems import marked
from actionlines.stocktaking.duplicates.features import Features

_FILE: Final = Path(__file__).parent / "weights.toml"
# Unrelated texts of one language share about this much of their words.
_SHARED_BY_CHANCE: Final = 0.3
# A sign this strong is a reason one names.
_NAMED: Final = 0.5

# What is said of each sign, in words.
REASONS: Final[Mapping[str, str]] = {
    "title": marked("the titles are alike"),
    "word": marked("both titles hold the rare word %(shared)s"),
    "site": marked("the website is the same"),
    "organisation": marked("the organisation is the same"),
    "country": marked("the country is the same"),
    "names": marked("both name %(shared)s"),
    "numbers": marked("both give the figures %(shared)s"),
    "text": marked("the descriptions are alike"),
    "meaning": marked("the texts mean the same"),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Content of `weights.toml`."""

    bias: float
    signs: Mapping[str, float]
    possible: float
    likely: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for it: a template of REASONS, and what it names."""

    template: str
    shared: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.template % {"shared": ", ".join(self.shared)} if self.shared else self.template


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another entry that may be the same project.

    Attributes:
        id: of the other entry.
        score: 0 to 1; the weights' `possible` and `likely` say what it means.
        reasons: what speaks for it, the weightiest first.
    """

    id: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        """Whether it is more than possible."""
        return self.score >= weights().likely


@cache
def weights() -> Weights:
    """The weights in force.

    Raises:
        ValueError: the file names a sign that does not exist, or leaves one out.
    """
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    if set(read["signs"]) != set(REASONS):
        raise ValueError(
            f"{_FILE.name}: the signs are {', '.join(REASONS)}; it has {', '.join(read['signs'])}"
        )
    return Weights(float(read["bias"]), read["signs"], read["levels"]["possible"], read["levels"]["likely"])


def compare(
    one: Features, other: Features, *, rare: Set[str] = frozenset(), meaning: float | None = None
) -> Candidate:
    """How much speaks for `other` being the same project as `one`; the score is the same the other way round.

    Args:
        rare: words of titles that few entries hold (see `rare_limit`); they tell more than common ones.
        meaning: how near the sentence vectors of the two texts are (cosine, -1 to 1), where there are any.
    """
    known = weights()
    found = signs(one, other)
    in_both = one.title_words & other.title_words & rare
    fewest = min(len(one.title_words & rare), len(other.title_words & rare))
    found["word"] = len(in_both) / fewest if fewest else 0.0
    if meaning is not None:
        found["meaning"] = max(0.0, meaning)
    total = known.bias + sum(known.signs[name] * value for name, value in found.items())
    spoken = sorted(
        (
            name
            for name, value in found.items()
            if value >= _NAMED or (name in {"names", "numbers"} and value > 0)
        ),
        key=lambda name: (-known.signs[name] * found[name], name),
    )
    shared = {"word": in_both, "names": one.names & other.names, "numbers": one.numbers & other.numbers}
    reasons = tuple(Reason(REASONS[name], tuple(sorted(shared.get(name, ()))[:4])) for name in spoken)
    return Candidate(other.id, 1 / (1 + math.exp(-total)), reasons)


def rare_limit(entries: int) -> int:
    """The most entries that may hold a word for it to be rare in a register of so many entries."""
    return 3 + entries // 5_000


def signs(one: Features, other: Features) -> dict[str, float]:
    """Each sign by its name, 0 to 1; `country` from -1."""
    return {
        "title": _alike(one.title, other.title, one.title_words, other.title_words),
        "site": _same_site(one, other),
        "organisation": _alike(
            one.organisation, other.organisation, one.organisation_words, other.organisation_words
        ),
        "country": 0.0
        if not (one.country and other.country)
        else 1.0
        if one.country == other.country
        else -1.0,
        "names": _overlap(one.names, other.names, enough=3),
        "numbers": _overlap(one.numbers, other.numbers, enough=2),
        "text": _same_words(one, other),
    }


def _alike(one: Set[str], other: Set[str], words: Set[str], other_words: Set[str]) -> float:
    """How much two short texts share (Dice over trigrams), or how much of the shorter one the longer one holds."""
    if not one or not other:
        return 0.0
    dice = 2 * len(one & other) / (len(one) + len(other))
    shorter, longer = sorted((words, other_words), key=len)
    held = len(shorter & longer) / len(shorter) if len(shorter) > 1 else 0.0
    return max(dice, 0.9 * held if held > 0.6 else 0.0)


def _same_site(one: Features, other: Features) -> float:
    if one.site and one.site == other.site:
        return 1.0
    return 0.5 if one.host and one.host == other.host else 0.0


def _overlap(one: Set[str], other: Set[str], *, enough: int) -> float:
    """The share of the smaller set (counted as two at least) that stands in both; fewer than `enough` count in part."""
    shared = len(one & other)
    if not shared:
        return 0.0
    return shared / max(2, min(len(one), len(other))) * math.sqrt(min(1.0, shared / enough))


def _same_words(one: Features, other: Features) -> float:
    if one.language != other.language or not one.words or not other.words:
        return 0.0
    cosine = len(one.words & other.words) / math.sqrt(len(one.words) * len(other.words))
    return max(0.0, (cosine - _SHARED_BY_CHANCE) / (1 - _SHARED_BY_CHANCE))
