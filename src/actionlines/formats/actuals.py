"""What was measured, in tables: csv, xlsx or ods in, csv and xlsx out; one row for each indicator, period and part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from actionlines.formats.tabular.table import Row, Table
from actionlines.problems import InputError, Problem, marked
from actionlines.results.aggregation import Measure
from actionlines.results.framework import MOST
from actionlines.text import fold

COLUMNS: Final[tuple[str, ...]] = ("indicator", "period", "part", "value", "weight", "members", "narrative")
_NEEDED: Final = ("indicator", "period", "value")
_MOST_TEXT: Final = 10_000
# Digits behind the point that a site keeps.
_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class ActualRow:
    """A row: whose figure of which period, for all (part '') or for one part, and its place in the file."""

    indicator: str
    period: str
    part: str
    measure: Measure
    narrative: str = ""
    row: int | None = None


def read_actuals(table: Table) -> list[ActualRow]:
    """The rows of a table of actuals.

    Raises:
        InputError: a column is missing, or what is wrong in which cell: all of it, and nothing is taken then.
    """
    headings = [fold(cell).strip() for cell in table.columns]
    places = {name: headings.index(name) for name in COLUMNS if name in headings}
    problems = [
        Problem(
            marked("the column “%(field)s” is missing."),
            {"field": name, "found": ", ".join(table.columns)},
            table.name,
            table.header_row,
            expected=marked("a column “%(field)s”; found: %(found)s."),
        )
        for name in _NEEDED
        if name not in places
    ]
    if problems:
        raise InputError(problems)
    found: list[ActualRow] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in table.rows:
        item = _row(table, places, row, problems)
        key = (item.indicator, item.period, item.part)
        if key in seen:
            problems.append(
                Problem(
                    marked("the figure of row %(twin)d stands here again."),
                    {"twin": seen[key]},
                    table.name,
                    row.number,
                    "indicator",
                    marked("each indicator, period and part once."),
                )
            )
        seen.setdefault(key, row.number)
        found.append(item)
    problems.extend(table.problems)
    if not found and not problems:
        problems.append(Problem(marked("the file holds a header and no row below it."), {}, table.name))
    if problems:
        raise InputError(problems)
    return found


def rows_of(actuals: Iterable[ActualRow]) -> list[list[str]]:
    """A row for each actual under the names of COLUMNS, as `read_actuals` reads them again."""
    return [
        [
            *(item.indicator, item.period, item.part),
            *(_written(item.measure.value), _written(item.measure.weight)),
            *("; ".join(sorted(item.measure.members)), item.narrative),
        ]
        for item in actuals
    ]


def _written(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def members_of(text: str) -> frozenset[str]:
    """'SEN; MLI' → its members."""
    return frozenset(part.strip() for part in text.replace(",", ";").split(";") if part.strip())


def _row(table: Table, places: dict[str, int], row: Row, problems: list[Problem]) -> ActualRow:
    def cell(name: str) -> str:
        place = places.get(name)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def wrong(name: str, expected: str, **values: object) -> None:
        told = {"said": cell(name)[:60], **values}
        problems.append(
            Problem(marked("“%(said)s” cannot stand here."), told, table.name, row.number, name, expected)
        )

    def number(name: str) -> Decimal | None:
        text = cell(name)
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) >= MOST:
            wrong(name, marked("a number such as 1234.5."))
            return None
        return round(found, _PLACES)

    problems.extend(
        Problem(marked("“%(key)s” is missing."), {"key": name}, table.name, row.number, name)
        for name in ("indicator", "period")
        if not cell(name)
    )
    weight, members = number("weight"), members_of(cell("members"))
    if weight is not None and weight < 0:
        wrong("weight", marked("a number that is not below 0."))
    value = number("value")
    if not cell("value") and not members:
        problems.append(
            Problem(
                marked("“%(key)s” is missing."),
                {"key": "value"},
                table.name,
                row.number,
                "value",
                marked("a number, or members."),
            )
        )
    if len(cell("narrative")) > _MOST_TEXT:
        wrong("narrative", marked("at most %(most)d characters."), most=_MOST_TEXT)
    return ActualRow(
        cell("indicator"),
        cell("period"),
        cell("part"),
        Measure(value, weight, members),
        cell("narrative"),
        row.number,
    )


def by_report(rows: Sequence[ActualRow]) -> dict[tuple[str, str], list[ActualRow]]:
    """The rows of each indicator and period, in their order."""
    found: dict[tuple[str, str], list[ActualRow]] = {}
    for item in rows:
        found.setdefault((item.indicator, item.period), []).append(item)
    return found
