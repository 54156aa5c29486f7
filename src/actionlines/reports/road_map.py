"""The road map of an action line as a document, in the layout that facilitators have used since 2009.

First the vision, then the rows: activity, expected result, time frame, resources, partners and what is served; then,
by the same numbers, indicator, baseline, target and how each row stands. `formats.roadmaps` reads the document again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionlines.formats.roadmaps import time_frame
from actionlines.frameworks import catalogue
from actionlines.reports.model import Block, Cell, Paragraph, Report, Section, Table
from actionlines.reports.sections.method import SOFTWARE
from actionlines.reports.wording import Wording, wording
from actionlines.results.roadmap import Activity, standing

KIND: Final = "road-map"
_FIRST: Final = ("number", "activity", "expected", "time", "resources", "partners", "links")
_FIRST_WIDTHS: Final = (0.7, 2.6, 2.4, 1.2, 1.5, 1.5, 1.0)
_SECOND: Final = ("number", "indicator", "baseline", "target", "state", "percent")
_SECOND_WIDTHS: Final = (0.7, 3.0, 1.6, 1.6, 1.3, 0.9)


@dataclass(frozen=True, slots=True)
class RoadMapDocument:
    """What is printed.

    Attributes:
        line, cycle: of the road map.
        vision, rows: as the road map has them.
        language: of its texts.
        version, published_on: of the published version that says the same; 0 and None where none does.
        draft: whether it is not published at all, which every page then says.
    """

    line: str
    cycle: str
    vision: str
    rows: Sequence[Activity]
    language: str
    version: int = 0
    published_on: date | None = None
    draft: bool = False


def build(document: RoadMapDocument, *, language: str, today: date) -> Report:
    """The report of a road map, its heads in `language`, its texts as they were written.

    Raises:
        InputError: an unknown language.
    """
    words = wording(KIND, language)
    name = catalogue().frameworks["wsis"][document.line].title.get(language)
    cover = [
        words.say("cover.date", date=words.day(today)),
        words.say("cover.software", software=words.name(SOFTWARE)),
    ]
    if document.published_on:
        published = words.say("version", number=document.version, day=words.day(document.published_on))
        cover.insert(0, published)
    vision: tuple[Block, ...] = tuple(
        Paragraph(part, "body", document.language) for part in document.vision.splitlines() if part.strip()
    )
    sections = (
        Section("vision", words.say("vision"), vision or (Paragraph(words.say("none"), "note"),), number="1"),
        Section(
            "standing", words.say("facts"), _standing(document, words, today), number="2", continued=True
        ),
        Section(
            "activities",
            words.say("activities"),
            (_table("activities", words, document.rows, _FIRST, _FIRST_WIDTHS, words.say("table")),),
            number="3",
            continued=True,
        ),
        Section(
            "measures",
            words.say("measure"),
            (_table("measures", words, document.rows, _SECOND, _SECOND_WIDTHS, words.say("measure_table")),),
            number="4",
            continued=True,
        ),
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
        words.say("title", line=words.code(document.line), name=name, cycle=words.code(document.cycle)),
        words.say("subtitle"),
        sections,
        {},
        {"line": document.line, "cycle": document.cycle, "version": document.version},
        today,
        tuple(cover),
        words.say("draft") if document.draft else "",
        labels,
    )


def _standing(document: RoadMapDocument, words: Wording, today: date) -> tuple[Block, ...]:
    now = standing(document.rows, today)
    said = [words.say("rows", n=now.rows)]
    if now.percent is not None and now.expected is not None:
        said.append(words.say("done", percent=round(now.percent), expected=round(now.expected)))
    elif now.percent is not None:
        said.append(words.say("done_only", percent=round(now.percent)))
    if now.late:
        said.append(words.say("late", numbers=words.codes(now.late)))
    return tuple(Paragraph(text, "item") for text in said)


def _table(
    identifier: str,
    words: Wording,
    rows: Sequence[Activity],
    columns: Sequence[str],
    widths: tuple[float, ...],
    caption: str,
) -> Table:
    heads = tuple(Cell(words.say(f"head.{name}"), head=True) for name in columns)
    cells = tuple(tuple(_cell(row, name, words) for name in columns) for row in rows)
    return Table(identifier, caption, (heads, *cells), widths=widths)


def _cell(row: Activity, name: str, words: Wording) -> Cell:
    if name == "number":
        return Cell(row.number, head=True, code=True)
    if name == "time":
        frame = time_frame(row.start, row.end)
        return Cell(words.code(frame) if frame else "")
    if name == "links":
        return Cell(words.codes(row.links))
    if name == "state":
        return Cell(words.say(f"state.{row.state}"))
    if name == "percent":
        return Cell(words.code(str(row.percent)))
    return Cell(words.name(getattr(row, name)))
