"""Exports of the list of entries: one module a format, all over the same rows and the one query object."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from actionlines_web.stocktaking.exports import csv_table, feed, iati, jsonld, jsonlines, xlsx_table
from actionlines_web.stocktaking.queries import EntryQuery, ExportedEntry, Words, exported

__all__ = ["FORMATS", "LARGE", "Format", "feed"]

# From so many entries on the page offers to have the file made by a worker.
LARGE = 5_000

Chunks = Iterator[list[ExportedEntry]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the export.

    Attributes:
        media_type: of the answer.
        parts: rows and words to the parts of the file, each as soon as it is made; an error in the middle is raised
            where it happens, so that the connection breaks instead of ending like a whole file.
        most: rows the format can hold, or None.
        dated, translated: whether it carries the moments of making and changing, and the translations.
        ending: of the file's name, where it is not what the address says.
    """

    media_type: str
    parts: Callable[[Chunks, Words], Iterator[bytes]]
    most: int | None = None
    dated: bool = False
    translated: bool = False
    ending: str = ""

    def read(self, query: EntryQuery, most: int | None = None) -> Chunks:
        """The entries that pass, as far as the format tells of them."""
        return exported(query, most=most, dated=self.dated, translated=self.translated)


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", csv_table.parts),
    "xlsx": Format(xlsx_table.MEDIA_TYPE, xlsx_table.parts, xlsx_table.MOST_ROWS),
    "jsonl": Format("application/jsonl; charset=utf-8", jsonlines.parts, dated=True, translated=True),
    "jsonld": Format("application/ld+json", jsonld.parts, dated=True, translated=True),
    "iati": Format(iati.MEDIA_TYPE, iati.parts, ending="xml"),
}
