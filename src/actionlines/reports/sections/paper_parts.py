"""The parts of a meeting paper: summary, action required and references; background, policy, operations, conclusions.

Where people have written nothing the part says what the entries and the frameworks say; paragraphs are numbered
through the whole paper, as the papers of advisory groups are.
"""

from collections.abc import Sequence
from dataclasses import replace

from actionlines.reports.draft import Draft
from actionlines.reports.model import Block, Paragraph, Section
from actionlines.reports.sections.summary import summary


def head(draft: Draft, number: str) -> Section:
    """Summary, action required, references."""
    paper = draft.paper
    parts = [
        ("summary", (paper.summary or draft.say("paper.summary"),)),
        ("action", (paper.action or draft.say("paper.action"),)),
        ("references", paper.references or (draft.say("paper.no_references"),)),
    ]
    written = {
        "summary": bool(paper.summary),
        "action": bool(paper.action),
        "references": bool(paper.references),
    }
    sections = tuple(
        Section(
            f"paper-{name}",
            draft.say(f"paper.{name}_title"),
            tuple(
                Paragraph(
                    text,
                    "item" if name == "references" and written[name] else "body",
                    _spoken(draft, written[name]),
                )
                for text in texts
            ),
        )
        for name, texts in parts
    )
    return Section("paper", draft.say("paper.head_title"), _marked(draft), sections, number)


def background(draft: Draft, number: str) -> Section:
    """What the paper stands on."""
    return _part(draft, "background", number, draft.paper.background)


def policy(draft: Draft, number: str) -> Section:
    """What was decided."""
    return _part(draft, "policy", number, draft.paper.policy)


def operations(draft: Draft, number: str) -> Section:
    """What is being done: the entries counted, then what people wrote."""
    made = _part(draft, "operations", number, draft.paper.operations)
    counted = summary(draft, "")
    below = Section("paper-figures", draft.say("paper.figures_title"), counted.blocks)
    return replace(made, sections=(below,))


def conclusions(draft: Draft, number: str) -> Section:
    """What the meeting is asked to conclude."""
    return _part(draft, "conclusions", number, draft.paper.conclusions)


def _part(draft: Draft, name: str, number: str, written: Sequence[str]) -> Section:
    blocks: list[Block] = []
    for text in written or (draft.say(f"paper.{name}"),):
        place = draft.next_number("paragraph")
        language = _spoken(draft, bool(written))
        shown = str(place) if language else draft.words.number(place)
        blocks.append(Paragraph(f"{shown}\u2003{text}", "body", language))
    title = draft.say(f"paper.{name}_title")
    return Section(f"paper-{name}", title, tuple(blocks), number=number, continued=True)


def _spoken(draft: Draft, written: bool) -> str:
    """The language of what people wrote, '' where it is the report's or the report speaks."""
    language = draft.paper.language
    return language if written and language != draft.words.language else ""


def _marked(draft: Draft) -> tuple[Paragraph, ...]:
    """A note where the texts are in another language than the report."""
    language = draft.paper.language
    if language in ("", draft.words.language):
        return ()
    return (Paragraph(draft.say("paper.language", language=draft.words.language_name(language)), "note"),)
