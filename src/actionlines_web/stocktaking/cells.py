"""Counting the matrix: which cells an entry touches, and keeping the counts beside the entries.

An entry stands once in each cell, however many targets of the goal it names; margins ('*') hold distinct entries.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import connection

from actionlines.frameworks import catalogue
from actionlines_web.stocktaking.models import Entry, EntryLink, MatrixCell, Tier

MARGIN = "*"
GOAL_LEVEL = "goal"

# (rows, level, row, column, tier, region, country, year, stakeholder type)
CellKey = tuple[str, str, str, str, int, str, str, int, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the matrix needs to know of an entry: where it stands and its firmest tier per line and per goal or target."""

    country: str
    region: str
    year: int
    stakeholder_type: str
    lines: Mapping[str, int]
    targets: Mapping[str, int]


@cache
def _outcomes() -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    """Outcome, its objective, its lines and its goals."""
    known = catalogue()
    by_line, by_goal = known.crosswalks["itu-d-2020-wsis"], known.crosswalks["itu-d-2020-sdg"]
    return tuple(
        (
            node.code,
            node.parent or MARGIN,
            frozenset(link.target for link in by_line.links_from(node.code)),
            frozenset(link.target for link in by_goal.links_from(node.code)),
        )
        for node in known.frameworks["itu-d-2020"].of_kind("outcome")
    )


def _goal_of(target: str) -> str:
    return target.split(".", 1)[0]


def cells_of(standing: Standing) -> set[CellKey]:
    """Every cell the entry touches, each with the firmest tier at which it does.

    The row '*' stands once, under 'wsis': it holds every entry, whatever the other rows are.
    """
    firmest: dict[tuple[str, str, str, str], int] = {}

    def touch(rows: str, row: str, column: str, tier: int) -> None:
        level = _goal_of(column) if "." in column else GOAL_LEVEL
        key = (rows, level, row, column)
        firmest[key] = min(tier, firmest.get(key, tier))

    # The margins count an entry even when no line is known, and the whole counts every entry.
    touch("wsis", MARGIN, MARGIN, Tier.DECLARED)
    for target, target_tier in standing.targets.items():
        touch("wsis", MARGIN, target, target_tier)
    for line, line_tier in standing.lines.items():
        touch("wsis", line, MARGIN, line_tier)
        for target, target_tier in standing.targets.items():
            touch("wsis", line, target, max(line_tier, target_tier))
    for outcome, objective, lines, goals in _outcomes():
        line_tier = min((tier for line, tier in standing.lines.items() if line in lines), default=0)
        if not line_tier:
            continue
        for row in (outcome, objective):
            touch("itu-d-2020", row, MARGIN, line_tier)
            for target, target_tier in standing.targets.items():
                if target in goals:
                    touch("itu-d-2020", row, target, max(line_tier, target_tier))
    place = (standing.region, standing.country, standing.year, standing.stakeholder_type)
    return {(rows, level, row, column, tier, *place) for (rows, level, row, column), tier in firmest.items()}


def standings(entries: Iterable[Entry], weakest: int | None = None) -> dict[int, Standing]:
    """The standing of each entry by its primary key, by its links (up to a tier); reads them in slices."""
    found = list(entries)
    lines: dict[int, dict[str, int]] = {entry.pk: {} for entry in found}
    targets: dict[int, dict[str, int]] = {entry.pk: {} for entry in found}
    for start in range(0, len(found), 500):
        keys = [entry.pk for entry in found[start : start + 500]]
        links = EntryLink.objects.filter(entry_id__in=keys)
        if weakest is not None:
            links = links.filter(tier__lte=weakest)
        rows = links.values_list("entry_id", "framework", "node", "tier")
        for entry_id, framework, node, tier in rows:
            if framework == "wsis":
                lines[entry_id][node] = tier
            elif framework == "sdg":
                targets[entry_id][node] = tier
    return {
        entry.pk: Standing(
            entry.country,
            entry.region,
            entry.year,
            entry.stakeholder_type,
            lines[entry.pk],
            targets[entry.pk],
        )
        for entry in found
    }


def count(standings_: Iterable[Standing]) -> Counter[CellKey]:
    """The cells of many entries, counted."""
    counted: Counter[CellKey] = Counter()
    for standing in standings_:
        counted.update(cells_of(standing))
    return counted


def with_totals(counted: Mapping[CellKey, int]) -> Counter[tuple[str, CellKey]]:
    """The counted cells in scope 'part', and in scope 'all' their sums over every place, year and type."""
    scoped: Counter[tuple[str, CellKey]] = Counter()
    for key, number in counted.items():
        scoped["part", key] += number
        scoped["all", (*key[:5], "", "", 0, "")] += number
    return scoped


_UPSERT = """
INSERT INTO stocktaking_matrixcell
  (scope, "rows", level, "row", "column", tier, region, country, year, stakeholder_type, entries)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (scope, "rows", level, "row", "column", tier, region, country, year, stakeholder_type)
DO UPDATE SET entries = stocktaking_matrixcell.entries + excluded.entries
"""
_LOWER = """
UPDATE stocktaking_matrixcell SET entries = entries - %s
WHERE scope = %s AND "rows" = %s AND level = %s AND "row" = %s AND "column" = %s AND tier = %s
  AND region = %s AND country = %s AND year = %s AND stakeholder_type = %s
"""


def adjust(before: Mapping[CellKey, int], after: Mapping[CellKey, int]) -> None:
    """Move the kept counts from `before` to `after` (both as `count` gives them), inside the caller's transaction.

    Cells are written in one order, so that two writers on PostgreSQL cannot lock each other out.
    """
    change = Counter(after)
    change.subtract(before)
    scoped = sorted((scope, key, number) for (scope, key), number in with_totals(change).items() if number)
    with connection.cursor() as cursor:
        raised = [(scope, *key, number) for scope, key, number in scoped if number > 0]
        if raised:
            cursor.executemany(_UPSERT, raised)
        lowered = [(-number, scope, *key) for scope, key, number in scoped if number < 0]
        if lowered:
            cursor.executemany(_LOWER, lowered)
            MatrixCell.objects.filter(entries=0).delete()
