"""The export as JSON lines: one entry, one line, one object."""

import json
from collections.abc import Iterator

from actionlines_web.stocktaking.queries import ExportedEntry, Words, entry_record


def parts(chunks: Iterator[list[ExportedEntry]], words: Words) -> Iterator[bytes]:
    """The lines of each chunk."""
    for chunk in chunks:
        lines = [json.dumps(entry_record(entry, words), ensure_ascii=False) for entry in chunk]
        if lines:
            yield ("\n".join(lines) + "\n").encode()
