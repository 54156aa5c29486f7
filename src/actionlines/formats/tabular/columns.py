"""Which column of a table holds which field of an entry: the names people give them, in six languages."""

import csv
import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.formats.tabular.table import column_key
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import TRANSLATION_COLUMNS

_FILE: Final = Path(__file__).parent / "columns.csv"
_NEAR_ENOUGH: Final = 0.6
TEXT: Final = "text"


def find_columns(columns: Sequence[str], name: str, row: int) -> dict[str, int]:
    """Field to the position of its column.

    Args:
        columns: the header as written.
        name, row: file and row of the header, for the problems.

    Raises:
        InputError: two columns hold one field.
    """
    found: dict[str, int] = {}
    problems = []
    for position, column in enumerate(columns):
        field = _known().get(column_key(column))
        if field is None:
            continue
        if field in found:
            problems.append(
                Problem(
                    marked("the columns “%(first)s” and “%(second)s” both hold the field “%(field)s”."),
                    {"first": columns[found[field]], "second": column, "field": field},
                    name,
                    row,
                    column,
                    marked("one column per field; rename or remove the other."),
                )
            )
        found.setdefault(field, position)
    if problems:
        raise InputError(problems)
    return found


def missing_column(field: str, columns: Sequence[str], name: str, row: int) -> Problem:
    """The table lacks a column it needs; names what was found, and the found one that looks most like it."""
    wanted = [column_key(field), *(key for key, known in _known().items() if known == field)]
    by_key = {
        column_key(column): column for column in columns if column and column_key(column) not in _known()
    }
    scored = [
        (difflib.SequenceMatcher(None, key, known).ratio(), column)
        for key, column in by_key.items()
        for known in wanted
    ]
    likeness, nearest = max(scored, default=(0.0, ""))
    values = {"field": field, "found": ", ".join(column for column in columns if column), "near": nearest}
    expected = (
        marked("a column “%(field)s” (is “%(near)s” meant?); found: %(found)s.")
        if likeness >= _NEAR_ENOUGH
        else marked("a column “%(field)s”; found: %(found)s.")
    )
    return Problem(marked("the column “%(field)s” is missing."), values, name, row, field, expected)


@cache
def _known() -> Mapping[str, str]:
    """Every name of a column, as `column_key` sees it, to its field.

    Raises:
        ValueError: the data file gives one name to two fields.
    """
    found = {column_key(column): column for column in TRANSLATION_COLUMNS}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in row["names"].split("|"):
                if found.setdefault(column_key(column), row["field"]) != row["field"]:
                    raise ValueError(f"{_FILE.name}: “{column.strip()}” names two fields")
    return found
