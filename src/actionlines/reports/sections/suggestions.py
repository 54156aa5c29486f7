"""What the matrix suggests beyond what the entries support; shown apart, counted nowhere else."""

from actionlines.reports.draft import Draft
from actionlines.reports.model import Cell, Figure, Paragraph, Section


def suggestions(draft: Draft, number: str) -> Section:
    """Goals the matrix implies from a linked line where no counted link names them."""
    counted = [
        (
            row,
            draft.count(
                f"suggested.{row.id}", draft.say("cell.suggested", goal=row.code), suggested_goal=row.id
            ),
        )
        for row in draft.goal_rows()[:-1]
    ]
    title = draft.say("suggestions.title")
    if not any(figure.value for _, figure in counted):
        return Section(
            "suggestions", title, (Paragraph(draft.say("suggestions.none"), "note"),), number=number
        )
    affected = _affected(draft, [figure for _, figure in counted])
    rows = [
        [draft.row_head(row), Cell(row.title), draft.number(figure)]
        for row, figure in counted
        if figure.value
    ]
    total = [draft.head("total"), Cell(""), draft.number(affected)]
    table = draft.table(
        "table.suggested",
        draft.say("suggestions.table"),
        [[draft.head("goal"), draft.head("title"), draft.head("entries")], *rows, total],
        note=draft.say("breakdown.overlap"),
        widths=(1.5, 7, 1.5),
        total=True,
    )
    intro = draft.say("suggestions.intro", entries=draft.entries(affected))
    return Section("suggestions", title, (Paragraph(intro, figures=(affected.id,)), table), number=number)


def _affected(draft: Draft, figures: list[Figure]) -> Figure:
    """The entries with any suggestion, each once."""
    records = {identifier for figure in figures for identifier in figure.records}
    figure = Figure(
        "suggested.all",
        draft.say("suggestions.table"),
        len(records),
        draft.query() | {"basis": ["matrix"]},
        tuple(sorted(records)),
    )
    draft.figures[figure.id] = figure
    return figure
