"""Road maps in tables: csv, xlsx, ods or a Word document in, csv and xlsx out.

The columns are those of `results.roadmap.Activity`; headings and states are known in six languages
(`data/road_map_words.toml`).
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import resources
from pathlib import PurePath
from typing import Final

from actionlines.documents.word_tables import read_tables
from actionlines.formats.tabular.reading import read_table
from actionlines.formats.tabular.table import Row, Table
from actionlines.problems import InputError, Problem, marked
from actionlines.results.roadmap import PLANNED, STATES, Activity
from actionlines.text import fold


def _words(part: str) -> dict[str, tuple[str, ...]]:
    text = (resources.files("actionlines.formats") / "data/road_map_words.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text)[part].items()}


_HEADINGS: Final = _words("columns")
_STATES: Final = {fold(word): state for state, words in _words("states").items() for word in words}
# A column of years or days is read where a table has no two columns for the first and the last day.
_TIME: Final = "time"
COLUMNS: Final = tuple(name for name in _HEADINGS if name != _TIME)
_TEXTS: Final = ("activity", "expected", "indicator", "baseline", "target", "resources", "partners")
MOST_TEXT: Final = 5_000
_YEARS: Final = re.compile(r"(\d{4})(?:\s*(?:[-–—/]|to|à|a|по)\s*(\d{4}))?\Z")
_DAYS: Final = re.compile(r"(\d{4}-\d{2}-\d{2})?\s*(?:–|—|-|to)?\s*(\d{4}-\d{2}-\d{2})?\Z")
_SEPARATORS: Final = re.compile(r"[,;،、\n]")
_ISOLATES: Final = dict.fromkeys(range(0x2066, 0x206A))


def read_road_map(content: bytes, name: str) -> list[Activity]:
    """The activities of a file: of a table, or of the tables of a Word document.

    Raises:
        InputError: as `activities_of`; no table with activities in the document.
    """
    if PurePath(name).suffix.lower() == ".docx":
        return activities_of(_document_table(content, name))
    return activities_of(read_table(content, name))


def time_frame(start: date | None, end: date | None) -> str:
    """First and last day as a document prints them and `read_road_map` reads them: whole years as years."""
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{start or ''} – {end or ''}".strip() if start or end else ""


def _document_table(content: bytes, name: str) -> Table:
    """The tables of a document as one: rows of activities, with what further tables say under the same number.

    A table counts where its first row names activities, or a number and another column that is known. A table with
    the same heads as the one before goes on with it.
    """
    main: dict[str, dict[str, str]] = {}
    order: list[tuple[int, dict[str, str]]] = []
    seen = False
    for rows in read_tables(content, name):
        heads = _known_heads(rows[0]) if rows else {}
        if "activity" in heads:
            seen = True
            for cells in rows[1:]:
                said = _said(heads, cells)
                if any(said.values()):
                    order.append((len(order) + 2, said))
                    main.setdefault(said.get("number", ""), said)
        elif "number" in heads and len(heads) > 1:
            for cells in rows[1:]:
                said = _said(heads, cells)
                if said["number"] in main:
                    main[said["number"]].update(said)
    if not seen:
        raise InputError(
            [
                Problem(
                    marked("the document has no table with a column “%(field)s”."),
                    {"field": "activity"},
                    name,
                    expected=marked("a table whose first row names its columns, one of them “%(field)s”."),
                )
            ]
        )
    columns = (*COLUMNS, _TIME)
    found = iter([Row(number, tuple(said.get(column, "") for column in columns)) for number, said in order])
    return Table(name, columns, 1, found)


def _known_heads(cells: Sequence[str]) -> dict[str, int]:
    return dict(_found(cells))


def _said(heads: dict[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {name: _plain(cells[place]) if place < len(cells) else "" for name, place in heads.items()}


def _plain(text: str) -> str:
    return text.translate(_ISOLATES).strip()


def _found(headings: Sequence[str]) -> Iterator[tuple[str, int]]:
    folded = [fold(_plain(cell)) for cell in headings]
    for name, known in _HEADINGS.items():
        place = next((folded.index(fold(word)) for word in known if fold(word) in folded), None)
        if place is not None:
            yield name, place


def activities_of(table: Table) -> list[Activity]:
    """The rows of a road map.

    Raises:
        InputError: no column of activities, or what is wrong in which cell: all of it, and nothing is taken then.
    """
    places = _places(table)
    problems: list[Problem] = []
    found: list[Activity] = []
    rows: dict[str, int] = {}
    for row in table.rows:
        item = _activity(table, places, row, problems)
        if item.number in rows:
            told = {"number": item.number, "twin": rows[item.number]}
            problems.append(
                Problem(
                    marked("the number %(number)s stands in row %(twin)d already."),
                    told,
                    table.name,
                    row.number,
                    "number",
                    marked("each number once."),
                )
            )
        rows.setdefault(item.number, row.number)
        found.append(item)
    problems.extend(table.problems)
    if not found and not problems:
        problems.append(Problem(marked("the file holds a header and no row below it."), {}, table.name))
    if problems:
        raise InputError(problems)
    return found


def rows_of(activities: Sequence[Activity]) -> list[list[str]]:
    """A row for each activity under the names of COLUMNS, as `activities_of` reads them again."""
    rows = []
    for item in activities:
        values = {name: str(getattr(item, name) or "") for name in COLUMNS}
        values["links"] = "; ".join(item.links)
        values["percent"] = str(item.percent)
        rows.append([values[name] for name in COLUMNS])
    return rows


def _places(table: Table) -> dict[str, int]:
    places = _known_heads(table.columns)
    if "activity" not in places:
        raise InputError(
            [
                Problem(
                    marked("the column “%(field)s” is missing."),
                    {"field": "activity", "found": ", ".join(table.columns)},
                    table.name,
                    table.header_row,
                    expected=marked("a column “%(field)s”; found: %(found)s."),
                )
            ]
        )
    return places


def _activity(table: Table, places: dict[str, int], row: Row, problems: list[Problem]) -> Activity:
    def cell(name: str) -> str:
        place = places.get(name)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def wrong(name: str, expected: str, **values: object) -> None:
        told = {"said": cell(name)[:60], **values}
        problems.append(
            Problem(marked("“%(said)s” cannot stand here."), told, table.name, row.number, name, expected)
        )

    def day(name: str) -> date | None:
        text = cell(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            wrong(name, marked("a day such as 2017-12-31."))
            return None

    texts = {name: cell(name) for name in _TEXTS}
    for name in (name for name, text in texts.items() if len(text) > MOST_TEXT):
        wrong(name, marked("at most %(most)d characters."), most=MOST_TEXT)
    if not texts["activity"]:
        wrong("activity", marked("what is done."))
    start, end = _frame(cell(_TIME)) or (day("start"), day("end"))
    if cell(_TIME) and not (start or end):
        wrong(_TIME, marked("years such as 2018-2025, or days such as 2018-01-31 – 2018-12-31."))
    if start and end and end < start:
        wrong("end", marked("a day not before the start."))
    state = _STATES.get(fold(cell("state")) or PLANNED, "")
    if not state:
        wrong("state", marked("one of %(known)s."), known=", ".join(STATES))
    percent = _share(cell("percent"))
    if percent is None:
        wrong("percent", marked("a number from 0 to 100."))
    return Activity(
        number=cell("number") or str(row.number - table.header_row),
        start=start,
        end=end,
        links=tuple(part.strip() for part in _SEPARATORS.split(cell("links")) if part.strip()),
        state=state or PLANNED,
        percent=percent or 0,
        **texts,  # type: ignore[arg-type]  # only the fields that are texts
    )


def _share(text: str) -> int | None:
    said = text.removesuffix("%").strip() or "0"
    return int(said) if said.isdecimal() and int(said) <= 100 else None


def _frame(text: str) -> tuple[date | None, date | None] | None:
    """First and last day of a time frame; None where it is empty, or neither years nor days."""
    if years := _YEARS.match(text):
        first, last = int(years[1]), int(years[2] or years[1])
        return (date(first, 1, 1), date(last, 12, 31)) if min(first, last) else None
    days = _DAYS.match(text)
    if not days or not (days[1] or days[2]):
        return None
    try:
        return tuple(date.fromisoformat(day) if day else None for day in days.groups())  # type: ignore[return-value]
    except ValueError:
        return None
