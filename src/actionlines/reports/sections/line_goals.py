"""The goals an action line reaches, beside those the official matrix expects of it."""

from actionlines.reports import charts
from actionlines.reports.draft import Draft
from actionlines.reports.model import Block, Cell, Paragraph, Section
from actionlines.reports.tally import NONE


def line_goals(draft: Draft, number: str) -> Section:
    """A row for each goal: the entries that reach it, the targets they name, the targets of the matrix."""
    line = draft.filters.line
    expected = {
        link.target
        for node in (draft.wsis[line], *draft.wsis.children(line))
        for link in draft.catalogue.crosswalks["wsis-sdg"].links_from(node.code)
    }
    counted = [(row, draft.count_row("goal", row)) for row in draft.goal_rows()]
    rows = []
    for row, figure in counted:
        named = draft.tally.values("target", figure.records)
        rows.append(
            [
                draft.row_head(row),
                Cell(row.title),
                draft.number(figure),
                draft.codes(draft.sdg, (code for code in named if draft.sdg.root_of(code).code == row.id)),
                draft.codes(draft.sdg, (code for code in expected if draft.sdg.root_of(code).code == row.id)),
            ]
        )
    everything = draft.number(draft.count("all.entries", draft.say("cell.all")))
    table = draft.table(
        "table.goal",
        draft.say("line_goals.table"),
        [
            [draft.head(key) for key in ("goal", "title", "entries", "targets", "expected")],
            *rows,
            [draft.head("total"), Cell(""), everything, Cell(""), Cell("")],
        ],
        note=draft.say("breakdown.overlap"),
        widths=(1.2, 3.6, 1.3, 2.6, 2.6),
        total=True,
    )
    blocks: list[Block] = [Paragraph(draft.say("line_goals.intro")), table]
    most, figure = max(counted[:-1], key=lambda pair: pair[1].value)
    if figure.value:
        bars = [
            charts.Bar(row.name, int(found.value), draft.words.number(found.value))
            for row, found in counted
            if row.id != NONE
        ]
        chart = draft.chart(
            "chart.goal",
            draft.say("breakdown.by_goal"),
            charts.bars(bars, axis=draft.say("head.entries"), language=draft.words.language),
            alternative=draft.say("breakdown.alternative", name=most.name, entries=draft.entries(figure)),
            table="table.goal",
        )
        blocks.insert(1, chart)
    return Section("line-goals", draft.say("line_goals.title"), tuple(blocks), number=number)
