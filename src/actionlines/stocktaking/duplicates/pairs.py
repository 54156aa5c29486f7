"""Duplicates within a list of entries, found through an index: no two entries are compared that share nothing rare."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actionlines.stocktaking.duplicates.features import Features, features, may_be_rare
from actionlines.stocktaking.duplicates.score import Candidate, compare, rare_limit, weights
from actionlines.stocktaking.entry import Entry

# A word, a name or an organisation that more entries than this share leads to none of them by itself.
MOST_SHARED: Final = 200
# How many of its rarest words, and how many of its rarest pairs of more common ones, an entry is looked up by.
_RAREST: Final = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries, the earlier one of the list first, and what speaks for their being one project."""

    first: str
    candidate: Candidate


def keys(found: Features) -> Iterator[str]:
    """What an entry is looked up by: its web page and host, its organisation, words of the title, names and figures."""
    if found.site:
        yield f"site {found.site}"
    if found.host:
        yield f"host {found.host}"
    if found.organisation_words:
        yield "organisation " + " ".join(sorted(found.organisation_words))
    yield from (f"word {word}" for word in found.title_words | found.names)
    yield from (f"number {number}" for number in found.numbers)


def find_pairs(entries: Sequence[Entry], *, least: float | None = None) -> list[Pair]:
    """The pairs that score at least `least` (the level `possible` unless said), the surest first.

    The work grows with the number of entries and with MOST_SHARED, not with the square of the entries.
    """
    wanted = weights().possible if least is None else least
    known = [features(entry) for entry in entries]
    index: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(known):
        for key in keys(item):
            index[key].append(number)
    limit = rare_limit(len(known))
    rare = {
        word
        for item in known
        for word in may_be_rare(item.title_words)
        if len(index[f"word {word}"]) <= limit
    }
    pairs = []
    for number, item in enumerate(known):
        for other in sorted(_met(item, number, index)):
            candidate = compare(item, known[other], rare=rare)
            if candidate.score >= wanted:
                pairs.append(Pair(item.id, candidate))
    return sorted(pairs, key=lambda pair: (-pair.candidate.score, pair.first, pair.candidate.id))


def _met(item: Features, number: int, index: dict[str, list[int]]) -> set[int]:
    """The later entries that share a rare key with this one, or two of its common ones."""
    met: set[int] = set()
    common: list[list[int]] = []
    for key in keys(item):
        sharing = index[key]
        if len(sharing) <= MOST_SHARED:
            met.update(other for other in sharing if other > number)
        else:
            common.append(sharing)
    common.sort(key=len)
    met.update(_in_two(common[:_RAREST], number))
    return met


def _in_two(lists: Sequence[Sequence[int]], number: int) -> Iterable[int]:
    """Entries that stand in two of the lists, as long as they are few enough to tell anything."""
    for place, one in enumerate(lists):
        held = set(one)
        for other in lists[place + 1 :]:
            both = [item for item in other if item > number and item in held]
            if len(both) <= MOST_SHARED:
                yield from both
