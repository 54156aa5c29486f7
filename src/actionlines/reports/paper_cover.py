"""The cover page of a contribution to a meeting, in the layout of the meeting paper: its head, then the boxed parts."""

from datetime import date
from typing import Final

from actionlines.reports.model import Block, Paragraph, Report, Section
from actionlines.reports.paper import Paper
from actionlines.reports.wording import Wording, wording

KIND: Final = "meeting-paper"


def build(paper: Paper, *, language: str, today: date, notice: str = "") -> Report:
    """The cover as a report.

    Args:
        paper: its head, summary, action and references; its language is that of the texts.
        language: of what the page itself says.
        today: the day of the document.
        notice: what every page should carry, such as that it is restricted.

    Raises:
        InputError: an unknown language.
    """
    words = wording(KIND, language)
    spoken = paper.language if paper.language != language else ""
    when = words.say("list.meta").join(part for part in (paper.place, paper.dates) if part)
    cover = [
        *filter(None, (paper.meeting, when)),
        *([words.say("paper.document", number=words.code(paper.number))] if paper.number else []),
        *([words.say("paper.source", source=words.name(paper.source))] if paper.source else []),
        words.say("cover.date", date=words.day(today)),
    ]
    sections = (
        _part("summary", words, paper.summary.splitlines(), spoken),
        _part("action", words, paper.action.splitlines(), spoken),
        _part("references", words, paper.references, spoken, style="item", nothing="no_references"),
    )
    labels = {
        "contents": words.say("label.contents"),
        "page": words.say("label.page", page="{page}", pages="{pages}"),
        "source": words.say("label.source"),
        "identifier": words.say("label.identifier", id="{id}"),
        "separator": words.say("list.separator"),
    }
    return Report(
        KIND,
        language,
        paper.title,
        words.say("report.subtitle"),
        sections,
        {},
        {"document": paper.number},
        today,
        tuple(cover),
        notice,
        labels,
    )


def _part(
    name: str,
    words: Wording,
    texts: tuple[str, ...] | list[str],
    language: str,
    *,
    style: str = "body",
    nothing: str = "",
) -> Section:
    blocks: tuple[Block, ...] = tuple(Paragraph(text, style, language) for text in texts if text.strip())
    if not blocks:
        blocks = (Paragraph(words.say(f"paper.{nothing}") if nothing else words.say("list.none"), "note"),)
    return Section(f"paper-{name}", words.say(f"paper.{name}_title"), blocks, continued=True)
