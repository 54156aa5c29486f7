"""Tables of entries: csv, xlsx, ods and xls in; csv and xlsx out.

Types come from the schema, never from the values: every cell is read as text, so that "004", "NA" and "1.10" stay.
"""

from actionlines.formats.tabular.entries import EntryFile, read_entries, stream_entries
from actionlines.formats.tabular.grid import Grid, cell_name, read_grid
from actionlines.formats.tabular.reading import read_table
from actionlines.formats.tabular.table import MAX_BYTES, MAX_CELL, MAX_COLUMNS, Row, Table
from actionlines.formats.tabular.writing import csv_parts, csv_text, write_entries, write_table

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "EntryFile",
    "Grid",
    "Row",
    "Table",
    "cell_name",
    "csv_parts",
    "csv_text",
    "read_entries",
    "read_grid",
    "read_table",
    "stream_entries",
    "write_entries",
    "write_table",
]
