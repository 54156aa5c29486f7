"""Pieces of a Word document as XML elements, their children in the order the schema asks for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from docx.oxml.ns import nsmap, qn
from lxml import etree

from actionlines.reports.render.characters import pieces, printable
from actionlines.text import direction

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name

# Word wants a region with each language.
LOCALES: Final[Mapping[str, str]] = {
    "ar": "ar-SA",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "ru": "ru-RU",
    "zh": "zh-CN",
}
_NAMESPACES: Final = {prefix: nsmap[prefix] for prefix in ("w", "r")}
_LONGEST_BOOKMARK: Final = 40  # characters Word accepts
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def element(name: str, attributes: Mapping[str, str] | None = None, /, *children: Element) -> Element:
    """An element such as `element("w:shd", {"w:fill": "FFFFFF"})`."""
    made = etree.Element(qn(name), nsmap=_NAMESPACES)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    made.extend(children)
    return made


class Words:
    """Paragraphs and runs in a document's language, and in others where an entry speaks one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.bookmarks = 0

    def bookmarked(self, name: str, parts: Iterable[Element]) -> Iterator[Element]:
        """The parts between the two ends of a bookmark."""
        self.bookmarks += 1
        number = str(self.bookmarks)
        yield element("w:bookmarkStart", {"w:id": number, "w:name": name[:_LONGEST_BOOKMARK]})
        yield from parts
        yield element("w:bookmarkEnd", {"w:id": number})

    def figure(self, identifier: str, parts: Iterable[Element]) -> Iterator[Element]:
        """The parts in a bookmark that names the figure they show; as they are where they show none.

        A figure may be shown several times: a number before its name tells the bookmarks apart.
        """
        if not identifier:
            yield from parts
            return
        name = re.sub(r"\W", "_", identifier)
        yield from self.bookmarked(f"f{self.bookmarks + 1}_{name}", parts)

    def paragraph(self, style: str, text: str = "", *, language: str = "", align: str = "") -> Element:
        """A paragraph in a style; `align` is 'right' or 'center' for numbers, which always run left to right."""
        spoken = language or self.language
        properties = element("w:pPr", {}, element("w:pStyle", {"w:val": style}))
        if direction(spoken) == "rtl" and not align:
            properties.append(element("w:bidi"))
        if align:
            properties.append(element("w:jc", {"w:val": align}))
        made = element("w:p", {}, properties)
        made.extend(self.runs(text, language=language))
        return made

    def runs(
        self, text: str, *, language: str = "", bold: bool = False, colour: str = "", style: str = ""
    ) -> Iterator[Element]:
        """The text as runs: what an isolate holds apart gets a run of the other direction."""
        rtl = direction(language or self.language) == "rtl"
        for piece, isolated in pieces(printable(text)):
            properties = element("w:rPr")
            if style:
                properties.append(element("w:rStyle", {"w:val": style}))
            if bold:
                properties.extend((element("w:b"), element("w:bCs")))
            if colour:
                properties.append(element("w:color", {"w:val": colour.lstrip("#")}))
            if rtl != isolated:
                properties.append(element("w:rtl"))
            if language and language != self.language:
                kind = {"ar": "w:bidi", "zh": "w:eastAsia"}.get(language, "w:val")
                properties.append(element("w:lang", {kind: LOCALES[language]}))
            yield _run(properties, piece)

    def field_start(self, instruction: str) -> Iterator[Element]:
        """The beginning of a field; its shown result follows, then `field_end()`."""
        yield element("w:r", {}, element("w:fldChar", {"w:fldCharType": "begin"}))
        code = element("w:instrText")
        code.set(_SPACE, "preserve")
        code.text = f" {instruction} "
        yield element("w:r", {}, code)
        yield element("w:r", {}, element("w:fldChar", {"w:fldCharType": "separate"}))

    def field_end(self) -> Element:
        """The end of a field."""
        return element("w:r", {}, element("w:fldChar", {"w:fldCharType": "end"}))


def _run(properties: Element, text: str) -> Element:
    shown = element("w:t")
    shown.set(_SPACE, "preserve")
    shown.text = " ".join(text.splitlines()).replace("\t", " ") if text.strip() else text
    return element("w:r", {}, *([properties] if len(properties) else []), shown)
