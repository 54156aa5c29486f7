"""Facets: how many entries each further choice would leave."""

from dataclasses import dataclass, replace

from actionlines.frameworks import catalogue
from actionlines_web.stocktaking.postings import Mask, Postings, count, postings
from actionlines_web.stocktaking.queries.filters import EntryQuery
from actionlines_web.stocktaking.queries.selection import select


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of the list.

    Attributes:
        name: the parameter it sets.
        counts: value to number of entries, given every other filter; the chosen value stays in it.
        capped: the counts are "at least": very many entries hold the searched words.
    """

    name: str
    counts: dict[str, int]
    capped: bool = False


FACETS = ("line", "goal", "region", "country", "year", "stakeholder")
_COLUMNS = {"region": "region", "country": "country", "year": "year", "stakeholder": "stakeholder_type"}


def facets(query: EntryQuery) -> list[Facet]:
    """The facets of a list in the order of FACETS; each obeys every filter but its own."""
    with postings() as held:
        selection = select(query, held)
        found = []
        for name in FACETS:
            mask = select(_without(query, name), held).whole if query.outcome else selection.without(name)
            found.append(Facet(name, _counts(name, mask, query.tier, held), selection.capped))
        return found


def _without(query: EntryQuery, name: str) -> EntryQuery:
    if name == "year":
        return replace(query, year_from=None, year_to=None, year="")
    return replace(query, **{name: ""})


def _counts(name: str, mask: Mask, tier: int, held: Postings) -> dict[str, int]:
    """The fullest choice first; years the newest first; lines and goals as their framework has them."""
    match name:
        case "line" | "goal":
            return _by_node(name, mask, tier, held)
        case "year":
            counted = _by_value("year", mask, held)
            return dict(sorted(counted.items(), key=lambda item: -int(item[0])))
        case _:
            counted = _by_value(_COLUMNS[name], mask, held)
            return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _by_value(column: str, mask: Mask, held: Postings) -> dict[str, int]:
    """How many entries of a mask have each value of a column, known ones only."""
    counted = {
        value: count(mask & held.valued(column, value)) for value in held.values(column) if value not in "0"
    }
    return {value: number for value, number in counted.items() if number}


def _by_node(name: str, mask: Mask, tier: int, held: Postings) -> dict[str, int]:
    framework = {"line": "wsis", "goal": "sdg"}[name]
    kinds = ("action line", "sub-line") if name == "line" else ("goal",)
    nodes = (node.code for node in catalogue().frameworks[framework].of_kind(*kinds))
    counted = {node: count(mask & held.linked(framework, [node], tier)) for node in nodes}
    return {node: number for node, number in counted.items() if number}


def years_and_countries() -> tuple[list[int], list[str]]:
    """The years (newest first) and the countries that occur in the register, for filter forms."""
    with postings() as held:
        everything = held.everything()
        years = (int(year) for year in _by_value("year", everything, held))
        return sorted(years, reverse=True), sorted(_by_value("country", everything, held))


def entries_by_country(query: EntryQuery | None = None) -> dict[str, int]:
    """How many entries each country has."""
    with postings() as held:
        return _by_value("country", select(query or EntryQuery(), held).whole, held)
