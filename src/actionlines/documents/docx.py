"""Word documents (docx): the paragraphs of the body, of tables, text boxes and notes, read from the XML itself.

Tracked insertions are read, deletions are not; hidden text, field codes, comments, headers and footers are not.
Numbers that Word itself puts before a paragraph are no text of the file and cannot be read.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from actionlines.documents.archive import Archive, damaged, opened
from actionlines.documents.passage import Document
from actionlines.problems import InputError, Problem, marked

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL: Final = W.strip("{}")
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# Moved and deleted text, the second form of a drawing, field codes.
_UNREAD: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", f"{_COMPATIBILITY}Fallback"}
)
_SIGNS: Final = {f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_BREAKS: Final = frozenset({f"{W}br", f"{W}cr"})
_PARAGRAPH: Final = f"{W}p"
_TEXTS: Final = frozenset({f"{W}t", f"{_MATH}t"})

_OTHER_ARCHIVES: Final = {
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "content.xml": "OpenDocument",
}


def read(data: bytes, name: str) -> Document:
    """A Word document.

    Raises:
        InputError: macros, a password, another kind of archive, damage, more than the limits of `archive`.
    """
    with opened(data, name) as archive:
        main = _main_part(archive, name)
        folder = main.rpartition("/")[0]
        parts = [main, *(f"{folder}/{notes}" for notes in ("footnotes.xml", "endnotes.xml"))]
        roots = [_parsed(archive.part(part), name) for part in parts if part in archive]
    paragraphs = (text for root in roots for text in _paragraphs(root))
    return Document.of_paragraphs(name, "docx", ((text, None) for text in paragraphs))


def main_root(archive: Archive, name: str) -> etree._Element:
    """The body of an opened document, checked as `read` checks it."""
    return _parsed(archive.part(_main_part(archive, name)), name)


def cell_text(cell: etree._Element) -> str:
    """The text of a part of the body, its paragraphs on lines of their own."""
    return "\n".join(text.strip() for text in _paragraphs(cell) if text.strip())


def _main_part(archive: Archive, name: str) -> str:
    types = archive.part("[Content_Types].xml") if "[Content_Types].xml" in archive else b""
    if b"macroEnabled" in types or any(part.lower().endswith("vbaproject.bin") for part in archive.names):
        problem = Problem(
            marked("the document holds macros."),
            file=name,
            expected=marked("the document saved as docx, without macros."),
        )
        raise InputError([problem])
    for part, kind in _OTHER_ARCHIVES.items():
        if part in archive:
            raise _not_word(name, kind)
    main = _related_main(archive, name) or "word/document.xml"
    if main not in archive:
        raise _not_word(name, "zip") if not types else damaged(name)
    return main


def _related_main(archive: Archive, name: str) -> str:
    """The main part as the relations of the package name it, or ''."""
    if "_rels/.rels" not in archive:
        return ""
    for relation in _parsed(archive.part("_rels/.rels"), name).iter(_RELATION):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return ""


def _not_word(name: str, kind: str) -> InputError:
    problem = Problem(
        marked("this is a file of the kind %(kind)s."),
        {"kind": kind},
        file=name,
        expected=marked("a document of the format txt, md, html, docx or pdf."),
    )
    return InputError([problem])


def _parsed(data: bytes, name: str) -> etree._Element:
    """The root of a part; no entities, no document type, no network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT.encode(), _TRANSITIONAL.encode()), parser)
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged(name)
    return root


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """The paragraphs in reading order, a line break in one ends a paragraph; a text box stands behind its paragraph."""
    if root.tag in (f"{W}footnotes", f"{W}endnotes"):
        notes = [note for note in root if note.get(f"{W}type") in (None, "normal")]
    else:
        notes = [root]
    for note in notes:
        for paragraph in note.iter(_PARAGRAPH):
            if not any(above.tag in _UNREAD for above in paragraph.iterancestors()):
                yield from _text(paragraph).split("\n")


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of paragraphs inside it (text boxes, which come by themselves)."""
    pieces: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _event, element in walk:
        if element is not paragraph and (
            element.tag in _UNREAD or element.tag == _PARAGRAPH or _is_hidden(element)
        ):
            walk.skip_subtree()
        elif element.tag in _TEXTS:
            pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            pieces.append("\n")
        else:
            pieces.append(_SIGNS.get(element.tag, ""))
    return "".join(pieces)


def _is_hidden(element: etree._Element) -> bool:
    if element.tag != f"{W}r":
        return False
    vanish = element.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")
