"""The postings of the whole register in this process's memory: a tenth of a kilobyte an entry."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from actionlines_web.stocktaking.models import PostingBlock
from actionlines_web.stocktaking.postings.block import BLOCK, BYTES, STANDS, Block, linked_name

# How many answers are kept until the register changes.
REMEMBERED: Final = 64
# A bit for each entry: entry n is bit n % 8 of byte n // 8.
Mask = NDArray[np.uint8]


class Postings:
    """Masks by name. Reached through `postings()`, which brings it up to date and lets one thread in at a time."""

    def __init__(self) -> None:
        self._versions: dict[int, int] = {}
        self._masks: dict[str, Mask] = {}
        self._length = 0
        self._organisations: NDArray[np.int64] = np.zeros(0, np.int64)
        self._confirmed: NDArray[np.int32] = np.zeros(0, np.int32)
        self._remembered: dict[object, object] = {}

    def refresh(self) -> None:
        """Read the blocks that changed since the last time."""
        kept = dict(PostingBlock.objects.values_list("number", "version"))
        if kept == self._versions:
            return
        self._remembered.clear()
        self._stretch(max(kept, default=-1) + 1)
        for number in self._versions.keys() - kept.keys():
            self._clear(number)
            del self._versions[number]
        changed = sorted(number for number, version in kept.items() if self._versions.get(number) != version)
        for start in range(0, len(changed), 100):
            rows = PostingBlock.objects.filter(number__in=changed[start : start + 100])
            for number, version, content in rows.values_list("number", "version", "content"):
                self._place(number, Block.unpacked(bytes(content)))
                self._versions[number] = version

    def everything(self) -> Mask:
        """The entries that stand."""
        return self.named(STANDS)

    def named(self, name: str) -> Mask:
        """The entries posted under a name; not to be written to."""
        found = self._masks.get(name)
        return found if found is not None else self.nothing()

    def nothing(self) -> Mask:
        """No entry."""
        return np.zeros(self._length, np.uint8)

    def valued(self, column: str, value: object) -> Mask:
        """The entries whose column has that value."""
        return self.named(f"{column}:{value}")

    def values(self, column: str) -> list[str]:
        """The values that occur, or did, in a column."""
        return [name.partition(":")[2] for name in self._masks if name.startswith(f"{column}:")]

    def linked(self, framework: str, nodes: Iterable[str], tier: int) -> Mask:
        """The entries linked to any of the nodes up to the tier; '*' is any node of the framework."""
        return self.any_of(linked_name(framework, node, tier) for node in nodes)

    def any_of(self, names: Iterable[str]) -> Mask:
        """The entries posted under any of the names; not to be written to."""
        masks = [self._masks[name] for name in names if name in self._masks]
        if len(masks) == 1:  # nearly always: no copy of what may be large
            return masks[0]
        found = self.nothing()
        for mask in masks:
            found |= mask
        return found

    def of_organisations(self, numbers: Iterable[int]) -> Mask:
        """The entries of some organisations."""
        return _packed(np.isin(self._organisations, list(numbers))) & self.everything()

    def confirmed_between(self, after: int, until: int) -> Mask:
        """The entries confirmed after one day (excluded) and until another (`date.toordinal`); never is day 0."""
        return _packed((self._confirmed > after) & (self._confirmed <= until)) & self.everything()

    def of_keys(self, keys: Iterable[int]) -> Mask:
        """The entries with these keys."""
        spread = np.zeros(self._length * 8, bool)
        found = np.fromiter(keys, np.int64)
        spread[found[found < len(spread)]] = True
        return _packed(spread)

    def remembered(self, key: object) -> object | None:
        """What `remember` was told since the last change of the register."""
        return self._remembered.get(key)

    def remember(self, key: object, value: object) -> None:
        """Keep an answer until the register changes."""
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = value

    def _stretch(self, blocks: int) -> None:
        more = blocks * BYTES - self._length
        if more <= 0:
            return
        self._length += more
        self._masks = {name: np.pad(mask, (0, more)) for name, mask in self._masks.items()}
        self._organisations = np.pad(self._organisations, (0, 8 * more))
        self._confirmed = np.pad(self._confirmed, (0, 8 * more))

    def _clear(self, number: int) -> None:
        for mask in self._masks.values():
            mask[number * BYTES : (number + 1) * BYTES] = 0

    def _place(self, number: int, block: Block) -> None:
        if number in self._versions:
            self._clear(number)
        start = number * BYTES
        for name, bits in zip(block.names, block.bits, strict=True):
            mask = self._masks.get(name)
            if mask is None:
                mask = self._masks[name] = self.nothing()
            mask[start : start + BYTES] = bits
        self._organisations[number * BLOCK : (number + 1) * BLOCK] = block.organisations
        self._confirmed[number * BLOCK : (number + 1) * BLOCK] = block.confirmed


def count(mask: Mask) -> int:
    """How many entries are in a mask."""
    return int(np.bitwise_count(mask.view(np.uint64)).sum(dtype=np.int64))


def keys_of(mask: Mask) -> NDArray[np.int64]:
    """The keys of the entries in a mask, rising."""
    return np.flatnonzero(np.unpackbits(mask, bitorder="little"))


def _packed(spread: NDArray[np.bool_]) -> Mask:
    return np.packbits(spread, bitorder="little")


_LOCK: Final = RLock()
_HELD: Final = Postings()


@contextmanager
def postings() -> Iterator[Postings]:
    """The postings as they stand; the same thread may ask again inside."""
    with _LOCK:
        _HELD.refresh()
        yield _HELD
