"""Requests for sessions in tables: csv, xlsx or ods in; the columns of `programme.request.Request`."""

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from actionlines.formats.tabular.table import Row, Table
from actionlines.frameworks import find_area
from actionlines.problems import InputError, Problem, marked
from actionlines.programme.edition import Edition
from actionlines.programme.request import Request, Speaker, problems_of
from actionlines.text import fold

# Column to the headings it is known by, ours first.
COLUMNS: Final = {
    "title": ("title", "session title", "titre"),
    "description": ("description", "abstract", "résumé"),
    "language": ("language", "langue"),
    "kind": ("type", "session type", "kind", "type de session"),
    "track": ("track", "volet"),
    "series": ("series", "série"),
    "format": ("format",),
    "length": ("length", "slots", "durée"),
    "attendance": ("expected persons", "attendance", "participants"),
    "needs": ("needs", "besoins"),
    "wishes": ("preferred slots", "wishes", "créneaux souhaités"),
    "barred": ("impossible slots", "barred", "créneaux impossibles"),
    "constraints": ("constraints", "contraintes"),
    "organisers": ("organisers", "organizers", "organisateurs"),
    "lines": ("action lines", "lines", "action line", "grandes orientations"),
    "targets": ("goals and targets", "sdgs", "targets", "sdg", "odd"),
    "speakers": ("speakers", "panellists", "panelists", "intervenants"),
}
EXAMPLE: Final = {
    "title": "Clinics on the islands",
    "description": "Nurses on twelve islands say what telemedicine changed.",
    "language": "en",
    "kind": "thematic-workshop",
    "track": "forum",
    "series": "",
    "format": "hybrid",
    "length": "1",
    "attendance": "60",
    "needs": "captions; remote",
    "wishes": "d1.2; d2.1",
    "barred": "",
    "constraints": "The minister leaves on the second day.",
    "organisers": "Ministry of Health; Union of nurses",
    "lines": "C7-HEA; C3",
    "targets": "3.8; 9.c",
    "speakers": "Ada Example <ada@example.org>, moderator, Ministry of Health; Ben Example, panellist, Union of nurses",
}
_LISTS: Final = ("needs", "wishes", "barred", "organisers", "lines", "targets")
_NUMBERS: Final = {"length": 1, "attendance": 0}
_CUT: Final = re.compile(r"[;\n]")
_PERSON: Final = re.compile(r"(?P<name>[^<>,]*)(?:<(?P<email>[^<>]*)>)?\s*")


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A request and the row it stood in."""

    row: int
    request: Request


def requests_of(table: Table, edition: Edition) -> tuple[list[ReadRequest], list[Problem]]:
    """The requests of a table, and what is wrong in which row and column; a row with a fault is no request.

    Several values in a cell stand with semicolons between them; a speaker is written
    `Name <address>, role, organisation`, all but the name as far as it is known.

    Raises:
        InputError: the table has no column of titles, or no row.
    """
    places = _places(table)
    found: list[ReadRequest] = []
    problems: list[Problem] = []
    titles: dict[str, int] = {}
    for row in table.rows:
        request, faults = _request(places, row, edition)
        twin = titles.setdefault(fold(request.title).strip(), row.number)
        if request.title and twin != row.number:
            told = {"title": request.title, "twin": twin}
            faults.append(
                Problem(marked("“%(title)s” stands in row %(twin)d already."), told, column="title")
            )
        if faults:
            problems += [replace(fault, file=table.name, row=row.number) for fault in faults]
        else:
            found.append(ReadRequest(row.number, request))
    problems += table.problems
    if not found and not problems:
        problems = [Problem(marked("the file holds a header and no row below it."), {}, table.name)]
        raise InputError(problems)
    return found, problems


def _places(table: Table) -> dict[str, int]:
    headings = [fold(cell).strip() for cell in table.columns]
    places = {}
    for name, known in COLUMNS.items():
        for heading in known:
            if fold(heading) in headings:
                places[name] = headings.index(fold(heading))
                break
    if "title" not in places:
        told = {"field": "title", "found": ", ".join(table.columns)}
        raise InputError(
            [
                Problem(
                    marked("the column “%(field)s” is missing."),
                    told,
                    table.name,
                    table.header_row,
                    expected=marked("a column “%(field)s”; found: %(found)s."),
                )
            ]
        )
    return places


def _request(places: dict[str, int], row: Row, edition: Edition) -> tuple[Request, list[Problem]]:
    faults: list[Problem] = []
    values: dict[str, Any] = {}
    for name, place in places.items():
        if place in row.formulas:
            told = {"found": row.cells[place][:60]}
            expected = marked("a value; formulas are not computed.")
            faults.append(
                Problem(marked("“%(found)s” cannot stand here."), told, column=name, expected=expected)
            )
            continue
        values[name] = _value(name, row.cells[place].strip(), edition, faults)
    given = {name: value for name, value in values.items() if value not in ("", (), None)}
    request = Request(**{"title": "", **given})
    return request, [*faults, *problems_of(request, edition, complete=True)]


def _value(name: str, said: str, edition: Edition, faults: list[Problem]) -> Any:
    if name in _LISTS:
        return tuple(part.strip() for part in _CUT.split(said) if part.strip())
    if name in _NUMBERS:
        if said and not said.isdecimal():
            told = {"found": said[:60]}
            expected = marked("a whole number.")
            faults.append(
                Problem(marked("“%(found)s” cannot stand here."), told, column=name, expected=expected)
            )
            return None
        return int(said[:9]) if said else _NUMBERS[name]
    if name == "speakers":
        return tuple(_speaker(part) for part in _CUT.split(said) if part.strip())
    if name in {"kind", "track"}:
        return _code(said, edition.kinds if name == "kind" else edition.tracks)
    return said


def _code(said: str, known: Any) -> str:
    """The code of a type or track that is named by its code or by its title in any language."""
    wanted = fold(said).strip()
    for item in known:
        if wanted in {fold(item.code), *(fold(title) for title in item.title.by_language.values())}:
            return str(item.code)
    return said


def _speaker(said: str) -> Speaker:
    first, *more = [part.strip() for part in said.split(",")]
    match = _PERSON.fullmatch(first)
    name, email = (match["name"], match["email"] or "") if match else (first, "")
    more += [""] * 3
    role, organisation, country = more[0].lower() or "panellist", more[1], more[2]
    area = find_area(country) if country else None
    return Speaker(
        name.strip(), email.strip().lower(), role, organisation, "", area.iso3 if area else country
    )
