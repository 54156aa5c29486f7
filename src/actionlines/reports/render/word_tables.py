"""Tables of a Word document: heads that repeat on each page, heat colours, right-to-left order."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from actionlines.reports import palette
from actionlines.reports.model import Cell, KeyFigure, KeyFigures, Table
from actionlines.reports.render.characters import printable
from actionlines.reports.render.word_parts import Element, Words, element
from actionlines.text import direction

TEXT_WIDTH: Final = 9638  # twentieths of a point: 170 mm
_TILES: Final = 3
_HAIR: Final = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": palette.RULE.lstrip("#")}
_LINE: Final = {"w:val": "single", "w:sz": "10", "w:space": "0", "w:color": palette.ACCENT.lstrip("#")}
_THICK: Final = {"w:val": "single", "w:sz": "18", "w:space": "0", "w:color": palette.ACCENT.lstrip("#")}
_GAP: Final = {"w:val": "single", "w:sz": "36", "w:space": "0", "w:color": "FFFFFF"}


def table(words: Words, table: Table) -> Element:
    """A table of the report; its first row heads each page, a total row stands between two lines."""
    widths = _widths(table.widths or (1.0,) * len(table.rows[0]))
    made = _table(words, widths, margin=40 if table.kind == "heat" else 80)
    made[0].append(element("w:tblCaption", {"w:val": printable(table.caption)}))
    over = table.number_columns
    last = len(table.rows) - 1
    for place, row in enumerate(table.rows):
        line = {"w:bottom"} if place == 0 or (table.total and place == last - 1) else set[str]()
        cells = (
            _cell(
                words, table, cell, width, bold=table.total and place == last, over=column in over, line=line
            )
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        made.append(_row(cells, head=place == 0))
    return made


def key_figures(words: Words, block: KeyFigures) -> Iterator[Element]:
    """The large numbers, three in a row, each on its own ground."""
    widths = _widths((1.0,) * _TILES)
    made = _table(words, widths, margin=140)
    for start in range(0, len(block.items), _TILES):
        tiles = block.items[start : start + _TILES]
        cells = [_tile(words, tile, widths[0]) for tile in tiles]
        cells += [_bare(width) for width in widths[len(tiles) :]]
        made.append(_row(cells, head=False))
    yield made
    yield words.paragraph("TableNote")


def _widths(parts: Sequence[float]) -> list[int]:
    return [round(TEXT_WIDTH * part / sum(parts)) for part in parts]


def _table(words: Words, widths: Sequence[int], *, margin: int) -> Element:
    """A table without rows. The order of the properties is the schema's."""
    properties = element("w:tblPr")
    if direction(words.language) == "rtl":
        properties.append(element("w:bidiVisual"))
    sides = (
        (f"w:{side}", {"w:w": str(width), "w:type": "dxa"})
        for side, width in (("left", margin), ("right", margin))
    )
    properties.extend(
        (
            element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
            element("w:tblBorders", {}, element("w:bottom", _HAIR), element("w:insideH", _HAIR)),
            element("w:tblLayout", {"w:type": "fixed"}),
            element("w:tblCellMar", {}, *(element(name, values) for name, values in sides)),
            element("w:tblLook", {"w:val": "0420", "w:firstRow": "1", "w:noVBand": "1"}),
        )
    )
    grid = element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in widths))
    return element("w:tbl", {}, properties, grid)


def _row(cells: Iterable[Element], *, head: bool) -> Element:
    properties = element("w:trPr", {}, element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", {}, properties, *cells)


def _cell(
    words: Words, table: Table, cell: Cell, width: int, *, bold: bool, over: bool, line: set[str]
) -> Element:
    properties = element("w:tcPr", {}, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if line:
        properties.append(element("w:tcBorders", {}, *(element(side, _LINE) for side in line)))
    if cell.level:
        properties.append(_ground(palette.HEAT[cell.level]))
    if cell.code:
        properties.append(element("w:noWrap"))
    heat = table.kind == "heat"
    number = bool(cell.figure) or over
    align = ("center" if heat else "right") if number else ""
    if number and cell.head and not cell.code:
        align = (
            "" if direction(words.language) == "rtl" else align
        )  # a word over numbers keeps its own direction
    paragraph = words.paragraph("HeatText" if heat else "TableText", align=align)
    colour = palette.HEAT_INK[cell.level] if cell.level else ""
    for place, line_text in enumerate(cell.text.split("\n")):
        if place:
            paragraph.append(element("w:r", {}, element("w:br")))
        runs = words.runs(line_text, bold=bold or cell.head, colour=colour)
        paragraph.extend(words.figure(cell.figure, runs))
    return element("w:tc", {}, properties, paragraph)


def _ground(colour: str) -> Element:
    return element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour.lstrip("#")})


def _tile(words: Words, tile: KeyFigure, width: int) -> Element:
    borders = element(
        "w:tcBorders", {}, element("w:top", _THICK), element("w:left", _GAP), element("w:bottom", _GAP)
    )
    borders.append(element("w:right", _GAP))
    properties = element("w:tcPr", {}, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}), borders)
    properties.append(_ground("#EEF2F5"))
    shown = words.paragraph("KeyNumber")
    shown.extend(words.figure(tile.figure, words.runs(tile.text)))
    return element("w:tc", {}, properties, shown, words.paragraph("KeyLabel", tile.label))


def _bare(width: int) -> Element:
    size = element("w:tcW", {"w:w": str(width), "w:type": "dxa"})
    return element("w:tc", {}, element("w:tcPr", {}, size), element("w:p"))
