"""The matrix: action lines by goals, as a picture and as numbers."""

from collections.abc import Mapping

from actionlines.reports import charts, palette
from actionlines.reports.draft import Draft, Row
from actionlines.reports.model import Block, Cell, Chart, Figure, Paragraph, Section
from actionlines.reports.tally import NONE

_WIDTHS = {"head": 3.9, "cell": 1.0, "total": 2.0}

Cells = Mapping[tuple[str, str], Figure]
Levels = Mapping[tuple[str, str], int]


def matrix(draft: Draft, number: str) -> Section:
    """Entries on both a line and a goal: cells count mentions, totals count distinct entries."""
    lines, goals = draft.line_rows(), draft.goal_rows()
    cells = {(line.id, goal.id): _cell(draft, line, goal) for line in lines for goal in goals}
    levels = _levels(cells)
    table = draft.table(
        "table.matrix",
        draft.say("matrix.table"),
        [_heads(draft, goals), *_body(draft, lines, goals, cells, levels), _totals(draft, goals)],
        note=draft.say("matrix.note"),
        widths=(_WIDTHS["head"], *[_WIDTHS["cell"]] * (len(goals) - 1), _WIDTHS["total"], _WIDTHS["total"]),
        kind="heat",
        total=True,
    )
    blocks: list[Block] = [Paragraph(draft.say("matrix.intro")), Paragraph(draft.say("matrix.rule"), "note")]
    if any(levels.values()):
        blocks.append(_chart(draft, lines, goals, cells, levels))
    return Section("matrix", draft.say("matrix.title"), (*blocks, table), number=number)


def _cell(draft: Draft, line: Row, goal: Row) -> Figure:
    label = draft.say("cell.cell", line=line.code, goal=goal.code)
    if NONE in (line.id, goal.id):
        label = f"{line.label}; {goal.label}"
    counting = "entries" if NONE in (line.id, goal.id) else "mentions"
    return draft.count(f"cell.{line.id}.{goal.id}", label, counting=counting, **line.query, **goal.query)


def _levels(cells: Cells) -> Levels:
    """How dark each cell is; the entries without a line or a goal stay without colour."""
    largest = max(figure.value for place, figure in cells.items() if NONE not in place)
    return {
        place: 0 if NONE in place else palette.level(figure.value, largest) for place, figure in cells.items()
    }


def _heads(draft: Draft, goals: list[Row]) -> list[Cell]:
    return [draft.head("line"), *(draft.row_head(goal) for goal in goals), draft.head("total")]


def _body(draft: Draft, lines: list[Row], goals: list[Row], cells: Cells, levels: Levels) -> list[list[Cell]]:
    return [
        [
            draft.row_head(line),
            *(draft.number(cells[line.id, goal.id], level=levels[line.id, goal.id]) for goal in goals),
            draft.number(draft.count_row("line", line)),
        ]
        for line in lines
    ]


def _totals(draft: Draft, goals: list[Row]) -> list[Cell]:
    everything = draft.number(draft.count("all.entries", draft.say("cell.all")))
    return [draft.head("total"), *(draft.number(draft.count_row("goal", goal)) for goal in goals), everything]


def _chart(draft: Draft, lines: list[Row], goals: list[Row], cells: Cells, levels: Levels) -> Chart:
    line, goal = max(
        ((line, goal) for line in lines for goal in goals if NONE not in (line.id, goal.id)),
        key=lambda pair: cells[pair[0].id, pair[1].id].value,
    )
    tiles = [
        charts.Tile(
            row.name,
            column.id,
            int(cells[row.id, column.id].value),
            draft.words.number(cells[row.id, column.id].value),
            levels[row.id, column.id],
        )
        for row in lines
        for column in goals
        if NONE not in (row.id, column.id)
    ]
    most = draft.entries(cells[line.id, goal.id])
    return draft.chart(
        "chart.matrix",
        draft.say("matrix.chart"),
        charts.heat(tiles, axis=draft.say("head.goal"), language=draft.words.language),
        alternative=draft.say("matrix.alternative", line=line.code, goal=goal.code, entries=most),
        table="table.matrix",
    )
