"""From the words found to a probability: a logistic curve over the summed weights, kept in data/calibration.toml."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.alignment.lexicon import Hit

_FILE: Final = Path(__file__).parent / "data" / "calibration.toml"


@dataclass(frozen=True, slots=True)
class Curve:
    """How the weights of one framework become probabilities.

    Attributes:
        intercept, weight, share: of intercept + weight × ln(1 + weight of the node) + share × its share of the
            passage, which goes through a logistic.
        half: the weight at which a target of a goal is as likely as not, the goal given.
    """

    intercept: float
    weight: float
    share: float
    half: float = 1.0

    def probability(self, weight: float, share: float) -> float:
        """From 0 to 1; grows with both."""
        return 1 / (1 + math.exp(-(self.intercept + self.weight * math.log1p(weight) + self.share * share)))


@dataclass(frozen=True)
class Calibration:
    """The numbers of data/calibration.toml.

    Attributes:
        repeat, repeats: what each further occurrence of a phrase adds, and how many of them count.
        highest, lowest: bounds of a probability; a link below `lowest` is dropped.
        highest_judged: the upper bound where the linear model had its say.
        rest: weight kept aside for what the passage says in words the lexicon does not know.
        curves: by framework.
    """

    repeat: float
    repeats: int
    highest: float
    highest_judged: float
    lowest: float
    rest: float
    curves: Mapping[str, Curve]


@cache
def calibration() -> Calibration:
    """The calibration that ships."""
    page = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    curves = {name: Curve(**numbers) for name, numbers in page.items() if isinstance(numbers, dict)}
    return Calibration(
        page["repeat"],
        page["repeats"],
        page["highest"],
        page["highest_judged"],
        page["lowest"],
        page["rest"],
        curves,
    )


def weigh(hits: Sequence[Hit], node: str) -> float:
    """The summed weight of a node's hits; an expression that comes back adds little."""
    if len(hits) == 1:
        return hits[0].phrase.weights[node]
    numbers = calibration()
    counts: dict[tuple[str, ...], int] = {}
    total = 0.0
    for hit in hits:
        stems = hit.phrase.stems
        counts[stems] = seen = counts.get(stems, 0) + 1
        if seen == 1:
            total += hit.phrase.weights[node]
        elif seen <= numbers.repeats + 1:
            total += hit.phrase.weights[node] * numbers.repeat
    return total


def probabilities(
    weights: Mapping[str, float],
    parents: Mapping[str, str | None],
    framework: str,
    judged: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Node to probability.

    Args:
        weights: node to weight, of one passage.
        parents: the nodes that share the passage among them (goals; lines) to None, targets to their goal.
        framework: whose curve.
        judged: goal to probability where the linear model has had its say; it takes the place of the curve.
    """
    numbers = calibration()
    curve = numbers.curves[framework]
    whole = numbers.rest + sum(weight for node, weight in weights.items() if parents[node] is None)
    found = {}
    for node, weight in weights.items():
        goal = parents[node] or node
        if judged and goal in judged:
            probability = min(numbers.highest_judged, judged[goal])
        else:
            probability = min(numbers.highest, curve.probability(weights[goal], weights[goal] / whole))
        if goal != node:
            probability *= weight / (weight + curve.half)
        if probability >= numbers.lowest:
            found[node] = probability
    return found
