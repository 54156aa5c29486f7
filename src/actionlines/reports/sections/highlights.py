"""Highlights: the entries a reader should see first, one of each organisation."""

from typing import Final

from actionlines.reports.draft import Draft
from actionlines.reports.model import Cell, Paragraph, Section
from actionlines.reports.sections.entries import country_name, spoken
from actionlines.stocktaking.entry import Entry
from actionlines.text import fold

_SHOWN: Final = 8
_CHARACTERS: Final = 180
_RANK: Final = {"winner": 0, "champion": 1, "nominee": 2}


def highlights(draft: Draft, number: str) -> Section:
    """Winners before champions before others, those with measured results first, the latest first."""
    ranked = sorted(draft.tally.entries, key=_rank)  # a stable sort: the latest first
    chosen: dict[str, Entry] = {}
    for entry in ranked:
        chosen.setdefault(fold(entry.organisation) or entry.id, entry)
    rows = [_row(draft, entry) for entry in list(chosen.values())[:_SHOWN]]
    heads = [draft.head(key) for key in ("title", "organisation", "status", "result")]
    table = draft.table(
        "table.highlights", draft.say("highlights.table"), [heads, *rows], widths=(3, 2.6, 1.3, 4.6)
    )
    intro = Paragraph(draft.say("highlights.intro"))
    return Section("highlights", draft.say("highlights.title"), (intro, table), number=number)


def _rank(entry: Entry) -> tuple[int, bool, bool]:
    return _RANK.get(entry.status, 3), not entry.figures, not entry.results


def _row(draft: Draft, entry: Entry) -> list[Cell]:
    title, description, _ = spoken(entry, draft.words.language)
    owner = [draft.words.name(entry.organisation), country_name(draft, entry.country)]
    told = draft.say("list.separator").join(entry.figures) or entry.results or description
    return [
        Cell(draft.words.name(title), head=True),
        Cell(draft.say("list.meta").join(part for part in owner if part)),
        Cell(draft.say(f"status.{entry.status}")),
        Cell(draft.words.name(_short(told))),
    ]


def _short(text: str) -> str:
    """One line of at most 180 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _CHARACTERS:
        return line
    cut = line[:_CHARACTERS]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[_CHARACTERS // 2 :] else cut} …"
