"""How far judges agree beyond chance: reviewers of links, reviewers of projects."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)


def nominal(values: Sequence[Hashable]) -> float:
    """How much values differ that are alike or not: how many ordered pairs do."""
    return len(values) ** 2 - sum(number * number for number in Counter(values).values())


def interval(values: Sequence[float]) -> float:
    """How much values differ on a scale of equal steps: the squared differences of all ordered pairs, added up."""
    if not values or min(values) == max(values):
        return 0.0
    middle = math.fsum(values) / len(values)
    return 2 * len(values) * math.fsum((value - middle) ** 2 for value in values)


def krippendorff_alpha(
    units: Iterable[Sequence[Value]], difference: Callable[[Sequence[Value]], float] = nominal
) -> float | None:
    """Krippendorff's alpha: 1 full agreement, 0 what chance gives, below 0 worse.

    Any number of judges, each of whom may have judged only some units (Krippendorff, Content Analysis, ch. 11:
    alpha = 1 − observed / expected disagreement, over pairable values).

    Args:
        units: of each thing judged the values given, one a judge; those with fewer than two do not count.
        difference: what disagreement is on the scale of the values, `nominal` or `interval`.

    Returns:
        None where it is not defined: fewer than two units have two values, or all values are alike.
    """
    pairable = [values for values in units if len(values) > 1]
    together = list(chain.from_iterable(pairable))
    expected = difference(together)
    if len(pairable) < 2 or not expected:
        return None
    observed = math.fsum(difference(values) / (len(values) - 1) for values in pairable)
    return 1 - (len(together) - 1) * observed / expected


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two judges of the same things (Cohen 1960): (observed − chance) / (1 − chance).

    Args:
        pairs: of each thing the value of the first and of the second.

    Returns:
        None where it is not defined: nothing was judged, or both gave one and the same value throughout.
    """
    table = Counter(pairs)
    number = table.total()
    if not number:
        return None
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    observed = sum(count for (one, other), count in table.items() if one == other) / number
    chance = sum(first[value] * second[value] for value in first) / number**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
