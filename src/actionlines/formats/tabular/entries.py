"""A table of entries: its columns found, its rows read, each row's faults told apart from its neighbours'."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from actionlines.formats.tabular.columns import TEXT, find_columns, missing_column
from actionlines.formats.tabular.reading import read_table
from actionlines.formats.tabular.table import Row, Table, column_key
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.entry import Entry, entry_from_row

_REQUIRED: Final = ("title", "description")
# A spreadsheet that keeps "8.10" as a number shows 8.1: of the targets only these two can be another one's remains.
_MAIMED: Final = ("8.1", "16.1")


@dataclass(frozen=True)
class EntryFile:
    """What was read from a table of entries.

    Attributes:
        name: file name as the user knows it.
        entries: the records without an error, in the file's order; `Entry.row` says where each stands.
        problems: errors (their records are not among the entries) and warnings, by row.
        columns: field to the name of its column as the file writes it.
        unused: columns that hold no known field.
        rows: how many rows held anything.
    """

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    rows: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stopped a record."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_entries(source: Path | bytes, name: str = "", *, text_column: str = "") -> EntryFile:
    """The entries of a csv, xlsx, ods or xls file.

    Columns may stand in any order under the names of `columns.csv`; a title and a description are needed. A table
    without both, but with a column of texts, gives untitled entries (for alignment).

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.
        text_column: the column to read as the description, whatever its name; no title is needed then.

    Raises:
        InputError: the file as a whole cannot be read: see `read_table`; a column missing; no row below the header.
    """
    table = read_table(source, name)
    places = _places(table, text_column)
    entries: list[Entry] = []
    problems: list[Problem] = []
    count = 0
    for entry, found in _each(table, places):
        count += 1
        if entry is not None:
            entries.append(entry)
        problems += found
    problems += table.problems
    count += len(table.problems)
    if not count:
        raise InputError([_header_only(table)])
    called = {field: table.columns[position] for field, position in places.items()}
    used = set(places.values())
    unused = (column for position, column in enumerate(table.columns) if column and position not in used)
    problems.sort(key=lambda problem: problem.row or 0)
    return EntryFile(table.name, tuple(entries), tuple(problems), called, tuple(unused), count)


def stream_entries(path: Path, *, text_column: str = "") -> Iterator[Entry | Problem]:
    """The entries of a table of any size one by one, and the problems of its rows where they are met.

    As `read_entries`, but a delimited file may be larger than MAX_BYTES. Problems the csv rules find come at the end.

    Raises:
        InputError: at the first entry asked for, as `read_entries`.
    """
    table = read_table(path, any_size=True)
    places = _places(table, text_column)
    empty = True
    for entry, found in _each(table, places):
        empty = False
        yield from found
        if entry is not None:
            yield entry
    yield from table.problems
    if empty and not table.problems:
        raise InputError([_header_only(table)])


def _each(table: Table, places: Mapping[str, int]) -> Iterator[tuple[Entry | None, list[Problem]]]:
    """Of each row its entry, unless an error stops it, and its problems."""
    called = {field: table.columns[position] for field, position in places.items()}
    first_rows: dict[str, int] = {}
    for row in table.rows:
        entry, found = entry_from_row(
            {field: row.cells[position] for field, position in places.items()},
            file=table.name,
            number=row.number,
            columns=called,
            untitled="title" not in places,
        )
        formulas = _formulas(row, places, table)
        # The text of a formula is no year and no country either; saying so once is enough.
        found = [*formulas, *(p for p in found if p.column not in {formula.column for formula in formulas})]
        found += _maimed_targets(row, places, table)
        kept = entry if not formulas else None
        if kept is not None:
            twin = first_rows.setdefault(kept.id, row.number)
            if twin != row.number:
                found.append(_duplicate(kept, twin, table, called))
                kept = None
        yield kept, found


def _places(table: Table, text_column: str) -> dict[str, int]:
    """Field to position; the column of texts stands as the description where there is no description."""
    places = find_columns(table.columns, table.name, table.header_row)
    if text_column:
        keys = [column_key(column) for column in table.columns]
        if column_key(text_column) not in keys:
            raise InputError([missing_column(text_column, table.columns, table.name, table.header_row)])
        position = keys.index(column_key(text_column))
        places = {
            field: place for field, place in places.items() if place != position and field not in _REQUIRED
        }
        return {**places, "description": position}
    text = places.pop(TEXT, None)
    if text is not None and not {*_REQUIRED} <= set(places):
        return {**{field: place for field, place in places.items() if field != "title"}, "description": text}
    missing = [field for field in _REQUIRED if field not in places]
    if missing:
        raise InputError(
            missing_column(field, table.columns, table.name, table.header_row) for field in missing
        )
    return places


def _formulas(row: Row, places: Mapping[str, int], table: Table) -> list[Problem]:
    return [
        Problem(
            marked("the cell holds a formula: %(formula)s"),
            {"formula": row.cells[position][:60]},
            table.name,
            row.number,
            table.columns[position],
            marked(
                "the value itself; a text that begins with =, +, - or @ begins with an apostrophe in a csv file."
            ),
        )
        for position in places.values()
        if position in row.formulas
    ]


def _maimed_targets(row: Row, places: Mapping[str, int], table: Table) -> Iterator[Problem]:
    position = places.get("targets")
    if position is not None and position in row.numbers and row.cells[position] in _MAIMED:
        code = row.cells[position]
        yield Problem(
            marked("%(code)s is kept as a number: it may have been %(longer)s."),
            {"code": code, "longer": f"{code}0"},
            table.name,
            row.number,
            table.columns[position],
            marked("targets as text cells; read as %(code)s."),
            severity="warning",
        )


def _duplicate(entry: Entry, twin: int, table: Table, called: Mapping[str, str]) -> Problem:
    if "id" in called and not entry.id.startswith("made-"):
        return Problem(
            marked("the id “%(id)s” stands in row %(twin)d already."),
            {"id": entry.id, "twin": twin},
            table.name,
            entry.row,
            called["id"],
            marked("each id once."),
        )
    return Problem(
        marked("the same record (title and organisation) stands in row %(twin)d already."),
        {"twin": twin},
        table.name,
        entry.row,
        expected=marked("each record once, or a column “id” that tells them apart."),
    )


def _header_only(table: Table) -> Problem:
    return Problem(
        marked("the file holds a header and no row below it."),
        file=table.name,
        row=table.header_row,
        expected=marked("one row per record below the header."),
    )
