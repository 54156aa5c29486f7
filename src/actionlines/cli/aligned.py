"""A text with its links, and the ways `actionlines align` tells of it: JSON, JSON Lines, csv, a page.

Each way is a head, one piece of text for each aligned text, what stands between two pieces, and a tail: so that pieces
can be made anywhere and put together in order.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from io import StringIO
from itertools import pairwise
from typing import Any, Final

from actionlines.alignment import Basis, Direction, Link, decide
from actionlines.documents import Passage
from actionlines.formats.tabular.table import guarded
from actionlines.frameworks import catalogue
from actionlines.stocktaking import Entry
from actionlines.text import direction, without_controls


@dataclass(frozen=True, slots=True)
class Aligned:
    """One passage of a document or one row of a table.

    Attributes:
        file: name of the file; text: what was read (of a row: title, empty line, description).
        language: ISO 639-1, or '' when nobody said so yet.
        lines, targets: what the owner declared.
        passage: where the text stands in its document, or None.
        row, id: where it stands in its table, or None and ''.
        links: in the order of `align`.
    """

    file: str
    text: str
    language: str
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    passage: Passage | None = None
    row: int | None = None
    id: str = ""
    links: tuple[Link, ...] = ()

    @classmethod
    def of_passage(cls, passage: Passage, file: str, language: str) -> "Aligned":
        """A passage, in the language of its document."""
        return cls(file, without_controls(passage.text), language, passage=passage)

    @classmethod
    def of_entry(cls, entry: Entry, file: str) -> "Aligned":
        """A row."""
        return cls(
            file,
            without_controls(entry.text),
            entry.language,
            entry.lines,
            entry.targets,
            row=entry.row,
            id=without_controls(entry.id),
        )

    def linked(self, links: Iterable[Link], language: str = "") -> "Aligned":
        """The same text with its links."""
        return replace(self, links=tuple(links), language=language or self.language)

    @property
    def place(self) -> str:
        """'page 3, paragraph 12' or 'row 7, wsis-002'."""
        if self.passage is None:
            return f"row {self.row}" + (f", {self.id}" if self.id else "")
        page = f"page {self.passage.page}, " if self.passage.page is not None else ""
        return f"{page}paragraph {self.passage.paragraph}"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of telling.

    Attributes:
        head, between, tail: what stands before, between and behind the pieces.
        piece: of an aligned text, in a reader's language; '' where it has nothing to tell.
    """

    head: str
    between: str
    tail: str
    piece: Callable[[Aligned, str], str]


def _json_piece(item: Aligned, _language: str) -> str:
    """One object a text; evidence offsets count in its "text"."""
    return json.dumps(_plain(item), ensure_ascii=False)


def _plain(item: Aligned) -> dict[str, Any]:
    found: dict[str, Any] = {"file": item.file}
    if item.passage is not None:
        place = item.passage
        found["passage"] = {
            "paragraph": place.paragraph,
            "page": place.page,
            "start": place.start,
            "end": place.end,
        }
    else:
        found |= {"row": item.row, "id": item.id}
    return found | {
        "language": item.language,
        "text": item.text,
        "links": [_plain_link(link) for link in item.links],
        # Nothing to read: no letter of any script. Whoever reads the file need not wonder why there is no link.
        **({} if item.language else {"note": "not enough text"}),
    }


def _plain_link(link: Link) -> dict[str, Any]:
    found: dict[str, Any] = {
        "framework": link.framework,
        "node": link.node,
        "basis": link.basis.value,
        "probability": link.probability,
        "direction": link.direction.value,
        "decision": decide(link).value,
        "evidence": [{"start": item.start, "end": item.end, "text": item.text} for item in link.evidence],
    }
    return found | ({"source": link.source} if link.source else {})


_COLUMNS: Final = (
    "file",
    "row",
    "id",
    "page",
    "paragraph",
    "language",
    "framework",
    "node",
    "basis",
    "probability",
    "direction",
    "decision",
    "source",
    "spans",
    "evidence",
)


