"""A choice of people that is balanced by region, gender and stakeholder type."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who may be chosen; '' where something is not known, which balances nothing."""

    key: str
    region: str = ""
    gender: str = ""
    stakeholder_type: str = ""

    @property
    def sides(self) -> tuple[tuple[str, str], ...]:
        """What they bring to the balance: (side, value) for each that is known."""
        said = (("region", self.region), ("gender", self.gender), ("type", self.stakeholder_type))
        return tuple(item for item in said if item[1])


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is chosen, in the order of the choice, and how far from balance they are together (less is better)."""

    chosen: tuple[str, ...]
    imbalance: int


def choose(nominees: Sequence[Nominee], seats: int, kept: Collection[str] = ()) -> Choice:
    """Fill the seats so that no region, gender or stakeholder type has more of them than need be.

    Those in `kept` are in; then one after the other whoever makes the imbalance least, of equals the first by key; then
    chosen and others change places as long as that helps. The same nominees give the same choice in any order.
    """
    ordered = sorted(nominees, key=lambda item: item.key)
    chosen = [item for item in ordered if item.key in kept][:seats]
    while len(chosen) < min(seats, len(ordered)):
        rest = [item for item in ordered if item not in chosen]
        chosen.append(min(rest, key=lambda item: (imbalance([*chosen, item]), item.key)))
    while (better := _exchanged(ordered, chosen, kept)) is not None:
        chosen = better
    return Choice(tuple(item.key for item in chosen), imbalance(chosen))


def imbalance(chosen: Iterable[Nominee]) -> int:
    """The sum of squares of how many share each region, gender and type: least where they are spread evenly."""
    counts = Counter(side for nominee in chosen for side in nominee.sides)
    return sum(count * count for count in counts.values())


def _exchanged(
    ordered: Sequence[Nominee], chosen: list[Nominee], kept: Collection[str]
) -> list[Nominee] | None:
    """The choice after the best change of one for another; None where none helps."""
    best, least = None, imbalance(chosen)
    for place, out in enumerate(chosen):
        if out.key in kept:
            continue
        for other in ordered:
            if other not in chosen:
                tried = [*chosen[:place], other, *chosen[place + 1 :]]
                if imbalance(tried) < least:
                    best, least = tried, imbalance(tried)
    return best
