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
    with postings() as held:
        selection = select(filters, held)
        counts = _counts(filters, rows, columns, selection.whole, held)
    return Matrix(rows, columns, counts, opened, selection.capped)


def opening(query: EntryQuery) -> tuple[EntryQuery, str]:
    """The filter whose entries the matrix counts, and the goal that opens to its targets.

    A goal that opens leaves no entry out, but where an outcome is asked for: that is asked for on this goal. Rows that
    are outcomes are linked to goals, not to targets, so no goal opens there and the goal filters like all else.
    """
    if query.framework != "wsis" or query.goal in {"", NONE}:
        return query, ""
    return (query if query.outcome else replace(query, goal="")), query.goal


def _counts(
    query: EntryQuery, rows: Sequence[Node], columns: Sequence[Node], passing: Mask, held: Postings
) -> dict[tuple[str, str], int]:
    """Distinct entries of each cell, row and column: an entry counts where its links to both are firm enough."""
    reached = {node.code: held.linked("sdg", [node.code], query.link_tier) & passing for node in columns}
    counted = {(MARGIN, column): count(mask) for column, mask in {MARGIN: passing, **reached}.items()}
    for row in rows:
        in_row = _row(query, row.code, "", held)
        counted[row.code, MARGIN] = count(in_row & passing)
        for column, mask in reached.items():
            if query.framework != "wsis":
                in_row = _row(query, row.code, column, held)
            counted[row.code, column] = count(in_row & mask)
    return {cell: number for cell, number in counted.items() if number}


def _row(query: EntryQuery, row: str, column: str, held: Postings) -> Mask:
    """The entries of a row: on the line, or on a line of one of the row's outcomes that serve the column's goal."""
    lines = (row,) if query.framework == "wsis" else _lines_of(row, column)
    return held.linked("wsis", lines, query.link_tier)


@cache
def _lines_of(row: str, goal: str) -> tuple[str, ...]:
    """The lines of an outcome or objective, through outcomes that serve the goal ('': any)."""
    known = catalogue()
    lines: set[str] = set()
    for node in known.frameworks["itu-d-2020"].walk(row):
        goals = {link.target for link in known.crosswalks["itu-d-2020-sdg"].links_from(node.code)}
        if node.kind == "outcome" and (not goal or goal in goals):
            lines |= {link.target for link in known.crosswalks["itu-d-2020-wsis"].links_from(node.code)}
    return tuple(sorted(lines))
