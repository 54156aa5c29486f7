"""The entries, under each action line they are linked to, with what they contribute to."""

from collections.abc import Sequence

from actionlines.alignment.link import Link
from actionlines.frameworks.areas import area
from actionlines.frameworks.framework import Framework
from actionlines.reports.draft import Draft, Row
from actionlines.reports.model import EntryBlock, Figure, LinkGroup, Paragraph, Section
from actionlines.reports.tally import NONE
from actionlines.stocktaking.entry import Entry


def entries_by_line(draft: Draft, number: str) -> Section:
    """Every entry under every line of its links; described in full where it first appears."""
    described: dict[str, str] = {}
    parts = []
    for row in draft.line_rows():
        figure = draft.count_row("line", row)
        if figure.records:
            parts.append(_of_line(draft, row, figure, described))
    return Section(
        "entries",
        draft.say("entries.title"),
        (Paragraph(draft.say("entries.intro")),),
        tuple(parts),
        number=number,
    )


def _of_line(draft: Draft, row: Row, figure: Figure, described: dict[str, str]) -> Section:
    """The entries of one line, the latest first; `described` remembers where each entry was described."""
    wanted = set(figure.records)
    blocks: list[Paragraph | EntryBlock] = []
    if row.id != NONE:
        sentence = draft.say("entries.count", entries=draft.entries(figure))
        blocks.append(Paragraph(sentence, "note", figures=(figure.id,)))
    for entry in draft.tally.entries:
        if entry.id in wanted:
            blocks.append(_block(draft, entry, described.get(entry.id, "")))
            described.setdefault(entry.id, row.code)
    if row.id == NONE:
        return Section("entries-none", draft.say("entries.without_line"), tuple(blocks))
    return Section(f"entries-{row.id}", row.title, tuple(blocks), number=row.id)


def _block(draft: Draft, entry: Entry, described_under: str) -> EntryBlock:
    meta = [
        draft.words.name(entry.organisation),
        _country(draft, entry.country),
        draft.words.code(str(entry.year)) if entry.year is not None else "",
        draft.say(f"status.{entry.status}"),
    ]
    return EntryBlock(
        entry.id,
        entry.title,
        entry.language,
        draft.say("list.meta").join(part for part in meta if part),
        "" if described_under else entry.description,
        _links(draft, entry),
        draft.say("entries.described", line=described_under) if described_under else "",
        entry.source if not described_under else "",
    )


def _country(draft: Draft, code: str) -> str:
    try:
        return area(code).names.get(draft.words.language) if code else ""
    except KeyError:
        return code


def _links(draft: Draft, entry: Entry) -> tuple[LinkGroup, ...]:
    links = draft.tally.links[entry.id]
    lines = _marked(draft, draft.wsis, [link for link in links if link.framework == "wsis"])
    goals = _marked(draft, draft.sdg, [link for link in links if link.framework == "sdg"])
    groups = [LinkGroup(draft.say("entries.lines"), lines)] if lines else []
    groups.append(LinkGroup(draft.say("entries.goals"), goals or (draft.say("entries.no_links"),)))
    return tuple(groups)


def _marked(draft: Draft, framework: Framework, links: Sequence[Link]) -> tuple[str, ...]:
    """'9.c (cited)' for each link, in reading order; a node is left out where a node below it is linked."""
    known = [link for link in links if link.node in framework]
    above = {node.code for link in known for node in framework.ancestors(link.node)}
    known.sort(key=lambda link: framework[link.node].order)
    return tuple(
        draft.say(
            "list.based", code=draft.words.code(link.node), basis=draft.say(f"basis.{link.basis.value}")
        )
        for link in known
        if link.node not in above
    )
