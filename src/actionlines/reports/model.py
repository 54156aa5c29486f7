"""The model of a report: figures with provenance, tables, charts and text in sections; no layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number with the way back to what it counts.

    Attributes:
        id: stable name inside the report, such as 'cell.C2.9'.
        label: what the number says, in the report's language.
        value: the number.
        query: the filter that selects the records, as parameters of the entry list ({'line': 'C2', 'goal': '9'}). A list
            under `basis` or `status` asks for any of its values, a list under another name for all of them.
        records: ids of the records counted, sorted; for a distinct count `value == len(records)`.
        counting: what the value is. 'entries': distinct records; 'mentions': records of one cell of a cross table,
            where a record counts once in each cell it touches; 'organisations', 'countries', 'regions', 'lines',
            'goals', 'targets': different values among the records; 'first year', 'last year': the earliest and the
            latest year among them; 'nodes': nodes of a framework, whose keys stand in `records`.
    """

    id: str
    label: str
    value: int | float
    query: Mapping[str, Any]
    records: tuple[str, ...]
    counting: str = "entries"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `style` is 'body', 'note', 'quote' or 'item' (of a list); `figures` names the numbers in it."""

    text: str
    style: str = "body"
    language: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number of the summary: the number as shown, what it says, and the figure behind it."""

    text: str
    label: str
    figure: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The large numbers at the head of a summary."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    Attributes:
        text: as shown.
        figure: id of the figure behind it if it is a number.
        head: whether it heads its row or column.
        code: whether it is a code ('9.c'), set so that it never breaks and never turns in Arabic.
        level: 0 for no colour, 1 (pale) to 5 (dark) in a heat table.
        title: the full name where `text` is a short code; for readers of screens.
    """

    text: str
    figure: str = ""
    head: bool = False
    code: bool = False
    level: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first row holds the column heads.

    Attributes:
        widths: relative widths of the columns; equal where empty.
        kind: 'plain', or 'heat' for a narrow cross table coloured by the cells' levels.
        total: whether the last row holds totals.
    """

    id: str
    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    widths: tuple[float, ...] = ()
    kind: str = "plain"
    total: bool = False

    @property
    def number_columns(self) -> frozenset[int]:
        """Places of the columns that hold numbers; their heads stand over the numbers' end."""
        return frozenset(place for row in self.rows for place, cell in enumerate(row) if cell.figure)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: a Vega-Lite specification with its data; `table` is the id of the table beside it."""

    id: str
    title: str
    specification: Mapping[str, Any]
    alternative: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one entry to one framework, as printed: 'SDG targets' and ('9.c (cited)', '4.4 (lexicon)')."""

    label: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """One entry as the report prints it.

    Attributes:
        id: the entry's identifier.
        title, description: in `language`; the description is '' where the entry was printed before.
        meta: organisation, country, year, status: one line in the report's language.
        links: what the entry contributes to, with the basis of each link.
        note: a remark in the report's language, such as where the description stands.
        source: address of the page the entry was taken from, or ''.
    """

    id: str
    title: str
    language: str
    meta: str
    description: str
    links: tuple[LinkGroup, ...] = ()
    note: str = ""
    source: str = ""


Block = Paragraph | KeyFigures | Table | Chart | EntryBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with blocks and sub-sections.

    Attributes:
        number: printed before the title ('2', 'A', 'C1').
        continued: whether a section of the top goes on where the one before ends, and begins no page.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    number: str = ""
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language.

    Attributes:
        kind: registry name, such as 'contribution'.
        language: one of the six.
        title, subtitle: as printed.
        sections: in order.
        figures: every number of the report by its id.
        method: how the figures were counted, framework versions, the software's version.
        made_on: the day of the report; the date in every file's metadata.
        cover: lines under the title: period, region, date, in the report's language.
        notice: a warning every page should carry ('Demonstration data …'), or ''.
        labels: words the renderers need: 'contents', 'page', 'organisation'; in the report's language.
    """

    kind: str
    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    figures: Mapping[str, Figure]
    method: Mapping[str, Any] = field(default_factory=dict)
    made_on: date = date(1970, 1, 1)
    cover: tuple[str, ...] = ()
    notice: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Every section with its depth (1 for the top), in reading order."""
        for section in self.sections:
            yield from _walk(section, 1)

    def blocks(self) -> Iterator[Block]:
        """Every block of every section, in reading order."""
        for _, section in self.walk():
            yield from section.blocks


def _walk(section: Section, depth: int) -> Iterator[tuple[int, Section]]:
    yield depth, section
    for below in section.sections:
        yield from _walk(below, depth + 1)
