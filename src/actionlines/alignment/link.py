"""A link: one passage or entry belongs to one node, for a stated reason, with its evidence."""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Why a link exists, from the strongest to the weakest reason."""

    DECLARED = "declared"  # the owner of the record said so
    CITED = "cited"  # the text names the node: "SDG 9", "target 9.c", "C7 e-health"
    LEXICON = "lexicon"  # words of the curated lexicon stand in the text
    MODEL = "model"  # a trained model says so
    MATRIX = "matrix"  # the WSIS–SDG matrix implies it from a linked line; a suggestion, never a fact


class Direction(StrEnum):
    """What the text says of the node."""

    ADVANCES = "advances"  # something is done for it, or it gets better
    MENTIONS = "mentions"  # it is spoken of; nothing changes, or a change is only supposed or is denied
    AGAINST = "works-against"  # a setback: "renewable subsidies were cut"


BASIS_ORDER: dict[str, int] = {basis.value: rank for rank, basis in enumerate(Basis)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the aligned text that supports a link; `text == source[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """One passage's (or entry's) link to one node.

    Attributes:
        framework: 'sdg' or 'wsis' (later more).
        node: code in that framework, such as '9', '9.c', 'C7-HEA'.
        basis: the strongest reason found.
        probability: chance from 0 to 1 that a careful reader would agree; 1 for declared.
        evidence: supporting spans in reading order; empty for declared and matrix links.
        source: for matrix links the node that implies it ('C2'), else ''.
        direction: what the text says of the node. What the owner declares is meant to advance it; what the matrix
            implies is no more than a mention.
    """

    framework: str
    node: str
    basis: Basis
    probability: float
    evidence: tuple[Evidence, ...] = ()
    source: str = ""
    direction: Direction = Direction.ADVANCES
