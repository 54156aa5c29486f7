"""Who leads, helps and partners on an action line on the day of the report."""

from actionlines.reports.draft import Draft
from actionlines.reports.model import Cell, Paragraph, Section


def facilitators(draft: Draft, number: str) -> Section:
    """The roles on the line, as the catalogue knows them."""
    line = draft.wsis[draft.filters.line]
    roles = [
        role
        for role in draft.catalogue.roles_on(line.code)
        if role.status != "unverified" and role.holds_on(draft.made_on)
    ]
    title = draft.say("facilitators.title")
    if not roles:
        none = Paragraph(draft.say("facilitators.none"), "note")
        return Section("facilitators", title, (none,), number=number, continued=True)
    rows = [
        [
            Cell(_name(draft, role.organisation), head=True),
            Cell(draft.say(f"role.{role.role.replace(' ', '_').replace('-', '_')}")),
            Cell(_name(draft, role.inside) if role.inside else ""),
        ]
        for role in roles
    ]
    heads = [draft.head(key) for key in ("organisation", "role", "inside")]
    table = draft.table(
        "table.facilitators", draft.say("facilitators.table"), [heads, *rows], widths=(5, 2.5, 3)
    )
    return Section("facilitators", title, (table,), number=number, continued=True)


def _name(draft: Draft, code: str) -> str:
    named = draft.catalogue.organisations.get(code)
    shown = named.get(draft.words.language) if named else ""
    return draft.words.name(f"{shown} ({code})" if shown and shown != code else code)
