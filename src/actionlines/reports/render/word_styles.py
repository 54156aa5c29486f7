"""The look of a Word document: page, fonts, styles, header and footer, and the file's metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from actionlines.reports import palette
from actionlines.reports.model import Report
from actionlines.reports.render.characters import printable
from actionlines.reports.render.word_parts import LOCALES, Element, Words, element
from actionlines.text import direction

# On every machine with an office: Arial has Latin, Cyrillic and Arabic, SimSun Chinese.
_FONT: Final = "Arial"
_FONT_CHINESE: Final = "SimSun"


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style: sizes and distances in points."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: str = palette.INK
    keep_next: bool = False
    new_page: bool = False
    outline: int | None = None
    indent: float = 0
    line: str = ""  # a rule below ('bottom') or above ('top')
    ground: str = ""
    leading: float = 1.1


_STYLES: Final = (
    _Style("Normal", 10),
    _Style("Body Text", 10, after=6),
    _Style("Title", 28, before=120, after=12, bold=True),
    _Style("Subtitle", 13, after=36, colour=palette.MUTED),
    _Style("Cover Line", 11, after=4),
    _Style("Notice", 10, before=24, after=12, colour="#5a4300", ground="#fdf3d8"),
    _Style("Contents Title", 18, after=14, bold=True, keep_next=True, new_page=True, line="bottom"),
    _Style("TOC 1", 10, before=6, after=2, bold=True),
    _Style("TOC 2", 10, after=2, indent=12),
    _Style("Heading 1", 18, after=14, bold=True, keep_next=True, new_page=True, outline=0, line="bottom"),
    _Style("Heading 2", 13, before=20, after=8, bold=True, keep_next=True, outline=1),
    _Style("Heading 3", 10.5, before=12, after=2, bold=True, keep_next=True, outline=2, line="top"),
    _Style("Heading 4", 10, before=10, after=2, bold=True, keep_next=True, outline=3, line="top"),
    _Style("Caption", 9, before=12, after=4, bold=True, keep_next=True),
    _Style("List Bullet", 10, after=3),
    _Style("Quote", 10, after=6, indent=18, colour=palette.MUTED),
    _Style("Note", 10, after=6, colour=palette.MUTED, keep_next=True),
    _Style("Table Text", 8.5, before=1, after=1, leading=1),
    _Style("Heat Text", 7.5, before=1, after=1, leading=1),
    _Style("Table Note", 8, before=3, after=6, colour=palette.MUTED),
    _Style("Picture", 10, after=6),
    _Style("Key Number", 20, before=5, bold=True),
    _Style("Key Label", 8.5, after=6, colour=palette.MUTED),
    _Style("Entry Meta", 8.5, after=4, colour=palette.MUTED, keep_next=True),
    _Style("Entry Text", 10, after=4, keep_next=True),
    _Style("Entry Links", 8.5, after=1, keep_next=True),
    _Style("Entry Origin", 8.5, after=4, colour=palette.MUTED),
    _Style("Header", 8, colour=palette.MUTED),
    _Style("Footer", 8, colour=palette.MUTED),
)


def apply(document: Any, report: Report) -> None:
    """Give an empty document of python-docx the look, the language and the metadata of the report."""
    _describe(document, report)
    _defaults(document, report.language)
    for style in _STYLES:
        _define(document, style)
    _link_style(document)
    _page(document, report)


def _describe(document: Any, report: Report) -> None:
    properties = document.core_properties
    made_on = datetime.combine(report.made_on, time(), UTC)
    properties.title = printable(report.title)[:255]
    properties.subject = printable(report.subtitle)[:255]
    properties.author = properties.last_modified_by = ""
    properties.comments = str(report.method.get("software", ""))
    properties.language = LOCALES[report.language]
    properties.created = properties.modified = made_on
    properties.revision = 1


def _defaults(document: Any, language: str) -> None:
    """Fonts and languages of every run that says nothing else."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(_fonts())
    defaults.append(element("w:sz", {"w:val": "20"}))
    defaults.append(element("w:szCs", {"w:val": "20"}))
    latin = LOCALES["en" if language in {"ar", "zh"} else language]
    languages = {"w:val": latin, "w:eastAsia": LOCALES["zh"], "w:bidi": LOCALES["ar"]}
    defaults.append(element("w:lang", languages))


