"""Entries by line, by goal, by region and year: a chart and a table of each."""

from collections.abc import Sequence

from actionlines.reports import charts
from actionlines.reports.draft import Draft, Row
from actionlines.reports.model import Block, Cell, Chart, Figure, Section, Table
from actionlines.reports.sections.regions import regions
from actionlines.reports.tally import NONE

_WIDTHS = (1.5, 5.0, 1.05, 3.6)

Counted = Sequence[tuple[Row, Figure]]


def breakdown(draft: Draft, number: str) -> Section:
    """Distinct entries along each dimension."""
    parts = (
        _along(draft, "line", draft.line_rows(), f"{number}.1"),
        _along(draft, "goal", draft.goal_rows(), f"{number}.2"),
        regions(draft, f"{number}.3"),
    )
    return Section("breakdown", draft.say("breakdown.title"), sections=parts, number=number)


def _along(draft: Draft, dimension: str, rows: Sequence[Row], number: str) -> Section:
    counted = [(row, draft.count_row(dimension, row)) for row in rows]
    blocks: list[Block] = []
    if any(figure.value for row, figure in counted if row.id != NONE):
        blocks.append(_chart(draft, dimension, [(row, figure) for row, figure in counted if row.id != NONE]))
    blocks.append(_table(draft, dimension, counted))
    return Section(f"by-{dimension}", draft.say(f"breakdown.by_{dimension}"), tuple(blocks), number=number)


def _chart(draft: Draft, dimension: str, counted: Counted) -> Chart:
    row, most = max(counted, key=lambda pair: pair[1].value)
    items = [
        charts.Bar(row.name, int(figure.value), draft.words.number(figure.value)) for row, figure in counted
    ]
    return draft.chart(
        f"chart.{dimension}",
        draft.say(f"breakdown.by_{dimension}"),
        charts.bars(items, axis=draft.say("head.entries"), language=draft.words.language),
        alternative=draft.say("breakdown.alternative", name=row.name, entries=draft.entries(most)),
        table=f"table.{dimension}",
    )


def _table(draft: Draft, dimension: str, counted: Counted) -> Table:
    """The rows with their entries, and beside them the goals of a line or the targets of a goal they reach."""
    beside = "goals" if dimension == "line" else "targets"
    heads = [draft.head(dimension), draft.head("title"), draft.head("entries"), draft.head(beside)]
    body = [
        [draft.row_head(row), Cell(row.title), draft.number(figure), _reached(draft, dimension, row, figure)]
        for row, figure in counted
    ]
    everything = draft.number(draft.count("all.entries", draft.say("cell.all")))
    return draft.table(
        f"table.{dimension}",
        draft.say(f"breakdown.by_{dimension}_table"),
        [heads, *body, [draft.head("total"), Cell(""), everything, Cell("")]],
        note=draft.say("breakdown.overlap"),
        widths=_WIDTHS,
        total=True,
    )


def _reached(draft: Draft, dimension: str, row: Row, figure: Figure) -> Cell:
    if dimension == "line":
        return draft.codes(draft.sdg, draft.tally.values("goal", figure.records))
    targets = draft.tally.values("target", figure.records)
    return draft.codes(draft.sdg, (code for code in targets if draft.sdg.root_of(code).code == row.id))
