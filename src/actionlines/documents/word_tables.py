"""The tables of a Word document, cell by cell; merged cells say the same in every row and column they cover."""

from collections.abc import Iterator

from lxml import etree

from actionlines.documents.archive import opened
from actionlines.documents.docx import W as _W
from actionlines.documents.docx import cell_text, main_root

Rows = list[list[str]]


def read_tables(data: bytes, name: str) -> list[Rows]:
    """The tables of a docx in their order, each as rows of texts; a table inside a cell is text of that cell.

    Raises:
        InputError: as `documents.docx.read`.
    """
    with opened(data, name) as archive:
        root = main_root(archive, name)
        inside = {
            inner for table in root.iter(f"{_W}tbl") for inner in table.iter(f"{_W}tbl") if inner is not table
        }
        return [_rows(table) for table in root.iter(f"{_W}tbl") if table not in inside]


def _parts(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those inside a content control too."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _parts(child, tag)


def _rows(table: etree._Element) -> Rows:
    rows: Rows = []
    for row in _parts(table, "tr"):
        cells: list[str] = []
        for cell in _parts(row, "tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = min(max(int(span.get(f"{_W}val") or 1), 1), 100) if span is not None else 1
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and rows:
                above = rows[-1][len(cells)] if len(cells) < len(rows[-1]) else ""
                cells += [above] * width
            else:
                cells += [cell_text(cell)] * width
        rows.append(cells)
    return rows
