"""The export as csv: UTF-8 with a mark, cells no spreadsheet runs as formulas."""

from collections.abc import Iterator

from actionlines.formats.tabular import csv_parts
from actionlines_web.stocktaking.exports.table import COLUMNS, cells
from actionlines_web.stocktaking.queries import ExportedEntry, Words


def parts(chunks: Iterator[list[ExportedEntry]], words: Words) -> Iterator[bytes]:
    """The header, then the rows of each chunk."""
    rows = ((cells(entry, words) for entry in chunk) for chunk in chunks)
    for number, part in enumerate(csv_parts(COLUMNS, rows)):
        yield part.encode("utf-8-sig" if number == 0 else "utf-8")
