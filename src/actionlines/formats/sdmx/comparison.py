"""Comparing two sets of records of one structure: what differs, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from actionlines.formats.sdmx.structure import Record, Structure

DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """An observation both sides have, with another value.

    Attributes:
        key: component to code, the period included.
        left, right: the values as they were written.
        by: right − left, None where one of them is no number.
    """

    key: Record
    left: str
    right: str
    by: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """What two sets have in common and what not.

    Attributes:
        equal: how many observations have the same value on both sides.
        different: those with another value, in the order of the left side.
        only_left, only_right: keys one side has and the other has not.
        twice: keys that stand on one side more than once; the last value counts.
    """

    equal: int
    different: tuple[Difference, ...]
    only_left: tuple[Record, ...]
    only_right: tuple[Record, ...]
    twice: tuple[Record, ...]

    @property
    def same(self) -> bool:
        """Whether the two sides say the same."""
        return not (self.different or self.only_left or self.only_right)


def compare_records(
    structure: Structure, left: Iterable[Record], right: Iterable[Record], *, digits: int = DIGITS
) -> Comparison:
    """Compare the values of two sets.

    Args:
        structure: whose dimensions make the key.
        left, right: what is compared with what: the differences are right − left.
        digits: numbers that differ by no more than half a unit of this decimal place are equal: figures are published
            rounded.
    """
    twice: list[Record] = []
    ours, theirs = _by_key(structure, left, twice), _by_key(structure, right, twice)
    half = Decimal(5).scaleb(-digits - 1)
    equal, different = 0, []
    for key, value in ours.items():
        other = theirs.get(key)
        if other is None:
            continue
        by = _difference(value, other)
        if value == other or (by is not None and abs(by) <= half):
            equal += 1
        else:
            different.append(Difference(_named(structure, key), value, other, by))
    return Comparison(
        equal,
        tuple(different),
        tuple(_named(structure, key) for key in ours if key not in theirs),
        tuple(_named(structure, key) for key in theirs if key not in ours),
        tuple(twice),
    )


def _by_key(
    structure: Structure, records: Iterable[Record], twice: list[Record]
) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    measure = structure.measures[0].id
    for record in records:
        key = structure.key_of(record)
        if key in found:
            twice.append(_named(structure, key))
        found[key] = record.get(measure, "")
    return found


def _named(structure: Structure, key: tuple[str, ...]) -> Record:
    return dict(zip(structure.key, key, strict=True))


def _difference(left: str, right: str) -> Decimal | None:
    try:
        by = Decimal(right) - Decimal(left)
    except InvalidOperation:
        return None
    return by if by.is_finite() else None
