"""Correlations in the light of the hierarchy: within families, across them, and what they say against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.statistics.correlation import Correlations

KINDS: Final = ("redundant", "against", "elsewhere")


@dataclass(frozen=True, slots=True)
class Remark:
    """A correlation that speaks against the hierarchy.

    Attributes:
        kind: 'redundant' (two of a family say nearly the same), 'against' (two of a family run against each other)
            or 'elsewhere' (a member goes better with another family than with its own).
        family: code of the element; first: of the member; second: of the other member, or of the other family.
        correlation: of the two; for 'elsewhere' the mean correlation with the other family.
    """

    kind: str
    family: str
    first: str
    second: str
    correlation: float


@dataclass(frozen=True, slots=True)
class Belonging:
    """How a member goes with its own family and with the others.

    Attributes:
        code: of the member; family: of the element it belongs to.
        within: mean correlation with the other members, NaN for an only child.
        across: family to the mean correlation with its members.
    """

    code: str
    family: str
    within: float
    across: dict[str, float]


def families(tree: Tree, codes: tuple[str, ...], level: int = 2) -> dict[str, tuple[str, ...]]:
    """The families at a level: each element's code to those of `codes` that stand below it."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(tree.ancestor(code, level), []).append(code)
    return {family: tuple(members) for family, members in found.items()}


def belongings(matrix: Correlations, tree: Tree, level: int = 2) -> list[Belonging]:
    """Every column's mean correlation with its own family and with the others."""
    place = {code: at for at, code in enumerate(matrix.codes)}
    grouped = families(tree, matrix.codes, level)
    found: list[Belonging] = []
    for family, members in grouped.items():
        for code in members:
            row = matrix.coefficients[place[code]]
            means = {
                other: _mean([row[place[one]] for one in those if one != code])
                for other, those in grouped.items()
            }
            across = {other: mean for other, mean in means.items() if other != family}
            found.append(Belonging(code, family, means[family], across))
    return found


def remarks(
    matrix: Correlations,
    tree: Tree,
    level: int = 2,
    *,
    redundant: float = 0.92,
    against: float = -0.4,
) -> list[Remark]:
    """What correlations say against the hierarchy.

    Args:
        redundant: two of a family are redundant from this correlation on (0.92 is the JRC's rule of thumb).
        against: two of a family run against each other from this correlation down.
    """
    pairs = list(_pairs(matrix, families(tree, matrix.codes, level)))
    found = [
        Remark("redundant", family, one, other, value)
        for family, one, other, value in pairs
        if value >= redundant
    ]
    found += [
        Remark("against", family, one, other, value)
        for family, one, other, value in pairs
        if value <= against
    ]
    for one in belongings(matrix, tree, level):
        for other, mean in one.across.items():
            if mean > one.within:
                found.append(Remark("elsewhere", one.family, one.code, other, mean))
    return found


def _pairs(
    matrix: Correlations, grouped: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str, float]]:
    for family, members in grouped.items():
        for at, one in enumerate(members):
            for other in members[at + 1 :]:
                yield family, one, other, matrix.of(one, other)


def _mean(values: list[float]) -> float:
    there = [value for value in values if not np.isnan(value)]
    return float(np.mean(there)) if there else float("nan")
