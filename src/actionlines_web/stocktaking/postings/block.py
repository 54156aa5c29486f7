"""One block: the bits of BLOCK neighbouring entries, and how they are kept."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from actionlines.frameworks import catalogue

BLOCK: Final = 2_048
BYTES: Final = BLOCK // 8
STANDS: Final = "stands"
# The tiers of links that count, and, so much above, those of setbacks: up to a tier means up to it among its own.
TIERS: Final = ((1, 2, 3), (11, 12, 13))
FRAMEWORKS: Final = ("wsis", "sdg")
# The columns of an entry whose every value has its bits.
VALUES: Final = ("region", "country", "stakeholder_type", "status", "language", "year")


class PostedEntry(NamedTuple):
    """What of an entry is posted. An archived entry is not."""

    key: int
    region: str
    country: str
    stakeholder_type: str
    status: str
    language: str
    year: int
    organisation_id: int | None
    confirmed_on: date | None


class PostedLink(NamedTuple):
    """What of a link is posted."""

    entry: int
    framework: str
    node: str
    tier: int


@dataclass(frozen=True, eq=False)
class Block:
    """The bits of one block.

    Attributes:
        names: what the rows of `bits` are, such as 'region:AFR' or 'wsis:C2:3' (linked up to tier 3).
        bits: a row for each name, BYTES long; bit n of a row is the entry n of the block.
        organisations: the organisation of each of the BLOCK entries, 0 for none.
        confirmed: the day each was last confirmed (as `date.toordinal`), 0 for never.
    """

    names: tuple[str, ...]
    bits: NDArray[np.uint8]
    organisations: NDArray[np.int64]
    confirmed: NDArray[np.int32]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]

    def _parts(self) -> tuple[object, ...]:
        return self.names, self.bits.tobytes(), self.organisations.tolist(), self.confirmed.tolist()

    def packed(self) -> bytes:
        """The block as it is kept."""
        arrays = (self.bits, self.organisations.astype("<i8"), self.confirmed.astype("<i4"))
        head = json.dumps(self.names).encode()
        return zlib.compress(head + b"\n" + b"".join(array.tobytes() for array in arrays), 1)

    @classmethod
    def unpacked(cls, content: bytes) -> "Block":
        """The block that `packed` gave."""
        head, _, body = zlib.decompress(content).partition(b"\n")
        names = tuple(json.loads(head))
        ends = np.cumsum((len(names) * BYTES, 8 * BLOCK, 4 * BLOCK))
        bits = np.frombuffer(body, np.uint8, ends[0]).reshape(len(names), BYTES)
        organisations = np.frombuffer(body, "<i8", BLOCK, int(ends[0]))
        return cls(names, bits, organisations, np.frombuffer(body, "<i4", BLOCK, int(ends[1])))


def block_of(number: int, entries: Iterable[PostedEntry], links: Iterable[PostedLink]) -> Block:
    """The block of that number from its entries that stand, and from links, of which those of other entries are left."""
    first = number * BLOCK
    found: dict[str, list[int]] = {}
    organisations, confirmed = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.int32)
    for entry in entries:
        place = entry.key - first
        found.setdefault(STANDS, []).append(place)
        for name, value in zip(VALUES, entry[1:], strict=False):
            found.setdefault(f"{name}:{value}", []).append(place)
        organisations[place] = entry.organisation_id or 0
        confirmed[place] = entry.confirmed_on.toordinal() if entry.confirmed_on else 0
    standing = set(found.get(STANDS, ()))
    names = _names_of_links()
    for link in links:
        place = link.entry - first
        if place in standing:
            for name in names.get((link.framework, link.node, link.tier), ()):
                found.setdefault(name, []).append(place)
    return Block(tuple(sorted(found)), _bits(found), organisations, confirmed)


def linked_name(framework: str, node: str, tier: int) -> str:
    """The name of the entries linked to a node up to a tier; node '*' is any node of the framework."""
    return f"{framework}:{node}:{tier}"


@cache
def _names_of_links() -> Mapping[tuple[str, str, int], tuple[str, ...]]:
    """(framework, node, tier) of a link to the names under which it is posted: its tier's and all weaker ones'."""
    return {
        (framework, node.code, tier): tuple(
            linked_name(framework, code, reached)
            for code in (node.code, "*")
            for reached in tiers
            if reached >= tier
        )
        for framework in FRAMEWORKS
        for node in catalogue().frameworks[framework].nodes
        for tiers in TIERS
        for tier in tiers
    }


def _bits(found: Mapping[str, list[int]]) -> NDArray[np.uint8]:
    spread = np.zeros((len(found), BLOCK), np.uint8)
    for row, name in enumerate(sorted(found)):
        spread[row, found[name]] = 1
    return np.packbits(spread, axis=1, bitorder="little")
