"""The model of a report: figures with provenance, tables, charts and text in sections; no layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number with the way back to what it counts.

    Attributes:
        id: stable name inside the report, such as 'cell.C2.9'.
        label: what the number says, in the report's language.
        value: the number.
        query: the filter that selects the records, as parameters of the entry list ({'line': 'C2', 'goal': '9'}).
        records: ids of the records counted, sorted; for a distinct count `value == len(records)`.
        counting: 'entries' (distinct) or 'mentions' (once in each cell it touches).
    """

    id: str
    label: str
    value: int | float
    query: Mapping[str, Any]
    records: tuple[str, ...]
    counting: str = "entries"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `style` is 'body', 'note' or 'quote'."""

    text: str
    style: str = "body"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: shown text, the figure behind it if it is a number, and whether it is a row or column head."""

    text: str
    figure: str = ""
    head: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first row holds the column heads."""

    id: str
    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: an Altair/Vega-Lite specification; `table` is the id of the table beside it."""

    id: str
    title: str
    specification: Mapping[str, Any]
    alternative: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """One entry as the report prints it."""

    id: str
    title: str
    language: str
    meta: str
    description: str
    links: tuple[str, ...] = ()


Block = Paragraph | Table | Chart | EntryBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with blocks and sub-sections."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


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
    """

    kind: str
    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    figures: Mapping[str, Figure]
    method: Mapping[str, Any] = field(default_factory=dict)
