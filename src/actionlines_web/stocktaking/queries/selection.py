"""The entries a query means, as a mask over the postings: the same that `EntryQuery.apply` says in SQL."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import numpy as np
from django.utils import timezone

from actionlines.frameworks import catalogue
from actionlines.stocktaking.freshness import DUE_AFTER_YEARS, OVERDUE_AFTER_YEARS, latest_confirmed
from actionlines_web.organisations.queries import organisations_named
from actionlines_web.search import queries as search
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.postings import Mask, Postings, count
from actionlines_web.stocktaking.postings.block import FRAMEWORKS
from actionlines_web.stocktaking.postings.memory import keys_of
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery

# So few entries left by the other filters are asked whether they hold very common words.
FEW = 1_000

_COLUMNS = {
    "region": "region",
    "country": "country",
    "stakeholder": "stakeholder_type",
    "status": "status",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries that pass a query.

    Attributes:
        parts: the mask of each filter in force, by the parameter (years together as 'year').
        whole: the mask of all together.
        common: very many entries hold the searched words, so that their matches are not compared with one another.
        capped: and not all of them were looked at, so every count is "at least".
    """

    parts: Mapping[str, Mask]
    whole: Mask
    common: bool = False
    capped: bool = False

    def without(self, name: str) -> Mask:
        """The entries that pass every filter but one."""
        return reduce(np.bitwise_and, (mask for key, mask in self.parts.items() if key != name))


def select(query: EntryQuery, held: Postings) -> Selection:
    """The entries that pass."""
    asked = ("selection", timezone.now().date(), replace(query, problems=()))
    known = held.remembered(asked)
    if isinstance(known, Selection):
        return known
    found = _select(query, held)
    # Whether an entry has a story is not posted, so nothing tells when that changes.
    if not query.story:
        held.remember(asked, found)
    return found


def _select(query: EntryQuery, held: Postings) -> Selection:
    parts: dict[str, Mask] = {"": held.everything()}
    for name, make in _MAKERS.items():
        mask = make(query, held)
        if mask is not None:
            parts[name] = mask
    whole = reduce(np.bitwise_and, parts.values())
    if not query.q:
        return Selection(parts, whole)
    keys = search.some_matching(query.q) if search.expression(query.q) else []
    common = len(keys) > search.MOST_FOUND
    capped = common and count(whole) > FEW
    if common and not capped:
        keys = search.matching_among(query.q, keys_of(whole).tolist())
    found = held.of_keys(keys[: search.MOST_FOUND])
    # Of very common words nobody knows who else holds them: the facets are at least what is left here.
    return Selection({**parts, "q": found}, whole & found, common, capped)


def _columns(name: str) -> Callable[[EntryQuery, Postings], Mask | None]:
    def mask(query: EntryQuery, held: Postings) -> Mask | None:
        value = getattr(query, name)
        return held.valued(_COLUMNS[name], "" if value == NONE else value) if value else None

    return mask


def _years(query: EntryQuery, held: Postings) -> Mask | None:
    if not (query.year_from or query.year_to or query.year):
        return None
    mask = held.everything()
    if query.year_from or query.year_to:
        wanted = range(query.year_from or 1, (query.year_to or 9_999) + 1)
        mask = held.any_of(f"year:{year}" for year in held.values("year") if int(year) in wanted)
    return mask & held.valued("year", 0) if query.year == NONE else mask


def _linked(name: str, framework: str) -> Callable[[EntryQuery, Postings], Mask | None]:
    def mask(query: EntryQuery, held: Postings) -> Mask | None:
        node = getattr(query, name)
        if node == NONE:
            return ~held.linked(framework, ["*"], query.link_tier)
        return held.linked(framework, [node], query.link_tier) if node else None

    return mask


def _sub_line(query: EntryQuery, held: Postings) -> Mask | None:
    if query.sub_line != NONE:
        return None
    parts = (node.code for node in catalogue().frameworks["wsis"].of_kind("sub-line"))
    return ~held.linked("wsis", parts, query.link_tier)


def _outcome(query: EntryQuery, held: Postings) -> Mask | None:
    return held.linked("wsis", outcome_lines(query), query.link_tier) if query.outcome else None


def outcome_lines(query: EntryQuery) -> Iterable[str]:
    """The lines of the outcome (or of the objective's outcomes), of those on the query's goal where it names one."""
    known = catalogue()
    wanted = query.goal or query.target.split(".", 1)[0]
    lines: set[str] = set()
    for node in known.frameworks["itu-d-2020"].walk(query.outcome):
        goals = {link.target for link in known.crosswalks["itu-d-2020-sdg"].links_from(node.code)}
        if node.kind == "outcome" and (not wanted or wanted in goals):
            lines |= {link.target for link in known.crosswalks["itu-d-2020-wsis"].links_from(node.code)}
    return lines


def _organisation(query: EntryQuery, held: Postings) -> Mask | None:
    return held.of_organisations(organisations_named(query.organisation)) if query.organisation else None


def _direction(query: EntryQuery, held: Postings) -> Mask | None:
    if not query.direction:
        return None
    lines, goals = (held.linked(framework, ["*"], query.link_tier) for framework in FRAMEWORKS)
    return lines | goals


def _story(query: EntryQuery, held: Postings) -> Mask | None:
    if not query.story:
        return None
    return held.of_keys(Entry.objects.filter(story__isnull=False).values_list("pk", flat=True))


def _freshness(query: EntryQuery, held: Postings) -> Mask | None:
    return confirmed(query.freshness, held) if query.freshness else None


def confirmed(level: str, held: Postings) -> Mask:
    """The entries of a level of freshness today."""
    today = timezone.now().date()
    due = latest_confirmed(today, DUE_AFTER_YEARS).toordinal()
    overdue = latest_confirmed(today, OVERDUE_AFTER_YEARS).toordinal()
    match level:
        case "current":
            return held.confirmed_between(due, date.max.toordinal())
        case "due":
            return held.confirmed_between(overdue, due)
        case _:
            return held.confirmed_between(-1, overdue)


_MAKERS: Mapping[str, Callable[[EntryQuery, Postings], Mask | None]] = {
    **{name: _columns(name) for name in _COLUMNS},
    "year": _years,
    "line": _linked("line", "wsis"),
    "goal": _linked("goal", "sdg"),
    "target": _linked("target", "sdg"),
    "sub_line": _sub_line,
    "outcome": _outcome,
    "organisation": _organisation,
    "direction": _direction,
    "story": _story,
    "freshness": _freshness,
}
