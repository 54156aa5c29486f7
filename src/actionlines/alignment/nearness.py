"""How near a passage is to targets and lines, as a probability: data/nearness.toml. The semantic stage only."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.alignment.meaning import Meaning
from actionlines.alignment.scoring import calibration

_FILE: Final = Path(__file__).parent / "data" / "nearness.toml"


@dataclass(frozen=True, slots=True)
class Targets:
    """Nearness to a target as if it were words of the lexicon.

    Attributes:
        gain: weight of a target = weight of its words + gain × excess², the excess being how much nearer (cosine) the
            passage is to the target than to all targets on average.
        trust: its probability = probability of the goal ** trust × weight / (weight + half). Below 1, as a passage near
            to a target speaks for its goal too.
    """

    gain: float
    trust: float


@dataclass(frozen=True, slots=True)
class Lines:
    """The curve of the lines: a logistic of intercept + weight × ln(1 + weight of words) + share × share + near × excess.

    A line weaker than `lowest` is not told.
    """

    intercept: float
    weight: float
    share: float
    near: float
    lowest: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """The numbers of data/nearness.toml; `most`: so many nodes without a word are told, the likeliest."""

    most: int
    sdg: Targets
    wsis: Lines


@cache
def nearness() -> Nearness:
    """Those that ship."""
    page = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Nearness(page["most"], Targets(**page["sdg"]), Lines(**page["wsis"]))


def near_probabilities(
    weights: Mapping[str, float], framework: str, judged: Mapping[str, float], sense: Meaning
) -> dict[str, float]:
    """Node to probability, from the words of the lexicon and the meaning.

    Args:
        weights: node to weight of its words, of one passage.
        framework: 'sdg' or 'wsis'.
        judged: goal to probability, all seventeen.
        sense: what the passage means.
    """
    excess = sense.near[framework]
    found = _goals_and_targets(weights, excess, judged) if framework == "sdg" else _lines(weights, excess)
    silent = [node for node in found if node in excess and node not in weights]
    silent.sort(key=lambda node: -found[node])
    for node in silent[nearness().most :]:
        del found[node]
    lowest = calibration().lowest if framework == "sdg" else nearness().wsis.lowest
    return {node: probability for node, probability in found.items() if probability >= lowest}


def _goals_and_targets(
    weights: Mapping[str, float], excess: Mapping[str, float], judged: Mapping[str, float]
) -> dict[str, float]:
    numbers, half = nearness().sdg, calibration().curves["sdg"].half
    highest = calibration().highest_judged
    found = {goal: min(highest, probability) for goal, probability in judged.items()}
    for target, more in excess.items():
        weight = weights.get(target, 0.0) + numbers.gain * max(0.0, more) ** 2
        goal = found[target.partition(".")[0]]
        found[target] = goal**numbers.trust * weight / (weight + half)
    return found


def _lines(weights: Mapping[str, float], excess: Mapping[str, float]) -> dict[str, float]:
    numbers = nearness().wsis
    whole = calibration().rest + sum(weights.values())
    found = {}
    for line, more in excess.items():
        weight = weights.get(line, 0.0)
        odds = numbers.intercept + numbers.weight * math.log1p(weight) + numbers.share * weight / whole
        found[line] = min(calibration().highest_judged, 1 / (1 + math.exp(-odds - numbers.near * more)))
    return found
