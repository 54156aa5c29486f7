"""Entries of the register that may be the same project as a text at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking.duplicates import Candidate, Features, compare, features, weights
from actionlines.stocktaking.duplicates.features import may_be_rare
from actionlines.stocktaking.duplicates.score import rare_limit
from actionlines.text import search_terms
from actionlines_web.organisations.queries import organisation_by_name
from actionlines_web.search.queries import holding
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.library import to_library

# A word that more entries than this hold leads to none of them by itself, but together with another one.
MOST_SHARED: Final = 100
# How many entries of one organisation, the newest first, and how many in all are looked at.
MOST_OF_ORGANISATION: Final = 100
MOST_COMPARED: Final = 400
# How many words and figures, and how many pairs of common words, the index is asked for.
_TERMS: Final = 12
_PAIRS: Final = 6
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Twin:
    """An entry of the register, and what speaks for its being the same project."""

    entry: Entry
    candidate: Candidate


def twins_of(entry: LibraryEntry) -> list[Twin]:
    """The entries that may be the same project, the surest first, at most SHOWN; never the entry itself.

    The index is asked for the rarest words, the website and the organisation; only what it names is compared.
    """
    wanted = features(entry)
    rare, by_words = _by_words(wanted)
    keys = [*_by_site(wanted.site), *by_words, *_by_organisation(entry.organisation)]
    found = Entry.objects.filter(pk__in=list(dict.fromkeys(keys))[:MOST_COMPARED], archived_at=None)
    least = weights().possible
    twins = [
        twin
        for row in found.exclude(identifier=entry.id).select_related("organisation")
        if (twin := Twin(row, compare(wanted, features(to_library(row, [])), rare=rare))).candidate.score
        >= least
    ]
    return sorted(twins, key=lambda twin: (-twin.candidate.score, twin.entry.pk))[:SHOWN]


def _by_site(site: str) -> Iterable[int]:
    if not site:
        return []
    return Entry.objects.filter(site=site).order_by("-pk").values_list("pk", flat=True)[:MOST_SHARED]


def _by_organisation(name: str) -> Iterable[int]:
    organisation = organisation_by_name(name) if name else None
    if organisation is None:
        return []
    found = Entry.objects.filter(organisation=organisation)
    return found.order_by("-pk").values_list("pk", flat=True)[:MOST_OF_ORGANISATION]


def _by_words(wanted: Features) -> tuple[frozenset[str], list[int]]:
    """The rare words of the title, and the entries that hold a rare word or figure or two of the common words."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    limit = rare_limit(newest or 0)
    rare, common, keys = set(), [], []
    for term in _terms(wanted):
        met = holding([term], MOST_SHARED + 1)
        if len(met) <= limit:
            rare.add(term)
        if len(met) <= MOST_SHARED:
            keys += met
        else:
            common.append(term)
    for pair in list(combinations(common[: _PAIRS // 2 + 1], 2))[:_PAIRS]:
        met = holding(pair, MOST_SHARED + 1)
        if len(met) <= MOST_SHARED:
            keys += met
    return frozenset(rare & may_be_rare(wanted.title_words)), keys


def _terms(wanted: Features) -> Iterator[str]:
    """What the index is asked for, as it keeps it: the title's words, the longest first, then names, then figures."""
    title = sorted(wanted.title_words, key=lambda word: (-len(word), word))
    names = sorted(term for name in wanted.names for term in search_terms(name) if len(term) > 2)
    numbers = sorted(wanted.numbers, key=lambda number: (-len(number), number))
    chosen = [*title[:_TERMS], *names[: _TERMS // 2], *numbers[: _TERMS // 4]]
    yield from dict.fromkeys(chosen)
