"""Files of labelled texts: csv or JSON Lines, a text and its codes in columns whose names the caller says."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from actionlines.alignment.language import detect_language
from actionlines.frameworks import Framework
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES

_FIELD_LIMIT: Final = 1 << 27


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file and its fields."""

    number: int
    fields: Mapping[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a csv or jsonl file.

    Raises:
        InputError: the file cannot be read, or a line is no object.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() in (".jsonl", ".ndjson"):
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield Row(number, _object(line, path.name, number))
            else:
                csv.field_size_limit(_FIELD_LIMIT)
                yield from (Row(number, fields) for number, fields in enumerate(csv.DictReader(file), 2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = Problem(marked("cannot be read: %(reason)s."), {"reason": str(error)}, path.name)
        raise InputError([problem]) from None


def _object(line: str, file: str, number: int) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError([Problem(marked("is not a JSON object."), {}, file, number)])
    return found


def demand(rows: Iterable[Row], columns: Iterable[str], file: str) -> None:
    """Refuse a file that lacks a column.

    Raises:
        InputError: which ones.
    """
    present = {name for row in rows for name in row.fields}
    absent = [name for name in columns if name not in present]
    if absent:
        raise InputError(
            [Problem(marked("There is no such column."), {}, file, column=name) for name in absent]
        )


def filled(row: Row, columns: Iterable[str]) -> bool:
    """Whether a row has something in each of the columns."""
    return all(
        row.fields.get(name) not in (None, "", []) and str(row.fields[name]).strip() for name in columns
    )


def codes_of(row: Row, column: str, framework: Framework, file: str) -> list[str]:
    """The codes of a cell as the framework writes them.

    Raises:
        InputError: a code that does not exist.
    """
    value = row.fields[column]
    given = value if isinstance(value, list) else str(value).split(";")
    found = []
    for code in filter(None, (str(item).strip() for item in given)):
        if code not in framework:
            fault = marked("“%(code)s” is no code of the framework.")
            raise InputError([Problem(fault, {"code": code}, file, row.number, column)])
        found.append(framework[code].code)
    return found


def language_of(row: Row, asked: str, text: str) -> str:
    """The language of a row: `asked` is a language, or the column that says it ('lang'); else it is detected."""
    named = asked if asked in LANGUAGES else str(row.fields.get(asked or "lang", ""))
    return named if named in LANGUAGES else detect_language(text)
