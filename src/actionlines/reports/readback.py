"""The text a person sees in a finished report file, piece by piece in reading order; numbers with their figure."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import python_calamine
from lxml import etree, html

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = frozenset({"style", "script"})
_BLOCKS: Final = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
        "figcaption",
        "blockquote",
        "title",
        "text",
        "desc",
    }
)
_BOOKMARK: Final = re.compile(r"f\d+_(?P<figure>.+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, cell or line of a file.

    Attributes:
        text: as shown, runs of white space as one space.
        place: where it stands: the name of a figure or an entry, or 'page 3'; '' where nothing names it.
    """

    text: str
    place: str = ""


def read_back(data: bytes, form: str) -> list[Piece]:
    """The pieces of a report file in html, docx, pdf or xlsx.

    Raises:
        ValueError: the file cannot be read as what it should be.
    """
    try:
        return [piece for piece in _READERS[form](data) if piece.text]
    except (
        etree.LxmlError,
        python_calamine.CalamineError,
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
    ) as error:
        raise ValueError(str(error)) from error


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_html(data: bytes) -> Iterator[Piece]:
    """Every element that holds text of its own block, with the figure or entry it is marked with."""
    page = html.document_fromstring(data)
    for node in page.iter(etree.Element):
        name = etree.QName(node).localname
        if name in _BLOCKS:
            yield Piece(_one_line("".join(_own(node))), _marked(node))
        elif name not in _SKIPPED and node.text and node.text.strip() and not _inside_block(node):
            yield Piece(_one_line(node.text))


def _marked(node: "etree._Element") -> str:
    """The figure a block shows, the figures its sentence names, or the entry it stands in."""
    for part in node.iter(etree.Element):
        if name := part.get("data-figure") or part.get("data-figures"):
            return name
    return next((above.get("data-entry", "") for above in node.iterancestors("article")), "")


def _own(node: "etree._Element") -> Iterator[str]:
    """The text of a block without that of the blocks inside it."""
    yield node.text or ""
    for child in node:
        if etree.QName(child).localname not in _BLOCKS | _SKIPPED:
            yield from _own(child)
        yield child.tail or ""


def _inside_block(node: "etree._Element") -> bool:
    return any(etree.QName(above).localname in _BLOCKS for above in node.iterancestors(etree.Element))


def _of_docx(data: bytes) -> Iterator[Piece]:
    """Every paragraph of body, header and footer, with the figure its bookmark names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(
            name for name in archive.namelist() if re.match(r"word/(document|header|footer)\d*\.xml", name)
        )
        for name in names:
            root = etree.fromstring(
                archive.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True)
            )
            for paragraph in root.iter(f"{_WORD}p"):
                text = "".join(part.text or "" for part in paragraph.iter(f"{_WORD}t"))
                yield Piece(_one_line(text), _bookmarked(paragraph))


def _bookmarked(paragraph: "etree._Element") -> str:
    for mark in paragraph.iter(f"{_WORD}bookmarkStart"):
        found = _BOOKMARK.fullmatch(mark.get(f"{_WORD}name", ""))
        if found:
            return found["figure"]
    return ""


def _of_pdf(data: bytes) -> Iterator[Piece]:
    """Every line of every page, in the order of the page's content."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_range()
            for line in text.splitlines():
                yield Piece(_one_line(line), f"page {number}")
    finally:
        document.close()


def _of_xlsx(data: bytes) -> Iterator[Piece]:
    """Every row of every sheet; in the sheet of figures a row is named by its figure."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        for number, row in enumerate(book.get_sheet_by_name(name).to_python(), start=1):
            place = str(row[0]) if name == "figures" else f"sheet {name}, row {number}"
            yield Piece(_one_line(" | ".join(map(str, row))).strip(" |"), place)


_READERS: Final[Mapping[str, Callable[[bytes], Iterator[Piece]]]] = {
    "html": _of_html,
    "docx": _of_docx,
    "pdf": _of_pdf,
    "xlsx": _of_xlsx,
}
