"""Whether a link counts, is dropped, or is left to people: data/decision.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.alignment.link import Basis, Direction, Link

_FILE: Final = Path(__file__).parent / "data" / "decision.toml"
_ANY: Final = "any"


class Decision(StrEnum):
    """What is to be done with a link."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Band:
    """The probabilities of one framework between which people are asked; `0 <= no <= yes <= 1`."""

    yes: float
    no: float

    def __post_init__(self) -> None:
        if not 0 <= self.no <= self.yes <= 1:
            raise ValueError(f"no {self.no} and yes {self.yes} are no band: expected 0 <= no <= yes <= 1")


@cache
def bands() -> Mapping[str, Band]:
    """By framework; 'any' for those without their own."""
    page = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: Band(**numbers) for name, numbers in page.items()}


def band(framework: str) -> Band:
    """The band of a framework."""
    return bands().get(framework, bands()[_ANY])


def decide(link: Link) -> Decision:
    """Whether the link counts: what its owner declared does; a setback, or a suggestion of the matrix, is asked about."""
    held = band(link.framework)
    if link.basis is Basis.DECLARED:
        return Decision.YES
    if link.probability < held.no and link.basis is not Basis.MATRIX:
        return Decision.NO
    if link.basis is Basis.MATRIX or link.direction is Direction.AGAINST or link.probability < held.yes:
        return Decision.ASK
    return Decision.YES