def _csv_piece(item: Aligned, _language: str) -> str:
    """One line a link; `spans` are offsets in the passage, or in the row's title, empty line and description."""
    place = item.passage
    rows = [
        (
            item.file,
            item.row,
            item.id,
            place.page if place else None,
            place.paragraph if place else None,
            item.language,
            link.framework,
            link.node,
            link.basis.value,
            link.probability,
            link.direction.value,
            decide(link).value,
            link.source,
            "; ".join(f"{span.start}-{span.end}" for span in link.evidence),
            " | ".join(span.text for span in link.evidence),
        )
        for link in item.links
    ]
    return _csv_lines(rows)


def _csv_lines(rows: Iterable[Iterable[object]]) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(["" if cell is None else guarded(str(cell)) for cell in row] for row in rows)
    return stream.getvalue()


_STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --mark: #ffe08a; --soft: #8882; }
@media (prefers-color-scheme: dark) { :root { --mark: #6b5200; } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 2.2rem 0 .4rem; }
p.text { white-space: pre-wrap; margin: .3rem 0; }
mark { background: var(--mark); color: inherit; border-radius: .2em; padding: 0 .1em; }
ul { list-style: none; padding: 0; margin: .4rem 0; display: flex; flex-wrap: wrap; gap: .35rem; }
li { border: 1px solid var(--line); border-radius: .4rem; padding: .05rem .5rem; font-size: .85rem; }
li.matrix { border-style: dashed; } li.works-against { border-color: #c33; } li.declared { background: var(--soft); }
"""


_PAGE: Final = (
    f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    f'<meta name="viewport" content="width=device-width">\n<title>Alignment</title>\n<style>{_STYLE}</style>\n'
    "<h1>Links to action lines, goals and targets</h1>\n"
    "<p>Dashed: suggested by the WSIS–SDG matrix, not found in the text.</p>\n"
)


def _html_piece(item: Aligned, language: str) -> str:
    """A text that has links, its evidence highlighted, its links below; titles in the reader's language."""
    return _section(item, language) if item.links else ""


def _section(item: Aligned, language: str) -> str:
    tongue = f' lang="{item.language}" dir="{direction(item.language)}"' if item.language else ' dir="auto"'
    links = "".join(
        f'<li class="{link.basis.value} {link.direction.value}" title="{escape(_title(link, language))}">{escape(_label(link))}</li>'
        for link in item.links
    )
    return (
        f"<section>\n<h2>{escape(item.file)}, {escape(item.place)}</h2>\n"
        f'<p class="text"{tongue}>{_highlighted(item)}</p>\n<ul dir="ltr">{links}</ul>\n</section>\n'
    )


def _title(link: Link, language: str) -> str:
    return catalogue().frameworks[link.framework][link.node].title.get(language)


def _label(link: Link) -> str:
    basis = f"matrix, from {link.source}" if link.basis is Basis.MATRIX else link.basis.value
    framework = "SDG " if link.framework == "sdg" else ""
    against = " · works against" if link.direction is Direction.AGAINST else ""
    return f"{framework}{link.node} · {basis} · {link.probability:.0%}{against}"


def _highlighted(item: Aligned) -> str:
    """The text with each stretch that is evidence marked, and in a tooltip the nodes it speaks for."""
    return "".join(
        f'<mark title="{escape(", ".join(nodes))}">{escape(part)}</mark>' if nodes else escape(part)
        for part, nodes in _stretches(item)
    )


def _stretches(item: Aligned) -> Iterator[tuple[str, list[str]]]:
    """The text cut where evidence begins or ends, each part with the nodes it is evidence for."""
    spans = [(span.start, span.end, link.node) for link in item.links for span in link.evidence]
    edges = sorted({0, len(item.text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in pairwise(edges):
        yield item.text[start:end], [node for first, last, node in spans if first <= start and end <= last]


SHAPES: Final[Mapping[str, Shape]] = {
    "json": Shape("[\n", ",\n", "\n]\n", _json_piece),
    "jsonl": Shape("", "\n", "\n", _json_piece),
    "csv": Shape(_csv_lines([_COLUMNS]), "", "", _csv_piece),
    "html": Shape(_PAGE, "", "</html>\n", _html_piece),
}
