"""A report as one HTML page: nothing outside the page, readable by ear, on paper and in the dark."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from lxml import etree

from actionlines.alignment.link import Basis
from actionlines.reports.model import (
    Block,
    Cell,
    Chart,
    EntryBlock,
    Figure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    Table,
)
from actionlines.reports.render.characters import printable
from actionlines.reports.render.pictures import svg_element
from actionlines.text import direction

_CONTENTS_DEPTH: Final = 2
_NAMED: Final = frozenset({"section", "table", "h3", "h4", "h5", "h6"})

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name


def render(report: Report, *, entries_address: str = "", figures_address: str = "") -> bytes:
    """The page, UTF-8."""
    page = _Page(report, entries_address, figures_address).html()
    text = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n".encode()


def fragments(report: Report, *, figures_address: str = "", entries: int = 10) -> dict[str, str]:
    """Each section by its id as html to stand inside another page, without styles of its own.

    Args:
        entries: after so many entries the others of a section are left out.
    """
    page = _Page(report, "", figures_address)
    found = {}
    for depth, section in report.walk():
        if depth > 1 and not section.sections and section.id.startswith("method"):
            continue
        element = page.section(_shortened(section, entries), 3)
        for part in element.iter(etree.Element):
            part.attrib.pop("style", "")
            if part.tag in _NAMED:  # the page may have such names itself
                part.attrib.pop("id", "")
                part.attrib.pop("aria-labelledby", "")
        element.remove(element[0])  # its heading: the page has its own
        found[section.id] = etree.tostring(element, method="html", encoding="unicode")
    return found


def _shortened(section: Section, entries: int) -> Section:
    shown, left = [], entries
    for block in section.blocks:
        left -= isinstance(block, EntryBlock)
        if left >= 0 or not isinstance(block, EntryBlock):
            shown.append(block)
    below = tuple(_shortened(part, 0 if part.sections else max(1, entries // 5)) for part in section.sections)
    return replace(section, blocks=tuple(shown), sections=below)


def tag(name: str, /, *children: "Element | str | None", **attributes: str) -> Element:
    """An element; texts are escaped when the page is written. `class_` stands for class, `data_x` for data-x."""
    element = etree.Element(name)
    for key, value in attributes.items():
        if value:
            element.set(key.rstrip("_").replace("_", "-"), printable(value))
    for child in children:
        if child is not None:
            _append(element, child)
    return element


def _append(element: Element, child: Element | str) -> None:
    if not isinstance(child, str):
        element.append(child)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + printable(child)
    else:
        element.text = (element.text or "") + printable(child)


class _Page:
    """One report being written; holds what every part needs."""

    def __init__(self, report: Report, entries_address: str, figures_address: str = "") -> None:
        self.report = report
        self.entries_address = entries_address
        self.figures_address = figures_address

    def html(self) -> Element:
        report = self.report
        style = (files(__package__) / "report.css").read_text(encoding="utf-8")
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="date", content=report.made_on.isoformat()),
            tag("meta", name="generator", content=str(report.method.get("software", ""))),
            tag("title", report.title),
            tag("style", style),
        )
        body = tag("body", self.header(), self.contents(), tag("main", *map(self.top, report.sections)))
        if report.notice:
            body.append(tag("footer", tag("p", report.notice)))
        return tag("html", head, body, lang=report.language, dir=direction(report.language))

    def header(self) -> Element:
        report = self.report
        return tag(
            "header",
            tag("h1", report.title),
            tag("p", report.subtitle, class_="subtitle"),
            tag("ul", *(tag("li", line) for line in report.cover), class_="cover"),
            tag("p", report.notice, class_="notice") if report.notice else None,
        )

    def contents(self) -> Element:
        heading = tag("h2", self.report.labels["contents"], id="contents")
        return tag("nav", heading, self.contents_of(self.report.sections, 1), aria_labelledby="contents")

    def contents_of(self, sections: tuple[Section, ...], depth: int) -> Element:
        items = []
        for section in sections:
            item = tag("li", tag("a", *_numbered(section), href=f"#{section.id}"))
            if section.sections and depth < _CONTENTS_DEPTH:
                item.append(self.contents_of(section.sections, depth + 1))
            items.append(item)
        return tag("ol", *items)

    def top(self, section: Section) -> Element:
        return self.section(section, 2)

    def section(self, section: Section, level: int) -> Element:
        heading = tag(f"h{min(level, 6)}", *_numbered(section), id=f"{section.id}-title")
        below = (self.section(part, level + 1) for part in section.sections)
        labelled = f"{section.id}-title"
        return tag(
            "section",
            heading,
            *self.blocks(section, level),
            *below,
            id=section.id,
            aria_labelledby=labelled,
            class_="continued" if section.continued else "",
        )

    def blocks(self, section: Section, level: int) -> Iterator[Element]:
        items: list[Element] = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.style == "item":
                items.append(tag("li", block.text, lang=block.language, data_figures=" ".join(block.figures)))
                continue
            if items:
                yield tag("ul", *items)
                items = []
            yield self.block(block, level)
        if items:
            yield tag("ul", *items)

    def block(self, block: Block, level: int) -> Element:
        match block:
            case Paragraph():
                name = "blockquote" if block.style == "quote" else "p"
                return tag(
                    name,
                    block.text,
                    class_="note" if block.style == "note" else "",
                    lang=block.language,
                    dir=direction(block.language) if block.language else "",
                    data_figures=" ".join(block.figures),
                )
            case KeyFigures():
                return self.key_figures(block)
            case Table():
                return self.table(block)
            case Chart():
                picture = svg_element(block, prefix=f"{block.id.replace('.', '-')}-")
                return tag("figure", tag("figcaption", block.title), tag("div", picture, class_="picture"))
            case EntryBlock():
                return self.entry(block, level)

    def key_figures(self, block: KeyFigures) -> Element:
        tiles = (
            tag("div", tag("dt", item.label), tag("dd", self.number(item.text, item.figure)))
            for item in block.items
        )
        return tag("dl", *tiles, class_="key-figures")

    def table(self, table: Table) -> Element:
        heads, *body = table.rows
        rows = [tag("tr", *(self.cell(cell, "row") for cell in row)) for row in body]
        over_numbers = table.number_columns
        head_cells = (
            self.cell(cell, "col", over_numbers=place in over_numbers) for place, cell in enumerate(heads)
        )
        total = rows.pop() if table.total and rows else None
        element = tag(
            "table",
            tag("caption", table.caption),
            _columns(table.widths),
            tag("thead", tag("tr", *head_cells)),
            tag("tbody", *rows),
            tag("tfoot", total) if total is not None else None,
            class_=table.kind,
            id=table.id.replace(".", "-"),
        )
        note = tag("p", table.note, class_="table-note") if table.note else None
        # A wide table scrolls in its own box; the box takes the focus so that keys can scroll it.
        box = tag("div", element, class_="table", tabindex="0", role="region", aria_label=table.caption)
        return tag("div", box, note)

    def cell(self, cell: Cell, scope: str, *, over_numbers: bool = False) -> Element:
        shown: Element | str = self.number(cell.text, cell.figure) if cell.figure else cell.text
        if cell.title:
            shown = tag("abbr", cell.text, title=cell.title)
        names = " ".join(
            name
            for name, holds in (
                ("number", bool(cell.figure)),
                ("over-numbers", over_numbers),
                ("code", cell.code),
                ("none", bool(cell.figure) and not self.report.figures[cell.figure].value),
                (f"level-{cell.level}", cell.level > 0),
            )
            if holds
        )
        return tag("th", shown, scope=scope, class_=names) if cell.head else tag("td", shown, class_=names)

    def number(self, shown: str, identifier: str) -> Element:
        """The number, named by its figure; a link to what it counts where the site has given its address."""
        figure = self.report.figures[identifier]
        if self.figures_address:
            address = f"{self.figures_address}{quote(identifier)}/"
            return tag("a", shown, href=address, title=figure.label, data_figure=identifier)
        listed = figure.counting in {"entries", "mentions"} and figure.query.get("basis") != [
            Basis.MATRIX.value
        ]
        if self.entries_address and figure.value and listed:
            return tag("a", shown, href=self.address(figure), title=figure.label, data_figure=identifier)
        return tag("span", shown, title=figure.label, data_figure=identifier)

    def address(self, figure: Figure) -> str:
        return f"{self.entries_address}?{urlencode(figure.query, doseq=True)}"

    def entry(self, block: EntryBlock, level: int) -> Element:
        labels = self.report.labels
        reading = direction(block.language) if block.language else "auto"
        links = tag("ul", class_="links")
        for group in block.links:
            links.append(tag("li", tag("b", group.label), " ", labels["separator"].join(group.links)))
        origin = tag("p", labels["identifier"].format(id=block.id), class_="source")
        if urlsplit(block.source).scheme in {"http", "https"}:
            site = tag(
                "a",
                urlsplit(block.source).hostname or block.source,
                href=block.source,
                rel="noreferrer",
                dir="ltr",
            )
            for part in (f" · {labels['source']} ", site):
                _append(origin, part)
        return tag(
            "article",
            tag(f"h{min(level + 1, 6)}", block.title, lang=block.language, dir=reading),
            tag("p", block.meta, class_="meta"),
            *(
                tag("p", part, lang=block.language, dir=reading)
                for part in block.description.splitlines()
                if part.strip()
            ),
            tag("p", block.note, class_="note") if block.note else None,
            links,
            origin,
            data_entry=block.id,
        )


def _columns(widths: tuple[float, ...]) -> Element | None:
    if not widths:
        return None
    return tag(
        "colgroup", *(tag("col", style=f"width: {100 * width / sum(widths):.2f}%") for width in widths)
    )


def _numbered(section: Section) -> Iterator[Element | str]:
    if section.number:
        yield tag("span", section.number, class_="section-number")
        yield " "
    yield section.title
