"""The index: organisations and where their entries stand, with how many they have."""

from actionlines.reports.draft import Draft
from actionlines.reports.model import Cell, Paragraph, Section
from actionlines.text import fold


def index(draft: Draft, number: str) -> Section:
    """Each organisation with its countries, its action lines and its entries."""
    words, tally = draft.words, draft.tally
    heads = [draft.head(key) for key in ("organisation", "countries", "lines", "entries")]
    rows = [heads]
    for key in sorted(tally.values("organisation", tally.by_id)):
        name = tally.spelt[key]
        label = draft.say("cell.organisation", organisation=words.name(name))
        figure = draft.count(f"organisation.{key}", label, organisation=key)
        rows.append(
            [
                Cell(words.name(name), head=True),
                Cell(words.codes(sorted(tally.values("country", figure.records), key=fold))),
                draft.codes(draft.wsis, draft.lines_of(figure.records)),
                draft.number(figure),
            ]
        )
    title = draft.say("index.title")
    if len(rows) == 1:
        return Section("index", title, (Paragraph(draft.say("index.none"), "note"),), number=number)
    table = draft.table(
        "table.index", draft.say("index.table"), rows, note=draft.say("index.note"), widths=(5, 1.6, 3, 1.1)
    )
    return Section("index", title, (table,), number=number)
