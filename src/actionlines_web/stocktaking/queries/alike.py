"""Entries that are like another one: found through the search index and the links, never by reading all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from actionlines.spelling import written_words
from actionlines.stocktaking.similar import Likeness, Profile, most_alike, rarity
from actionlines.text import search_terms
from actionlines_web.search.queries import holding
from actionlines_web.stocktaking.models import Entry, EntryLink, Tier
from actionlines_web.stocktaking.queries.library import narrowest
from actionlines_web.stocktaking.queries.news import about_how_many

SHOWN: Final = 5
# A word that more entries hold is none by which to find the like; as many are looked at by a node, and in all.
MOST_HOLDING: Final = 200
MOST_OF_NODE: Final = 20
MOST_COMPARED: Final = 60
_TERMS: Final = 16
_NODES: Final = 6
_WORDS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry like another, and why; `words` as the other one writes them."""

    entry: Entry
    likeness: Likeness
    words: tuple[str, ...]


def alike(entry: Entry) -> list[Alike]:
    """The entries most like one that is loaded with its links, at most SHOWN."""
    text = f"{entry.title}\n{entry.description}"
    terms = _terms(entry)
    rarities, by_words = _by_words(terms)
    wanted = _profile(entry, frozenset(terms))
    keys = list(dict.fromkeys([*by_words, *_by_links(wanted)]))
    rows = Entry.objects.filter(pk__in=keys[: MOST_COMPARED + 1], archived_at=None).exclude(pk=entry.pk)
    found = {row.pk: row for row in rows.select_related("organisation").prefetch_related("links")}
    others = {
        key: _profile(row, frozenset(search_terms(f"{row.title}\n{row.description}")))
        for key, row in found.items()
    }
    shown = written_words(text)
    return [
        Alike(found[key], like, tuple(shown.get(word, word) for word in like.words[:_WORDS_SHOWN]))
        for key, like in most_alike(wanted, others, rarities, SHOWN)
    ]


def _profile(row: Entry, words: frozenset[str]) -> Profile:
    links = [link for link in row.links.all() if link.tier <= Tier.EVIDENCE]
    lines, targets = (
        frozenset(narrowest(framework, [link.node for link in links if link.framework == framework]))
        for framework in ("wsis", "sdg")
    )
    return Profile(lines, targets, row.region, words)


def _terms(entry: Entry) -> list[str]:
    """The words by which it is looked for: those of the title, then the longest of the text."""
    title = dict.fromkeys(search_terms(entry.title))
    text = sorted(set(search_terms(entry.description)) - set(title), key=lambda word: (-len(word), word))
    return [word for word in [*title, *text] if len(word) > 1 and not word.isdigit()][:_TERMS]


def _by_words(terms: Iterable[str]) -> tuple[dict[str, float], list[int]]:
    """How rare each word is, and the entries that hold a rare one, or two of the commonest together, the rarest first."""
    entries = about_how_many()
    rarities, met, common = {}, [], []
    for term in terms:
        keys = holding([term], MOST_HOLDING + 1)
        if len(keys) > MOST_HOLDING:
            common.append(term)
        else:
            rarities[term] = rarity(len(keys), entries)
            met.append(keys)
    met += [holding(pair, MOST_OF_NODE) for pair in combinations(common[:3], 2)]
    return rarities, [key for keys in sorted(met, key=len) for key in keys]


def _by_links(wanted: Profile) -> Iterator[int]:
    """The newest entries on each of its nodes: targets lead to fewer than goals and lines do."""
    targets = sorted(wanted.targets, key=lambda code: ("." not in code, code))
    nodes = [("sdg", code) for code in targets[:_NODES]] + [
        ("wsis", code) for code in sorted(wanted.lines)[:_NODES]
    ]
    for framework, code in nodes:
        for tier in Tier.values:
            links = EntryLink.objects.filter(framework=framework, node=code, tier=tier)
            yield from links.order_by("-entry_id").values_list("entry_id", flat=True)[:MOST_OF_NODE]
