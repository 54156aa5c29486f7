"""A report's annex as a workbook: its tables, a sheet each, and every figure with the records it counts."""

import io
import re
from datetime import UTC, datetime, time
from typing import Any, Final

import xlsxwriter

from actionlines.reports.model import Report, Table
from actionlines.reports.render.characters import printable
from actionlines.text import direction

_FIGURES: Final = "figures"
_MOST_CHARACTERS: Final = 32_767
_WIDEST, _NARROWEST = 60, 8
_FIGURE_COLUMNS: Final = ("id", "label", "value", "counting", "query", "records")


def render(report: Report) -> bytes:
    """The workbook; the same bytes for the same report. Text stays text, whatever it begins with."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    made_on = datetime.combine(report.made_on, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": printable(report.title)[:255], "created": made_on})
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, table in enumerate((found for found in report.blocks() if isinstance(found, Table)), start=1):
        sheet = _sheet(book, f"{number} {table.id.removeprefix('table.')}", report.language)
        _write_table(sheet, table, report, bold, wrapped)
    _write_figures(_sheet(book, _FIGURES, report.language), report, bold)
    book.close()
    return file.getvalue()


def _sheet(book: Any, name: str, language: str) -> Any:
    """A sheet under a name a workbook takes, from right to left where the language runs so."""
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "-", name)[:31])
    if direction(language) == "rtl":
        sheet.right_to_left()
    return sheet


def _write_table(sheet: Any, table: Table, report: Report, bold: Any, wrapped: Any) -> None:
    """Caption, rows, note; what is a figure is a number."""
    sheet.write_string(0, 0, _cell(table.caption), bold)
    for place, row in enumerate(table.rows, start=2):
        for column, cell in enumerate(row):
            if cell.figure:
                sheet.write_number(place, column, report.figures[cell.figure].value)
            elif cell.text:
                sheet.write_string(place, column, _cell(cell.text), bold if cell.head else wrapped)
    if table.note:
        sheet.write_string(len(table.rows) + 3, 0, _cell(table.note))
    for column in range(len(table.rows[0])):
        longest = max(len(row[column].text) for row in table.rows)
        sheet.set_column(column, column, min(max(longest, _NARROWEST), _WIDEST))
    sheet.freeze_panes(3, 1)


def _write_figures(sheet: Any, report: Report, bold: Any) -> None:
    for column, name in enumerate(_FIGURE_COLUMNS):
        sheet.write_string(0, column, name, bold)
    for place, figure in enumerate(report.figures.values(), start=1):
        query = "; ".join(f"{name}={_plain(value)}" for name, value in figure.query.items())
        texts = {0: figure.id, 1: figure.label, 3: figure.counting, 4: query, 5: " ".join(figure.records)}
        for column, text in texts.items():
            sheet.write_string(place, column, _cell(text))
        sheet.write_number(place, 2, figure.value)
    sheet.set_column(0, 1, 30)
    sheet.freeze_panes(1, 1)


def _plain(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _cell(text: str) -> str:
    """What a cell can hold; a longer list of records ends in an ellipsis (the json form has them all)."""
    shown = printable(text)
    return shown if len(shown) <= _MOST_CHARACTERS else f"{shown[: _MOST_CHARACTERS - 1]}…"
