"""Tables of aid projects as donors publish them: columns under other names than ours, perhaps in two languages.

Title, text, carrier, recipient, year and amount become an entry. A recipient that is no economy (a theme, a part of a
country) is left for a person to decide; white space of cells broken over lines is mended.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from actionlines.formats.tabular import EntryFile, csv_text, read_entries, read_table
from actionlines.formats.tabular.table import Row, Table, column_key
from actionlines.frameworks import find_area
from actionlines.problems import InputError, Problem, marked

_ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title en", "project title", "project title en", "project name"),
    "description": ("long description en", "description en", "long description", "project description"),
    "organisation": (
        "implementor en",
        "implementer en",
        "implementing organisation",
        "implementor",
        "implementer",
    ),
    "country": ("recipient en", "recipient country", "recipient"),
    "year": ("year", "commitment year"),
    "amount": ("amount", "commitment amount"),
    "currency": ("currency",),
}
_NEEDED: Final = ("title", "country", "amount")
# Signs that stand for a currency in tables; its ISO 4217 code.
_CURRENCIES: Final = {"lt": "LTL", "€": "EUR", "$": "USD", "us$": "USD", "£": "GBP"}
_FIELDS: Final = ("title", "description", "organisation", "country", "year", "language", "financing")
_BREAK: Final = re.compile(r"\s*(?:_x000D_|[\r\n])+\s*")


def is_projects(source: Path | bytes, name: str = "") -> bool:
    """Whether a file is a table of projects with a title, a recipient and an amount under the names known here."""
    try:
        columns = read_table(source, name).columns
    except InputError:
        return False
    return set(_NEEDED) <= _places(columns).keys()


def read_projects(source: Path | bytes, name: str = "") -> EntryFile:
    """The projects of a table as entries.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.

    Raises:
        InputError: no table, or none of projects.
    """
    table = read_table(source, name)
    at = _places(table.columns)
    missing = [role for role in _NEEDED if role not in at]
    if missing:
        template = marked("no column says the %(missing)s.")
        raise InputError([Problem(template, {"missing": ", ".join(missing)}, table.name, table.header_row)])
    mender = _Mender(table, at)
    numbers, rows = [], []
    for row in table.rows:
        numbers.append(row.number)
        rows.append(mender.fields(row))
    found = read_entries(csv_text(_FIELDS, rows).encode(), table.name)
    # The csv's rows stand for those of the file, which may have empty ones between them.
    where = dict(enumerate(numbers, 2))
    entries = tuple(replace(entry, row=where.get(entry.row or 0, entry.row)) for entry in found.entries)
    problems = [replace(one, row=where.get(one.row or 0, one.row)) for one in found.problems]
    called = {role: table.columns[place] for role, place in at.items()}
    unused = tuple(
        column for place, column in enumerate(table.columns) if column and place not in at.values()
    )
    problems = [*mender.problems(), *table.problems, *problems]
    return replace(
        found,
        entries=entries,
        problems=tuple(problems),
        columns=called,
        unused=unused,
        rows=len(rows) + len(table.problems),
    )


def _places(columns: tuple[str, ...]) -> dict[str, int]:
    keys = [column_key(column) for column in columns]
    return {
        role: next(keys.index(wording) for wording in wordings if wording in keys)
        for role, wordings in _ROLES.items()
        if any(wording in keys for wording in wordings)
    }


class _Mender:
    """Makes a row of ours of a row of theirs, and remembers what it changed."""

    def __init__(self, table: Table, at: Mapping[str, int]) -> None:
        self.table, self.at = table, at
        self.broken = 0
        self.strangers: Counter[str] = Counter()
        self.signs: Counter[tuple[str, str]] = Counter()

    def fields(self, row: Row) -> list[str]:
        """The fields of `_FIELDS`."""
        said = {role: self._whole(row.cells[place]) for role, place in self.at.items()}
        area = find_area(said["country"]) if said["country"] else None
        if said["country"] and area is None:
            self.strangers[said["country"]] += 1
        currency = said.get("currency", "")
        code = _CURRENCIES.get(currency.lower(), currency)
        if code != currency:
            self.signs[currency, code] += 1
        money = f"{said['amount']} {code}".strip() if said["amount"] else ""
        return [
            *(said["title"], said.get("description") or said["title"], said.get("organisation", "")),
            *(area.iso3 if area else "", said.get("year", ""), "en", money),
        ]

    def _whole(self, cell: str) -> str:
        whole = _BREAK.sub(" ", cell).strip()
        self.broken += whole != cell
        return whole

    def problems(self) -> list[Problem]:
        """What was mended, and what a person has to decide."""
        found = []
        if self.broken:
            template = marked("%(count)d cells were broken over lines; they are one line now.")
            found.append(Problem(template, {"count": self.broken}, self.table.name, severity="warning"))
        for (sign, code), count in self.signs.items():
            template = marked("“%(sign)s” is read as %(code)s in %(count)d records.")
            values = {"sign": sign, "code": code, "count": count}
            found.append(Problem(template, values, self.table.name, severity="warning"))
        column = self.table.columns[self.at["country"]]
        for name, count in self.strangers.items():
            template = marked("“%(name)s” is no economy: %(count)d records have no country.")
            expected = marked("a person to decide where these belong.")
            values = {"name": name, "count": count}
            found.append(Problem(template, values, self.table.name, None, column, expected, "warning"))
        return found
