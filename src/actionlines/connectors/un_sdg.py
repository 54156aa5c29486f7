"""The global SDG indicators database, from the interface of the United Nations Statistics Division.

`/v1/sdg/Series/Data?seriesCode=…&areaCode=…&page=…&pageSize=…` answers with pages of values; areas are numbers of M49,
what splits the population stands under `dimensions`, how a value was made under `attributes`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from actionlines.connectors.statistics import Asking, Source, figure, iso3_and_m49, unexpected, within
from actionlines.measurement.checks.statistics import breakdown_of
from actionlines.problems import InputError, marked

_PER_PAGE: Final = 5_000
_MOST_PAGES: Final = 1_000
# What the database calls what it splits by.
_ROLES: Final = {
    "sex": "sex",
    "age": "age",
    "location": "area",
    "education level": "education",
    "quantile": "wealth",
    "occupation": "occupation",
    "type of occupation": "occupation",
    "type of speed": "breakdown",
}
_DIMENSIONS: Final = {"type of skill": "skill"}
_NO_PARTS: Final = frozenset({"reporting type", "freq"})


def _rows(asking: Asking, code: str) -> Iterator[tuple[str, ...]]:
    wanted = asking.wanted
    areas = "".join(f"&areaCode={int(number)}" for _, number in iso3_and_m49(wanted.economies))
    series = quote(asking.source.codes()[code].code, safe="")
    page, pages = 1, 1
    while page <= min(pages, _MOST_PAGES):
        path = f"/v1/sdg/Series/Data?seriesCode={series}{areas}&page={page}&pageSize={_PER_PAGE}"
        answer = asking.answer(path)
        try:
            pages = int(answer["totalPages"])
            rows = [_row(one) for one in answer["data"]]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError([unexpected(path)]) from None
        yield from (row for row in rows if within(wanted, row[1]))
        page += 1
    if not pages:
        asking.note(marked("%(series)s: the source has no values."), series=code)


def _row(one: Any) -> tuple[str, ...]:
    attributes = {str(key).lower(): _text(value) for key, value in (one.get("attributes") or {}).items()}
    notes = "; ".join(str(note).strip() for note in one.get("footnotes") or () if str(note).strip())
    year = str(one["timePeriodStart"]).removesuffix(".0")
    return (
        str(one["geoAreaCode"]).zfill(3),
        year,
        figure(one["value"]),
        "",
        attributes.get("nature", ""),
        _breakdown(one.get("dimensions") or {}),
        "",
        _text(one.get("source")) or "UN SDG database",
        notes,
    )


def _breakdown(dimensions: Mapping[str, Any]) -> str:
    said: dict[str, str] = {}
    more: list[str] = []
    for name, value in dimensions.items():
        role, text = str(name).lower(), _text(value)
        if role in _NO_PARTS:
            continue
        if role in _ROLES:
            said[_ROLES[role]] = text
        elif breakdown_of({"breakdown": text}):
            more.append(f"{_DIMENSIONS.get(role, 'part')}={text}".replace(";", ","))
    return ";".join(sorted({*filter(None, breakdown_of(said).split(";")), *more}))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


UN_SDG: Final = Source("un-sdg", "UN SDG database", "https://unstats.un.org/sdgapi", _rows)
