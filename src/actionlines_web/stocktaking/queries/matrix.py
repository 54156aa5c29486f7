"""The matrix: rows (action lines, or outcomes of a plan) × goals, one goal opened to its targets."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, Sum

from actionlines.frameworks import Node, catalogue
from actionlines_web.stocktaking.cells import GOAL_LEVEL, MARGIN, cells_of, standings
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery
from actionlines_web.stocktaking.queries.passing import cells_at, knows_places, passing

HEAT_STEPS = 6


@dataclass(frozen=True)
class Matrix:
    """A counted matrix.

    Attributes:
        rows, columns: nodes in reading order.
        counts: (row code, column code) to distinct entries; '*' is the margin; missing means none.
        open_goal: the goal whose targets are the columns, or ''.
        capped: more entries pass than were counted: the numbers are lower bounds.
    """

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    counts: dict[tuple[str, str], int]
    open_goal: str
    capped: bool = False

    @property
    def total(self) -> int:
        """Distinct entries that pass the filter."""
        return self.counts.get((MARGIN, MARGIN), 0)

    def heat(self, row: str, column: str) -> int:
        """0 for none, then 1 … HEAT_STEPS by the share of the fullest cell (square root: small counts stay visible)."""
        number = self.counts.get((row, column), 0)
        return (
            0
            if not number
            else 1 + round((HEAT_STEPS - 1) * ((number - 1) / max(1, self._fullest - 1)) ** 0.5)
        )

    @cached_property
    def _fullest(self) -> int:
        return max((value for key, value in self.counts.items() if MARGIN not in key), default=0)


def matrix(query: EntryQuery) -> Matrix:
    """The matrix of the entries that pass every filter.

    A goal opens to its targets; see `opening`.
    """
    known = catalogue()
    goals = known.frameworks["sdg"]
    filters, opened = opening(query)
    if opened:
        columns = (goals[opened], *(node for node in goals.children(opened) if node.kind == "target"))
    else:
        columns = goals.of_kind("goal")
    rows = known.frameworks[query.framework].of_kind("action line", "sub-line", "objective", "outcome")
    counts, capped = _counts(filters, opened)
    return Matrix(rows, columns, counts, opened, capped)


def opening(query: EntryQuery) -> tuple[EntryQuery, str]:
    """The filter whose entries the matrix counts, and the goal that opens to its targets.

    A goal that opens leaves no entry out, but where an outcome is asked for: that is asked for on this goal. Rows that
    are outcomes are linked to goals, not to targets, so no goal opens there and the goal filters like all else.
    """
    if query.framework != "wsis" or query.goal in {"", NONE}:
        return query, ""
    return (query if query.outcome else replace(query, goal="")), query.goal


def _counts(query: EntryQuery, opened: str) -> tuple[dict[tuple[str, str], int], bool]:
    """The counts, and whether there are more entries than were counted."""
    if not knows_places(query):
        found = passing(query)
        return _one_by_one(query, found.keys, opened), found.capped
    cells = cells_at(query).filter(Q(rows=query.framework) | Q(rows="wsis", row=MARGIN))
    if opened:
        goal_columns = Q(level=GOAL_LEVEL, column__in=[opened, MARGIN])
        cells = cells.filter(Q(level=opened) | goal_columns)
    else:
        cells = cells.filter(level=GOAL_LEVEL)
    counted = cells.values("row", "column").annotate(number=Sum("entries"))
    return {
        (row, column): number for row, column, number in counted.values_list("row", "column", "number")
    }, False


def _one_by_one(query: EntryQuery, keys: list[int], opened: str) -> dict[tuple[str, str], int]:
    """The counts of some entries by the links that count, with the rule that counts the cells."""
    counted: Counter[tuple[str, str]] = Counter()
    levels = {GOAL_LEVEL, opened}
    shown = {opened, MARGIN} if opened else None
    entries = Entry.objects.filter(pk__in=keys).only("country", "region", "year", "stakeholder_type")
    for standing in standings(entries, query.tier).values():
        for rows, level, row, column, *_ in cells_of(standing):
            if (
                (rows == query.framework or row == MARGIN)
                and level in levels
                and (level != GOAL_LEVEL or not shown or column in shown)
            ):
                counted[row, column] += 1
    return dict(counted)
