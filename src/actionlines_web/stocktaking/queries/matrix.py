"""The matrix: rows (action lines, or outcomes of a plan) × goals, one goal opened to its targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from actionlines.frameworks import Node, catalogue
from actionlines_web.stocktaking.postings import Mask, Postings, count, postings
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery
from actionlines_web.stocktaking.queries.selection import select

MARGIN = "*"
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
    """Count the matrix of the entries that pass; a goal of the query is opened and leaves nothing out.

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
    with postings() as held:
        key = ("matrix", replace(query, problems=()))
        counts = held.remembered(key)
        if counts is None:
            counts = _counts(query, rows, columns, held)
            if not query.q:
                held.remember(key, counts)
    return Matrix(rows, columns, counts, query.goal)  # type: ignore[arg-type]


def _counts(
    query: EntryQuery, rows: Sequence[Node], columns: Sequence[Node], held: Postings
) -> dict[tuple[str, str], int]:
    """Distinct entries of each cell, row and column: an entry counts where its links to both are firm enough."""
    passing = select(replace(query, goal=""), held).whole
    reached = {node.code: held.linked("sdg", [node.code], query.tier) & passing for node in columns}
    counted = {}
    for row in (*(node.code for node in rows), MARGIN):
        if row == MARGIN and query.framework == "wsis":
            counted[row, MARGIN] = count(passing)
            counted |= {(row, column): count(mask) for column, mask in reached.items()}
            continue
        counted[row, MARGIN] = count(_row(query, row, "", held) & passing)
        for column, mask in reached.items():
            counted[row, column] = count(_row(query, row, column, held) & mask)
    return {cell: number for cell, number in counted.items() if number}


def _row(query: EntryQuery, row: str, column: str, held: Postings) -> Mask:
    """The entries of a row: on the line, or on a line of one of the row's outcomes that serve the column's goal."""
    lines = (row,) if query.framework == "wsis" else _lines_of(row, column)
    return held.linked("wsis", lines, query.tier)


@cache
def _lines_of(row: str, goal: str) -> tuple[str, ...]:
    """The lines of an outcome, an objective or ('*') all of them, through outcomes that serve the goal ('': any)."""
    known = catalogue()
    plan = known.frameworks["itu-d-2020"]
    nodes = plan.nodes if row == MARGIN else plan.walk(row)
    lines: set[str] = set()
    for node in nodes:
        goals = {link.target for link in known.crosswalks["itu-d-2020-sdg"].links_from(node.code)}
        if node.kind == "outcome" and (not goal or goal in goals):
            lines |= {link.target for link in known.crosswalks["itu-d-2020-wsis"].links_from(node.code)}
    return tuple(sorted(lines))
