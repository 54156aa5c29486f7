"""Road maps in tables: csv, xlsx or ods in, csv and xlsx out, with the columns of `results.roadmap.Activity`."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from actionlines.formats.tabular.table import Row, Table
from actionlines.problems import InputError, Problem, marked
from actionlines.results.roadmap import PLANNED, STATES, Activity
from actionlines.text import fold

# Column to the headings it is known by, ours first.
COLUMNS: Final = {
    "number": ("number", "no", "nr", "numéro", "n°"),
    "activity": ("activity", "activities", "activité", "activités"),
    "expected": ("expected result", "expected results", "expected", "résultats attendus", "résultat attendu"),
    "indicator": ("indicator", "indicateur"),
    "baseline": ("baseline", "valeur de départ"),
    "target": ("target", "cible"),
    "start": ("start", "from", "début"),
    "end": ("end", "until", "fin"),
    "resources": ("resources", "human and financial resources", "ressources"),
    "partners": ("partners", "partenaires"),
    "links": ("links", "sdgs", "sdg", "odd"),
    "state": ("state", "status", "état"),
    "percent": ("percent", "per cent", "%"),
}
_TEXTS: Final = ("activity", "expected", "indicator", "baseline", "target", "resources", "partners")
MOST_TEXT: Final = 5_000


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
    headings = [fold(cell).strip() for cell in table.columns]
    places = {}
    for name, known in COLUMNS.items():
        for heading in known:
            if fold(heading) in headings:
                places[name] = headings.index(fold(heading))
                break
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
    for name, text in texts.items():
        if len(text) > MOST_TEXT:
            wrong(name, marked("at most %(most)d characters."), most=MOST_TEXT)
    if not texts["activity"]:
        wrong("activity", marked("what is done."))
    start, end = day("start"), day("end")
    if start and end and end < start:
        wrong("end", marked("a day not before the start."))
    state = fold(cell("state")) or PLANNED
    if state not in STATES:
        wrong("state", marked("one of %(known)s."), known=", ".join(STATES))
        state = PLANNED
    percent = cell("percent").removesuffix("%").strip() or "0"
    if not percent.isdecimal() or int(percent) > 100:
        wrong("percent", marked("a number from 0 to 100."))
        percent = "0"
    return Activity(
        number=cell("number") or str(row.number - table.header_row),
        start=start,
        end=end,
        links=tuple(part.strip() for part in cell("links").replace(",", ";").split(";") if part.strip()),
        state=state,
        percent=int(percent),
        **texts,  # type: ignore[arg-type]  # only the fields that are texts
    )
