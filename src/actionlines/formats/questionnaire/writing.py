"""Writing the workbook of a questionnaire."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter

from actionlines.formats.questionnaire import layout
from actionlines.formats.tabular import cell_name
from actionlines.frameworks import area
from actionlines.frameworks.datafile import Faults, Table, raise_faults
from actionlines.measurement.questionnaire import Question, questions, rates
from actionlines.measurement.series import Series, series_catalogue
from actionlines.text import LANGUAGES, Text, direction

_WORDS: Final = Path(__file__).parent / "words.csv"
_WIDTHS: Final = (24, 16, 46, 14, 14, 16, 8, 32, 28)


@cache
def _words() -> Mapping[str, Text]:
    faults: Faults = []
    found = {
        row.needed("code"): row.text()
        for row in Table(_WORDS, _WORDS.name, ("code", *LANGUAGES), faults).rows
    }
    raise_faults(faults)
    return found


def write_questionnaire(
    file: Path | BinaryIO,
    kind: str,
    economy: str,
    year: int,
    language: str,
    before: Mapping[tuple[str, str], Decimal] | None = None,
) -> None:
    """Write the workbook: a row for each count with lists to choose from, and the rates as protected formulas.

    Args:
        kind: 'short' or 'long'.
        economy: ISO 3166-1 alpha-3.
        language: one of the six.
        before: what is known of the year before, by (series, breakdown), shown beside.

    Raises:
        KeyError: no such kind or economy.
    """
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        _Writer(book, kind, economy, year, language).write(before or {})


class _Writer:
    def __init__(self, book: Any, kind: str, economy: str, year: int, language: str) -> None:
        self.kind, self.economy, self.year, self.language = kind, area(economy), year, language
        self.sheet = book.add_worksheet("Questionnaire")
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.locked = book.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": "#EEEEEE", "locked": True}
        )
        self.open = book.add_format(
            {"locked": False, "bg_color": "#FFFBE6", "border": 1, "border_color": "#C8C8C8"}
        )
        self.number = book.add_format(
            {"locked": False, "bg_color": "#FFFBE6", "border": 1, "num_format": "0.######"}
        )
        self.rate = book.add_format({"bg_color": "#EEEEEE", "num_format": "0.00", "locked": True})

    def write(self, before: Mapping[tuple[str, str], Decimal]) -> None:
        asked = questions(self.kind)
        self._head()
        places: dict[tuple[str, str], int] = {}
        for number, question in enumerate(asked, layout.HEADER):
            places[question.series.code, question.breakdown] = number
            self._question(number, question, before.get((question.series.code, question.breakdown)))
        first, last = layout.HEADER, layout.HEADER + len(asked) - 1
        self._validate(first, last)
        self._rates(last + 2, places)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        self.sheet.freeze_panes(layout.HEADER, layout.UNIT)

    def _head(self) -> None:
        if direction(self.language) == "rtl":
            self.sheet.right_to_left()
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.write_string(0, 0, layout.mark(self.kind, self.economy.iso3, self.year), self.locked)
        self.sheet.write_string(
            1, 0, f"{self._say('title')}: {self.economy.names.get(self.language)}, {self.year}", self.title
        )
        self.sheet.write_string(2, 0, self._say("help"))
        self.sheet.write_string(3, 0, self._say("flags"))
        header = ("code", "part", "question", "unit", "before", "value", "flag", "note", "source")
        for column, word in enumerate(header):
            self.sheet.write_string(layout.HEADER - 1, column, self._say(word), self.bold)

    def _question(self, row: int, question: Question, before: Decimal | None) -> None:
        self.sheet.write_string(row, layout.CODE, question.series.code, self.locked)
        self.sheet.write_string(row, layout.PART, question.breakdown, self.locked)
        self.sheet.write_string(
            row, layout.QUESTION, self._title(question.series, question.breakdown), self.wrapped
        )
        self.sheet.write_string(row, layout.UNIT, question.series.unit.get(self.language), self.locked)
        if before is None:
            self.sheet.write_blank(row, layout.BEFORE, None, self.locked)
        else:
            self.sheet.write_number(row, layout.BEFORE, float(before), self.locked)
        self.sheet.write_blank(row, layout.VALUE, None, self.number)
        for column in (layout.FLAG, layout.NOTE, layout.SOURCE):
            self.sheet.write_blank(row, column, None, self.open)
        definition = question.series.definition.get(self.language)
        if definition and not question.breakdown:
            self.sheet.write_comment(row, layout.QUESTION, definition)

    def _validate(self, first: int, last: int) -> None:
        number = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": self._say("number"),
            "input_message": self._say("number"),
        }
        self.sheet.data_validation(first, layout.VALUE, last, layout.VALUE, number)
        flags = {"validate": "list", "source": list(layout.FLAGS), "input_message": self._say("flags")[:255]}
        self.sheet.data_validation(first, layout.FLAG, last, layout.FLAG, flags)

    def _rates(self, row: int, places: Mapping[tuple[str, str], int]) -> None:
        self.sheet.write_string(row, layout.QUESTION, self._say("rates"), self.bold)
        for number, (one, part) in enumerate(rates(self.kind), row + 1):
            above = cell_name(places[one.numerator, part] + 1, layout.VALUE)
            key = (one.denominator, part)
            below = cell_name(places[key if key in places else (one.denominator, "")] + 1, layout.VALUE)
            formula = f'=IF(AND(ISNUMBER({above}),ISNUMBER({below})),IF({below}>0,{one.factor}*{above}/{below},""),"")'
            self.sheet.write_string(number, layout.QUESTION, self._title(one, part), self.wrapped)
            self.sheet.write_string(number, layout.UNIT, one.unit.get(self.language), self.locked)
            self.sheet.write_formula(number, layout.VALUE, formula, self.rate, "")

    def _title(self, one: Series, part: str) -> str:
        title = one.title.get(self.language)
        return f"{title}: {series_catalogue().breakdowns[part].get(self.language)}" if part else title

    def _say(self, word: str) -> str:
        return _words()[word].get(self.language)
