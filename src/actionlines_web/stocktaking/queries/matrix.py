"""The matrix: rows (action lines, or outcomes of a plan) × goals, one goal opened to its targets."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, Sum

from actionlines.frameworks import Node, catalogue
from actionlines_web.stocktaking.cells import GOAL_LEVEL, MARGIN
from actionlines_web.stocktaking.models import MatrixCell
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery

HEAT_STEPS = 6


@dataclass(frozen=True)
class Matrix:
    """A counted matrix.

    Attributes:
        rows, columns: nodes in reading order.
        counts: (row code, column code) to distinct entries; '*' is the margin; missing means none.
        open_goal: the goal whose targets are the columns, or ''.
    """

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    counts: dict[tuple[str, str], int]
    open_goal: str

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
    """Read the matrix from the counted cells. Filters that the cells do not know (search, status …) do not apply.

    Outcomes are linked to goals, not to targets, so with their rows no goal opens.
    """
    known = catalogue()
    goals = known.frameworks["sdg"]
    if query.framework != "wsis" or query.goal == NONE:
        query = replace(query, goal="")
    if query.goal:
        columns = (goals[query.goal], *(node for node in goals.children(query.goal) if node.kind == "target"))
    else:
        columns = goals.of_kind("goal")
    framework = known.frameworks[query.framework]
    rows = framework.of_kind("action line", "sub-line", "objective", "outcome")
    return Matrix(rows, columns, _counts(query), query.goal)


def _counts(query: EntryQuery) -> dict[tuple[str, str], int]:
    filtered = any((query.region, query.country, query.year_from, query.year_to, query.stakeholder))
    cells = MatrixCell.objects.filter(
        scope="part" if filtered else "all", rows=query.framework, tier__lte=query.tier
    )
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
    if query.goal:
        goal_columns = Q(level=GOAL_LEVEL, column__in=[query.goal, MARGIN])
        cells = cells.filter(Q(level=query.goal) | goal_columns)
    else:
        cells = cells.filter(level=GOAL_LEVEL)
    counted = cells.filter(conditions).order_by().values("row", "column").annotate(number=Sum("entries"))
    return {(row, column): number for row, column, number in counted.values_list("row", "column", "number")}
