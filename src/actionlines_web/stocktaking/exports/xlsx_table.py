"""The export as xlsx. The format is an archive that ends with its table of contents, so it is made in a file first."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from actionlines.formats.tabular import write_table
from actionlines_web.stocktaking.exports.table import COLUMNS, cells
from actionlines_web.stocktaking.queries import ExportedEntry, Words

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet could hold ten times as many, but nobody waits for it; csv has no limit.
MOST_ROWS = 100_000
_PART_BYTES = 64 * 1024


def parts(chunks: Iterator[list[ExportedEntry]], words: Words) -> Iterator[bytes]:
    """The finished file in parts; memory does not grow with the rows, the temporary folder holds them."""
    with tempfile.TemporaryDirectory(prefix="actionlines-") as folder:
        path = Path(folder) / "entries.xlsx"
        write_table(path, COLUMNS, (cells(entry, words) for chunk in chunks for entry in chunk))
        with path.open("rb") as file:
            while part := file.read(_PART_BYTES):
                yield part
