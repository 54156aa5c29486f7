"""From passages to a document: how much of it speaks for each node, whatever its length.

A long text touches more goals than a short one, so that neither the number of passages nor the best of them tells what
a document is about. Its passages are weighed by their length: the share of a node is the part of the text that speaks
for it, each passage counting with its probability.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actionlines.alignment.decision import Decision, decide
from actionlines.alignment.link import Basis, Direction, Link
from actionlines.frameworks import catalogue


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a document has to do with one node.

    Attributes:
        framework, node: which.
        share: the part of the text that speaks for it, from 0 to 1; passages that work against it are not in it.
        probability: of the passage that speaks most clearly; 0 where all work against it.
        counted: passages whose link counts (decision yes).
        against: passages that work against it, unless their link is too weak to tell.
    """

    framework: str
    node: str
    share: float
    probability: float
    counted: int
    against: int


class RollUp:
    """The passages of one document, added one by one; what the matrix implies is no evidence and is left out."""

    def __init__(self) -> None:
        self.passages = 0
        self.characters = 0
        self._weights: dict[tuple[str, str], float] = {}
        self._best: dict[tuple[str, str], float] = {}
        self._counted: dict[tuple[str, str], int] = {}
        self._against: dict[tuple[str, str], int] = {}

    def add(self, length: int, links: Iterable[Link]) -> None:
        """Add a passage of so many characters with its links; one without a letter has none and adds its length."""
        self.passages += 1
        self.characters += length
        for link in links:
            if link.basis is Basis.MATRIX:
                continue
            key, decision = (link.framework, link.node), decide(link)
            against = link.direction is Direction.AGAINST
            said = 0.0 if against else link.probability
            self._weights[key] = self._weights.get(key, 0.0) + length * said
            self._best[key] = max(self._best.get(key, 0.0), said)
            self._counted[key] = self._counted.get(key, 0) + (decision is Decision.YES)
            self._against[key] = self._against.get(key, 0) + (against and decision is not Decision.NO)

    def nodes(self) -> tuple[Rolled, ...]:
        """Every node a passage speaks for or against, by framework and in reading order."""
        frameworks = catalogue().frameworks
        return tuple(
            Rolled(
                *key,
                round(self._weights[key] / self.characters, 4) if self.characters else 0.0,
                self._best[key],
                self._counted[key],
                self._against[key],
            )
            for key in sorted(self._weights, key=lambda key: (key[0], frameworks[key[0]][key[1]].order))
        )
