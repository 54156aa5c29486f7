"""A report as a Word file: styles, repeated table heads, captions, alternative texts, right-to-left where due.

The body is made of XML elements directly: python-docx's own paragraphs take seconds per thousand entries.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from actionlines.reports.model import Block, Chart, EntryBlock, KeyFigures, Paragraph, Report, Section
from actionlines.reports.render import word_styles
from actionlines.reports.render.pictures import png
from actionlines.reports.render.word_parts import Element, Words, element
from actionlines.reports.render.word_tables import key_figures, table

_PICTURE_WIDTH: Final = Mm(155)  # with its table on one page
_CONTENTS_DEPTH: Final = 2
_DEEPEST_HEADING: Final = 4
_LONGEST_BOOKMARK: Final = 40


def render(report: Report) -> bytes:
    """The docx file; the same bytes for the same report."""
    document = docx.Document()
    word_styles.apply(document, report)
    body = document.element.body
    final = body[-1]  # the section's properties stay last
    for part in _Document(document, report).parts():
        final.addprevious(part)
    file = io.BytesIO()
    document.save(file)
    return _dated(file.getvalue(), report.made_on)


def _dated(file: bytes, made_on: date) -> bytes:
    """The same archive with every member dated by the report, so that equal reports are equal files."""
    out = io.BytesIO()
    stamp = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            dated = zipfile.ZipInfo(member.filename, stamp)
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, old.read(member))
    return out.getvalue()


class _Document:
    """The parts of one document, in order."""

    def __init__(self, document: Any, report: Report) -> None:
        self.document = document
        self.report = report
        self.words = Words(report.language)
        self.pictures = 0

    def parts(self) -> Iterator[Element]:
        yield from self.cover()
        yield from self.contents()
        for depth, section in self.report.walk():
            yield self.heading(depth, section)
            for block in section.blocks:
                yield from self.block(block, depth)

    def cover(self) -> Iterator[Element]:
        report, paragraph = self.report, self.words.paragraph
        yield paragraph("Title", report.title)
        yield paragraph("Subtitle", report.subtitle)
        for line in report.cover:
            yield paragraph("CoverLine", line)
        if report.notice:
            yield paragraph("Notice", report.notice)

    def contents(self) -> Iterator[Element]:
        """A table of contents as a field that Word can bring up to date, with its entries already there."""
        yield self.words.paragraph("ContentsTitle", self.report.labels["contents"])
        entries = [(depth, section) for depth, section in self.report.walk() if depth <= _CONTENTS_DEPTH]
        for place, (depth, section) in enumerate(entries):
            paragraph = self.words.paragraph(f"TOC{depth}")
            if place == 0:
                paragraph.extend(self.words.field_start(f'TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z \\u'))
            link = element("w:hyperlink", {"w:anchor": _bookmark(section), "w:history": "1"})
            link.extend(self.words.runs(_numbered(section)))
            paragraph.append(link)
            if place == len(entries) - 1:
                paragraph.append(self.words.field_end())
            yield paragraph

    def heading(self, depth: int, section: Section) -> Element:
        """A heading with the bookmark the contents point to."""
        paragraph = self.words.paragraph(f"Heading{min(depth, _DEEPEST_HEADING)}")
        if section.continued:
            paragraph[0].insert(1, element("w:pageBreakBefore", {"w:val": "0"}))
        paragraph.extend(self.words.bookmarked(_bookmark(section), self.words.runs(_numbered(section))))
        return paragraph

    def block(self, block: Block, depth: int) -> Iterator[Element]:
        match block:
            case Paragraph():
                style = {"note": "Note", "item": "ListBullet", "quote": "Quote"}.get(block.style, "BodyText")
                paragraph = self.words.paragraph(style, language=block.language)
                runs = self.words.runs(block.text, language=block.language)
                paragraph.extend(self.words.figure("+".join(block.figures), runs))
                yield paragraph
            case KeyFigures():
                yield from key_figures(self.words, block)
            case Chart():
                yield from self.chart(block)
            case EntryBlock():
                yield from self.entry(block, depth)
            case _:
                yield self.words.paragraph("Caption", block.caption)
                yield table(self.words, block)
                yield self.words.paragraph("TableNote", block.note)

    def chart(self, chart: Chart) -> Iterator[Element]:
        yield self.words.paragraph("Caption", chart.title)
        inline = self.document.part.new_pic_inline(io.BytesIO(png(chart)), width=_PICTURE_WIDTH)
        self.pictures += 1
        properties = inline.docPr
        properties.set("id", str(self.pictures))
        properties.set("name", chart.id)
        properties.set("title", chart.title)
        properties.set("descr", chart.alternative)
        paragraph = self.words.paragraph("Picture")
        paragraph.append(element("w:r", {}, element("w:drawing", {}, inline)))
        yield paragraph

    def entry(self, block: EntryBlock, depth: int) -> Iterator[Element]:
        words, labels = self.words, self.report.labels
        yield words.paragraph(
            f"Heading{min(depth + 1, _DEEPEST_HEADING)}", block.title, language=block.language
        )
        yield words.paragraph("EntryMeta", block.meta)
        for part in block.description.splitlines():
            if part.strip():
                yield words.paragraph("EntryText", part, language=block.language)
        if block.note:
            yield words.paragraph("EntryMeta", block.note)
        for group in block.links:
            paragraph = words.paragraph("EntryLinks")
            paragraph.extend(words.runs(f"{group.label} ", bold=True))
            paragraph.extend(words.runs(labels["separator"].join(group.links)))
            yield paragraph
        yield self.origin(block)

    def origin(self, block: EntryBlock) -> Element:
        """The entry's identifier and a link to its source."""
        labels = self.report.labels
        paragraph = self.words.paragraph("EntryOrigin", labels["identifier"].format(id=block.id))
        site = urlsplit(block.source)
        if site.scheme in {"http", "https"} and site.hostname:
            paragraph.extend(self.words.runs(f" · {labels['source']} "))
            target = self.document.part.relate_to(block.source, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = element("w:hyperlink", {"r:id": target, "w:history": "1"})
            link.extend(Words("en").runs(site.hostname, style="Hyperlink"))
            paragraph.append(link)
        return paragraph


def _bookmark(section: Section) -> str:
    """A name Word accepts: letters, digits and underscores, at most 40 characters."""
    return ("s_" + re.sub(r"\W", "_", section.id))[:_LONGEST_BOOKMARK]


def _numbered(section: Section) -> str:
    return f"{section.number}\u2003{section.title}" if section.number else section.title
