"""Facets: how many entries each further choice would leave."""

from dataclasses import dataclass, replace
from typing import Final, cast

from actionlines.frameworks import catalogue
from actionlines.stocktaking.freshness import FRESHNESS
from actionlines_web.stocktaking.postings import Mask, Postings, count, postings
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.selection import confirmed, select


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of the list.

    Attributes:
        name: the parameter it sets.
        counts: value to number of entries, given every other filter; the chosen value stays in it.
        least: values of which there are more than was counted: their numbers are lower bounds.
    """

    name: str
    counts: dict[str, int]
    least: frozenset[str] = frozenset()


FACETS: Final = (
    *("line", "goal", "region", "country", "year", "stakeholder"),
    *("status", "language", "freshness"),
)
_COLUMNS: Final = {
    "region": "region",
    "country": "country",
    "year": "year",
    "stakeholder": "stakeholder_type",
    "status": "status",
    "language": "language",
}
_FRAMEWORKS: Final = {"line": "wsis", "goal": "sdg"}


def facets(query: EntryQuery) -> list[Facet]:
    """The facets of a list in the order of FACETS; each obeys every filter but its own.

    Every count is exact, but for searches of words that very many entries hold.
    """
    with postings() as held:
        return [_facet(query, name, held) for name in FACETS]


def country_counts(query: EntryQuery) -> Facet:
    """How many of the entries that pass each country has, '' standing for those without one."""
    with postings() as held:
        selection = select(query, held)
        counts = _by_value("country", selection.whole, held)
        return Facet("country", counts, frozenset(counts) if selection.capped else frozenset())


def entries_by_country() -> dict[str, int]:
    """How many entries each country has."""
    return {code: number for code, number in country_counts(EntryQuery()).counts.items() if code}


def _facet(query: EntryQuery, name: str, held: Postings) -> Facet:
    selection = select(query, held)
    if query.outcome and name == "goal":
        # An outcome is asked for on the goal that is chosen, so each choice asks for other entries.
        counts = _chosen_one_by_one(query, held)
    else:
        counts = _counted(query, name, selection.without(name), held)
    # Where very common words were looked for among what the other filters left, nobody knows what is beyond.
    bounded = selection.capped or (selection.common and name in selection.parts)
    return Facet(name, _sorted(name, counts), frozenset(counts) if bounded else frozenset())


def _chosen_one_by_one(query: EntryQuery, held: Postings) -> dict[str, int]:
    goals = (node.code for node in catalogue().frameworks["sdg"].of_kind("goal"))
    counted = {goal: count(select(replace(query, goal=goal), held).whole) for goal in goals}
    return {goal: number for goal, number in counted.items() if number}


def _counted(query: EntryQuery, name: str, mask: Mask, held: Postings) -> dict[str, int]:
    if name in _FRAMEWORKS:
        kinds = ("action line", "sub-line") if name == "line" else ("goal",)
        framework = _FRAMEWORKS[name]
        nodes = (node.code for node in catalogue().frameworks[framework].of_kind(*kinds))
        counted = {node: count(mask & held.linked(framework, [node], query.link_tier)) for node in nodes}
        return {node: number for node, number in counted.items() if number}
    if name == "freshness":
        counted = {level: count(mask & confirmed(level, held)) for level in FRESHNESS}
        return {level: number for level, number in counted.items() if number}
    known = _by_value(_COLUMNS[name], mask, held)
    return {value: number for value, number in known.items() if value not in {"", "0"}}


def _by_value(column: str, mask: Mask, held: Postings) -> dict[str, int]:
    """How many entries of a mask have each value of a column."""
    counted = {value: count(mask & held.valued(column, value)) for value in held.values(column)}
    return {value: number for value, number in counted.items() if number}


def _sorted(name: str, counts: dict[str, int]) -> dict[str, int]:
    """The fullest value first; years the newest, lines, goals and freshness in their own order."""
    if name in _FRAMEWORKS or name == "freshness":
        return counts
    if name == "year":
        order = sorted(counts, key=int, reverse=True)
    else:
        order = sorted(counts, key=lambda value: (-counts[value], value))
    return {value: counts[value] for value in order}


def years_and_countries() -> tuple[list[int], list[str]]:
    """The years (newest first) and the countries that occur in the register, for filter forms."""
    with postings() as held:
        found = held.remembered(years_and_countries)
        if found is None:
            everything = held.everything()
            years = {int(year) for year in _by_value("year", everything, held)}
            countries = _by_value("country", everything, held).keys()
            found = sorted(years - {0}, reverse=True), sorted(countries - {""})
            held.remember(years_and_countries, found)
        return cast("tuple[list[int], list[str]]", found)
