"""Data files of the frameworks: a csv table or a toml page, read as text, every fault noted with file and row."""

import csv
import io
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, Text

# What was found wrong so far. Reading goes on after a fault, so that a person sees all of them at once.
Faults = list[Problem]


def raise_faults(faults: Faults) -> None:
    """Raise InputError with all faults, by file and row; do nothing where there is none."""
    if faults:
        raise InputError(sorted(faults, key=lambda fault: (fault.file, fault.row or 0)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        table: the table it stands in; number: as a spreadsheet shows it (the header is 1).
        values: column to text, stripped; absent cells are ''.
    """

    table: "Table"
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def fault(self, template: str, column: str, expected: str = "", /, **values: object) -> None:
        """Note a fault of this row; `template` and `expected` share `values`."""
        self.table.faults.append(Problem(template, values, self.table.name, self.number, column, expected))

    def needed(self, column: str) -> str:
        """The cell's text; an empty cell is a fault."""
        if not self[column]:
            self.fault(marked("the cell is empty."), column, marked("a value."))
        return self[column]

    def day(self, column: str) -> date | None:
        """The cell as a day, None when empty; anything but YYYY-MM-DD is a fault."""
        value = self[column]
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(
                marked("“%(value)s” is not a day."), column, marked("a day such as 2017-12-31."), value=value
            )
            return None

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """The cell's text; one that is not among `allowed` is a fault."""
        value = self[column]
        if value not in allowed:
            self.fault(
                marked("“%(value)s” is not known."),
                column,
                marked("one of: %(allowed)s."),
                value=value,
                allowed=", ".join(allowed),
            )
        return value

    def text(self, prefix: str = "") -> Text:
        """The columns en, fr, ar, es, ru, zh (or `prefix` + language) as one text."""
        return Text({language: self[prefix + language] for language in LANGUAGES})


class Table:
    """A csv file with a header, UTF-8.

    Attributes:
        name: as shown in problems; rows: those that could be read; faults: where faults are noted.
    """

    def __init__(self, path: Path, name: str, columns: Collection[str], faults: Faults) -> None:
        self.name = name
        self.faults = faults
        text = _decoded(path, name, faults)
        self.rows: tuple[Row, ...] = ()
        try:
            self.rows = tuple(self._read(text, columns)) if text is not None else ()
        except csv.Error as error:
            faults.append(Problem(marked("not a csv file: %(reason)s."), {"reason": error}, name))

    def _read(self, text: str, columns: Collection[str]) -> Iterator[Row]:
        records = csv.reader(io.StringIO(text, newline=""))
        header = [cell.strip() for cell in next(records, [])]
        missing = [column for column in columns if column not in header]
        if missing:
            values = {"missing": ", ".join(missing), "columns": ", ".join(columns)}
            fault = marked("no column named %(missing)s.")
            self.faults.append(
                Problem(fault, values, self.name, 1, expected=marked("the columns %(columns)s."))
            )
            return
        for number, cells in enumerate(records, start=2):
            if not any(cells):
                continue
            row = Row(
                self, number, {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
            )
            if len(cells) != len(header):
                row.fault(
                    marked("the row has %(found)s cells."),
                    "",
                    marked("%(wanted)s cells."),
                    found=len(cells),
                    wanted=len(header),
                )
            yield row


def read_page(path: Path, name: str, needed: Collection[str], faults: Faults) -> dict[str, Any]:
    """A toml file as a dictionary; a key of `needed` that is absent or empty is a fault."""
    text = _decoded(path, name, faults)
    if text is None:
        return {}
    try:
        page = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(Problem(marked("not a toml file: %(reason)s."), {"reason": error}, name))
        return {}
    for key in needed:
        if not page.get(key):
            missing = marked("“%(key)s” is missing.")
            faults.append(Problem(missing, {"key": key}, name, column=key, expected=marked("a value.")))
    return page


def _decoded(path: Path, name: str, faults: Faults) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.append(Problem(marked("the file is missing."), file=name))
    except UnicodeDecodeError as error:
        fault = marked("the file is not UTF-8 (byte %(byte)s).")
        faults.append(
            Problem(fault, {"byte": error.start + 1}, name, expected=marked("a text file in UTF-8."))
        )
    return None
