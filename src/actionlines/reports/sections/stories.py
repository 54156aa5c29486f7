"""The success stories: every honoured entry at length under the first of its action lines."""

from collections.abc import Iterator
from typing import Final

from actionlines.reports.draft import Draft
from actionlines.reports.model import EntryBlock, LinkGroup, Section
from actionlines.reports.sections.entries import block_of
from actionlines.reports.tally import NONE
from actionlines.stocktaking.entry import Entry

_TOLD: Final = ("beneficiaries", "results", "replicability", "sustainability")


def stories(draft: Draft, number: str) -> Section:
    """Each entry once, with its results and whom it serves."""
    told: set[str] = set()
    parts = []
    for row in draft.line_rows():
        wanted = set(draft.tally.records(**row.query)) - told
        blocks = tuple(_story(draft, entry) for entry in draft.tally.entries if entry.id in wanted)
        told |= wanted
        if blocks and row.id == NONE:
            parts.append(Section("stories-none", draft.say("entries.without_line"), blocks))
        elif blocks:
            parts.append(Section(f"stories-{row.id}", row.title, blocks, number=row.id))
    return Section("stories", draft.say("stories.title"), sections=tuple(parts), number=number)


def _story(draft: Draft, entry: Entry) -> EntryBlock:
    return block_of(draft, entry, more=tuple(_told(draft, entry)))


def _told(draft: Draft, entry: Entry) -> Iterator[LinkGroup]:
    name = draft.words.name
    for field in _TOLD:
        if text := getattr(entry, field):
            yield LinkGroup(draft.say(f"stories.{field}"), (name(" ".join(text.split())),))
    if entry.figures:
        yield LinkGroup(draft.say("stories.figures"), tuple(map(name, entry.figures)))
    if entry.partners:
        yield LinkGroup(draft.say("stories.partners"), tuple(map(name, entry.partners)))
