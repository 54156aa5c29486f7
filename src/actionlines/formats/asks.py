"""A set of asks in a table: csv, xlsx or ods, a row for each numbered paragraph, in one language."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from actionlines.formats.tabular.table import Table, column_key
from actionlines.problems import InputError, Problem, marked
from actionlines.results.followup import Ask, AskSet, check_set, unknown_codes
from actionlines.text import Text

COLUMNS: Final = ("number", "text", "asked", "due", "lines", "targets")
_NEEDED: Final = ("number", "text", "asked")
MOST_TEXT: Final = 5_000


def ask_set_of(table: Table, *, code: str, title: str, source: str, day: date, language: str) -> AskSet:
    """The asks of a table with the columns COLUMNS; due, lines and targets may be missing.

    Args:
        table: one row for each paragraph.
        code, title, source, day: of the set.
        language: of the title and the table.

    Raises:
        InputError: what is missing or cannot stand there, all of it, with row and column.
    """
    places = {column_key(column): place for place, column in enumerate(table.columns)}
    problems = [
        Problem(
            marked("the column “%(field)s” is missing."),
            {"field": name, "found": ", ".join(table.columns)},
            table.name,
            table.header_row,
            expected=marked("a column “%(field)s”; found: %(found)s."),
        )
        for name in _NEEDED
        if name not in places
    ]
    if problems:
        raise InputError(problems)
    asks = []
    for row in table.rows:
        cells = {name: row.cells[places[name]] if name in places else "" for name in COLUMNS}
        asks.append(_ask(cells, table.name, row.number, language, problems))
    problems.extend(table.problems)
    if problems:
        raise InputError(problems)
    found = AskSet(code, Text({language: title}), source, day, tuple(asks))
    check_set(found, table.name)
    return found


def _ask(cells: Mapping[str, str], name: str, row: int, language: str, problems: list[Problem]) -> Ask:
    for column in _NEEDED:
        if not cells[column] or len(cells[column]) > MOST_TEXT:
            told = {"key": column, "most": MOST_TEXT}
            expected = marked("a text of at most %(most)d characters.")
            problems.append(
                Problem(marked("“%(key)s” is missing or too long."), told, name, row, column, expected)
            )
    due = None
    if cells["due"]:
        try:
            due = date.fromisoformat(cells["due"][:10])
        except ValueError:
            told = {"said": cells["due"][:60]}
            expected = marked("a day such as 2017-12-31.")
            problems.append(
                Problem(marked("“%(said)s” cannot stand here."), told, name, row, "due", expected)
            )
    ask = Ask(
        cells["number"],
        Text({language: cells["text"]}),
        Text({language: cells["asked"]}),
        due,
        _codes(cells["lines"]),
        _codes(cells["targets"]),
    )
    problems.extend(unknown_codes(ask, name, row))
    return ask


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.replace(",", ";").split(";") if part.strip()))
