"""The entries, under each action line they are linked to or under their regions, with what they contribute to."""

from collections.abc import Sequence

from actionlines.alignment.link import Link
from actionlines.frameworks.areas import area, region_names
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
            blocks.append(block_of(draft, entry, described.get(entry.id, "")))
            described.setdefault(entry.id, row.code)
    if row.id == NONE:
        return Section("entries-none", draft.say("entries.without_line"), tuple(blocks))
    return Section(f"entries-{row.id}", row.title, tuple(blocks), number=row.id)


def entries_by_region(draft: Draft, number: str) -> Section:
    """Every entry once, under the region of its country."""
    names = {code: name.get(draft.words.language) for code, name in region_names().items()}
    parts = []
    for region in (*names, NONE):
        shown = names.get(region, draft.say("head.no_region"))
        label = draft.say("cell.region", region=shown)
        figure = draft.count(f"region.{region}", label, region=region)
        if figure.records:
            count = Paragraph(
                draft.say("entries.count_region", entries=draft.entries(figure)), "note", figures=(figure.id,)
            )
            blocks = [block_of(draft, draft.tally.by_id[name]) for name in _in_order(draft, figure)]
            parts.append(Section(f"entries-{region}", shown, (count, *blocks)))
    return Section("entries", draft.say("entries.title_region"), sections=tuple(parts), number=number)


def _in_order(draft: Draft, figure: Figure) -> list[str]:
    wanted = set(figure.records)
    return [entry.id for entry in draft.tally.entries if entry.id in wanted]


def block_of(
    draft: Draft, entry: Entry, described_under: str = "", more: tuple[LinkGroup, ...] = ()
) -> EntryBlock:
    """An entry as the report prints it, in the report's language where it has been translated.

    Args:
        draft: the report in the making.
        entry: the entry.
        described_under: the code of the line under which it has been described before, or ''.
        more: what is printed before its links.
    """
    title, description, language = spoken(entry, draft.words.language)
    foreign = language not in ("", draft.words.language)
    meta = [
        draft.words.name(entry.organisation),
        country_name(draft, entry.country),
        draft.words.code(str(entry.year)) if entry.year is not None else "",
        draft.say(f"status.{entry.status}"),
        draft.words.language_name(language) if foreign else "",
    ]
    return EntryBlock(
        entry.id,
        title,
        language,
        draft.say("list.meta").join(part for part in meta if part),
        "" if described_under else description,
        (*more, *_links(draft, entry)),
        draft.say("entries.described", line=described_under) if described_under else "",
        entry.source if not described_under else "",
    )


def spoken(entry: Entry, language: str) -> tuple[str, str, str]:
    """Title, description and their language: the report's where both have been translated, else the entry's own."""
    for found in entry.translations:
        if found.language == language and found.title and (found.description or not entry.description):
            return found.title, found.description, language
    return entry.title, entry.description, entry.language


def country_name(draft: Draft, code: str) -> str:
    """The country in the report's language; the code where it is unknown, '' for none."""
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
