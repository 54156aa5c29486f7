"""Writing SDMX-CSV 1.0 and 2.0: a header and one row for each observation, as they come."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from actionlines.formats.sdmx.structure import Record, Structure

VERSIONS: Final = ("1.0", "2.0")


def sdmx_csv(structure: Structure, records: Iterable[Record], *, version: str = "2.0") -> Iterator[str]:
    """The file line by line, each with its end.

    Args:
        structure: what the records follow; all its components get a column.
        records: in their order.
        version: '1.0' names a dataflow, which is taken to have the structure's own name; '2.0' the structure.

    Raises:
        ValueError: another version, or a record with a component the structure does not have.
    """
    if version not in VERSIONS:
        raise ValueError(f"SDMX-CSV {version} is not written: one of {VERSIONS}")
    columns = structure.columns
    known = frozenset(columns)
    if version == "1.0":
        head, start = ["DATAFLOW"], [str(structure.reference)]
    else:
        head = ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
        start = ["datastructure", str(structure.reference), "I"]
    buffer = io.StringIO()
    # RFC 4180 ends lines with CR LF; what needs quotation marks gets them, the line ends inside texts included.
    row = csv.writer(buffer, lineterminator="\r\n").writerow
    row([*head, *columns])
    for record in records:
        if not known >= record.keys():
            raise ValueError(f"{structure.reference} has no {', '.join(sorted(record.keys() - known))}")
        row([*start, *(record.get(column, "") for column in columns)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()
