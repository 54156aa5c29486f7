"""Counting the entries that pass a filter: from the counted cells where they know it, else one by one up to a limit."""

from dataclasses import dataclass, fields
from typing import Final

from django.db.models import Q, QuerySet

from actionlines_web.stocktaking.cells import GOAL_LEVEL, MARGIN
from actionlines_web.stocktaking.models import Entry, MatrixCell
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery

# Counting stops here: a reader needs "10,000+", not a minute's wait.
COUNT_LIMIT: Final = 10_000
# The filters a counted cell knows as its place, and those it knows as its row and column.
_PLACE: Final = frozenset({"region", "country", "year_from", "year_to", "year", "stakeholder"})
_NODES: Final = frozenset({"line", "goal", "target"})
# What asks for no other entries.
_VIEW: Final = frozenset({"basis", "framework"})


@dataclass(frozen=True, slots=True)
class Passing:
    """The entries that pass, the one registered last first.

    Attributes:
        keys: at most COUNT_LIMIT.
        capped: there are more.
    """

    keys: list[int]
    capped: bool


def passing(query: EntryQuery) -> Passing:
    """The keys of the entries that pass."""
    found = query.apply(Entry.objects.all()).order_by("-pk").values_list("pk", flat=True)
    keys = list(found[: COUNT_LIMIT + 1])
    return Passing(keys[:COUNT_LIMIT], len(keys) > COUNT_LIMIT)


def in_force(query: EntryQuery) -> set[str]:
    """The names of the filters that leave entries out."""
    values = {item.name for item in fields(query) if item.name != "problems" and getattr(query, item.name)}
    return values - _VIEW


def knows_places(query: EntryQuery) -> bool:
    """Whether the cells know every filter as a place, a year or a stakeholder type."""
    return in_force(query) <= _PLACE


def knows(query: EntryQuery) -> bool:
    """Whether one row and column of the cells, at some place, are the entries that pass."""
    named = in_force(query)
    return (
        named <= _PLACE | _NODES
        and not {"goal", "target"} <= named
        and NONE not in {query.line, query.goal, query.target}
    )


def column_of(query: EntryQuery) -> str:
    """The column that is the query's goal or target, or the margin."""
    return query.target or query.goal or MARGIN


def level_of(column: str) -> str:
    """The level at which a column stands: a target under its goal."""
    return column.split(".", 1)[0] if "." in column else GOAL_LEVEL


def cells_at(query: EntryQuery) -> QuerySet[MatrixCell]:
    """The cells of the query's place, years, stakeholder type and tier, in the totals where it names none."""
    scope = "part" if in_force(query) & _PLACE else "all"
    cells = MatrixCell.objects.filter(scope=scope, tier__lte=query.tier).order_by()
    return cells.filter(place_of(query))


def place_of(query: EntryQuery) -> Q:
    """The condition of the query's place, years and stakeholder type on cells."""
    conditions = Q()
    for name, value in (
        ("region", query.region),
        ("country", query.country),
        ("stakeholder_type", query.stakeholder),
        ("year__gte", query.year_from),
        ("year__lte", query.year_to),
    ):
        if value:
            conditions &= Q(**{name: "" if value == NONE else value})
    if query.year_to and not query.year_from:
        conditions &= Q(year__gt=0)
    if query.year == NONE:
        conditions &= Q(year=0)
    return conditions
