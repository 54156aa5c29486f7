"""Values of groups of economies, with the weights they are made with and how much of the group they stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final

# Below this share of the group's population a value is not published without saying so.
LEAST_COVERAGE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The value of a group.

    Attributes:
        value: in the unit of the series.
        method: 'sum' for counts, 'weighted mean' (by population) for everything else.
        coverage: share of the group's population that lives in economies with a value, 0 to 1.
        economies, of: how many economies have a value and a population, and how many belong to the group.
    """

    value: float
    method: str
    coverage: float
    economies: int
    of: int

    @property
    def sound(self) -> bool:
        """Whether the value stands for at least half of the group's population."""
        return self.coverage >= LEAST_COVERAGE


def aggregate(
    values: Mapping[str, float], population: Mapping[str, float], members: Iterable[str], unit_class: str
) -> Aggregate | None:
    """The value of a group of economies; nothing is estimated for those without a value.

    A sum is that of the economies with a value, so it is a lower bound of the group's. Economies whose population is
    not known have no weight and count neither in a mean nor in the coverage.

    Args:
        values, population: by economy. members: of the group.
        unit_class: of the series, one of `UNIT_CLASSES`; 'number' is added, all others are averaged.

    Returns:
        None where no member has both a value and a population.
    """
    group = sorted(set(members))
    weighted = [code for code in group if population.get(code, 0) > 0]
    known = [code for code in weighted if code in values]
    if not known:
        return None
    people = fsum(population[code] for code in known)
    coverage = people / fsum(population[code] for code in weighted)
    if unit_class == "number":
        total = fsum(values[code] for code in group if code in values)
        return Aggregate(total, "sum", coverage, len(known), len(group))
    mean = fsum(values[code] * population[code] for code in known) / people
    return Aggregate(mean, "weighted mean", coverage, len(known), len(group))