def _fonts() -> Element:
    return element(
        "w:rFonts",
        {"w:ascii": _FONT, "w:hAnsi": _FONT, "w:eastAsia": _FONT_CHINESE, "w:cs": _FONT},
    )


def _define(document: Any, style: _Style) -> None:
    """Make the style, or make over the one the template has; the order of properties is the schema's."""
    try:
        found = document.styles[style.name]
    except KeyError:
        found = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        found.base_style = document.styles["Normal"]
    made = found.element
    if style.name.startswith("TOC"):
        made.find(qn("w:name")).set(qn("w:val"), style.name.lower())
    numbering = made.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    for old in (made.find(qn("w:pPr")), made.find(qn("w:rPr"))):
        if old is not None:
            made.remove(old)
    paragraph = element("w:pPr", {}, *_paragraph_properties(style, numbering))
    made.append(paragraph)
    made.append(element("w:rPr", {}, *_run_properties(style)))


def _paragraph_properties(style: _Style, numbering: Element | None) -> Iterator[Element]:
    if style.keep_next:
        yield element("w:keepNext")
        yield element("w:keepLines")
    if style.new_page:
        yield element("w:pageBreakBefore")
    if numbering is not None:
        yield numbering
    if style.line:
        colour = palette.ACCENT if style.line == "bottom" else palette.RULE
        size = "10" if style.line == "bottom" else "4"
        side = {"w:val": "single", "w:sz": size, "w:space": "4", "w:color": colour.lstrip("#")}
        yield element("w:pBdr", {}, element(f"w:{style.line}", side))
    if style.ground:
        yield element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": style.ground.lstrip("#")})
    twentieths = {"w:before": str(round(style.before * 20)), "w:after": str(round(style.after * 20))}
    yield element("w:spacing", twentieths | {"w:line": str(round(style.leading * 240)), "w:lineRule": "auto"})
    if style.indent:
        # 'left' is the side where a paragraph begins: the right one where it runs from right to left.
        yield element("w:ind", {"w:left": str(round(style.indent * 20))})
    if style.outline is not None:
        yield element("w:outlineLvl", {"w:val": str(style.outline)})


def _run_properties(style: _Style) -> Iterator[Element]:
    yield _fonts()
    if style.bold:
        yield element("w:b")
        yield element("w:bCs")
    yield element("w:color", {"w:val": style.colour.lstrip("#")})
    size = str(round(style.size * 2))
    yield element("w:sz", {"w:val": size})
    yield element("w:szCs", {"w:val": size})


def _link_style(document: Any) -> None:
    style = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER).element
    style.append(
        element(
            "w:rPr",
            {},
            element("w:color", {"w:val": palette.ACCENT.lstrip("#")}),
            element("w:u", {"w:val": "single"}),
        )
    )


def _page(document: Any, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    section.different_first_page_header_footer = True
    words = Words(report.language)
    _fill(section.header, [words.paragraph("Header", report.title)])
    footer = [words.paragraph("Footer", report.notice)] if report.notice else []
    _fill(section.footer, [*footer, _page_number(words, report.labels["page"])])
    if direction(report.language) == "rtl":
        # Behind titlePg and textDirection, before docGrid.
        place = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no call for it
        bidi = element("w:bidi")
        if place is None:
            section._sectPr.append(bidi)  # noqa: SLF001
        else:
            place.addprevious(bidi)


def _fill(part: Any, paragraphs: list[Element]) -> None:
    part.is_linked_to_previous = False
    root = part._element  # noqa: SLF001 - python-docx has no call that takes elements
    for old in list(root):
        root.remove(old)
    root.extend(paragraphs)


def _page_number(words: Words, label: str) -> Element:
    """'Page 3 of 12' from the label 'Page {page} of {pages}', the numbers as fields."""
    paragraph = words.paragraph("Footer")
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    for part in re.split(r"(\{pages?\})", label):
        if part in fields:
            paragraph.extend(words.field_start(fields[part]))
            paragraph.extend(Words("en").runs("1"))
            paragraph.append(words.field_end())
        elif part:
            paragraph.extend(words.runs(part))
    return paragraph
