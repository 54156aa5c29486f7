"""Reading the cells of a table of statistics one by one, and remembering what was odd about them."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from actionlines.formats.tabular import cell_name
from actionlines.frameworks import find_area
from actionlines.measurement.numbers import NOTHING, plain_number
from actionlines.measurement.series import find_series
from actionlines.problems import Problem, marked

_FLAGS: Final = {
    **dict.fromkeys(("", "a", "n", "normal", "as published"), "A"),
    **dict.fromkeys(("e", "estimate", "estimated", "itu estimate", "est.", "m"), "E"),
    **dict.fromkeys(("b", "break"), "B"),
    **dict.fromkeys(("p", "provisional"), "P"),
    **dict.fromkeys(("f", "forecast"), "F"),
    **dict.fromkeys(("i", "imputed"), "I"),
}
# The natures of the SDG database: what the country says, what the agency estimates or models.
_NATURES: Final = {"c": "A", "ca": "A", "g": "A", "e": "E", "m": "E"}


@cache
def economy_code(text: str) -> str:
    """ISO 3166-1 alpha-3 of an economy's name or code, '' where it is none."""
    found = find_area(text)
    return found.iso3 if found else ""


@cache
def series_code(text: str) -> str:
    """The code of the catalogue for a code or name of a series, '' where it is none."""
    found = find_series(text)
    return found.code if found else ""


@cache
def flag_code(text: str, nature: str = "") -> tuple[str, str]:
    """The flag a cell says, and what is left of it as a note where it says no flag that is known."""
    folded = text.strip().lower()
    if not folded and nature:
        return _NATURES.get(nature.strip().lower(), "A"), ""
    known = _FLAGS.get(folded)
    return (known, "") if known else ("A", text.strip())


@dataclass
class Cells:
    """Reads values, and keeps what could not be read, each with the address of its cell.

    Attributes:
        name: of the file; problems: as they are met.
        empty: how many cells say that there is no value.
        odd: way of writing to how many cells use it and the first of them.
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
    empty: int = 0
    odd: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    _strangers: Counter[tuple[str, str]] = field(default_factory=Counter)
    _first: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def note(
        self,
        row: int,
        column: int,
        template: str,
        expected: str = "",
        /,
        severity: str = "error",
        **values: object,
    ) -> None:
        """Note a problem of a cell."""
        place = cell_name(row, column)
        self.problems.append(Problem(template, values, self.name, row, place, expected, severity))

    def value(self, text: str, row: int, column: int) -> tuple[Decimal, str] | None:
        """The number in a cell and the flag behind it; None where there is none, or where it can be read in two ways."""
        if text.lower() in NOTHING:
            self.empty += 1
            return None
        digits, flag = plain_number(text)
        try:
            number = Decimal(digits) if digits else None
        except InvalidOperation:
            number = None
        if number is None or abs(number) >= 10**17:
            self.note(row, column, *_unreadable(text), said=text[:40])
            return None
        if digits != text and not flag:
            way = "decimal comma" if digits.replace(".", ",") == text else "thousands"
            count, cell, said = self.odd.get(way, (0, cell_name(row, column), text))
            self.odd[way] = (count + 1, cell, said)
        return number, flag

    def economy(self, text: str, row: int, column: int) -> str:
        """The economy of a cell, '' where it is none; what is none is told once at the end."""
        code = economy_code(text)
        if not code:
            self._stranger("economy", text, row, column)
        return code

    def series(self, text: str, row: int, column: int) -> str:
        """The series of a cell, '' where the catalogue has none of that name."""
        code = series_code(text)
        if not code:
            self._stranger("series", text, row, column)
        return code

    def _stranger(self, kind: str, text: str, row: int, column: int) -> None:
        self._strangers[kind, text] += 1
        self._first.setdefault((kind, text), (row, column))

    def once(self, what: str, row: int, column: int, template: str, /, **values: object) -> None:
        """Note a remark at the first cell it holds for, not at the others."""
        if what not in self._said:
            self._said.add(what)
            self.note(row, column, template, "", severity="warning", **values)

    def finish(self) -> None:
        """Tell what concerns many cells: names that are not known, ways of writing numbers."""
        for (kind, text), count in self._strangers.items():
            row, column = self._first[kind, text]
            template = (
                marked("“%(said)s” is not an economy; %(count)d rows of it are left out.")
                if kind == "economy"
                else marked("“%(said)s” is not a series of the catalogue; %(count)d rows of it are left out.")
            )
            expected = (
                marked("a code such as SEN, or a name; groups of economies are not imported.")
                if kind == "economy"
                else marked("a code or an older code of a series.")
            )
            self.note(row, column, template, expected, severity="warning", said=text[:60], count=count)
        for way, (count, cell, said) in self.odd.items():
            template = (
                marked("%(count)d cells have a decimal comma, the first is %(cell)s: “%(said)s”.")
                if way == "decimal comma"
                else marked("%(count)d cells separate thousands, the first is %(cell)s: “%(said)s”.")
            )
            values = {"count": count, "cell": cell, "said": said}
            self.problems.append(Problem(template, values, self.name, column=cell, severity="warning"))


def _unreadable(text: str) -> tuple[str, str]:
    if text.startswith(("<", ">", "≤", "≥")):
        return marked("“%(said)s” is a bound, not a value."), marked(
            "a number, or nothing where it is not significant."
        )
    return marked("“%(said)s” is not a number."), marked(
        "a number with a point before its decimals; nothing, “..” or “n/a” where there is none."
    )
