"""Recognising the layout of a table: years across or down, where the economy stands, whose table it is."""

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from typing import Final

from actionlines.formats.statistics.mapping import Mapping
from actionlines.formats.tabular import Grid
from actionlines.formats.tabular.table import column_key
from actionlines.frameworks import find_area
from actionlines.measurement.checks.statistics import COLUMNS
from actionlines.measurement.series import Series, series
from actionlines.text import LANGUAGES, fold

_DEEPEST: Final = 25  # rows in which a header is looked for
_YEAR: Final = re.compile(r"(?:YR)?((?:19|20)\d\d)(?: \[YR\1\])?")
_OF_YEAR: Final = re.compile(r"(notes?|sources?) ((?:19|20)\d\d)", re.IGNORECASE)
_INDICATOR: Final = re.compile(r"\b(\d{1,2}\.(?:\d{1,2}|[a-d])\.\d)\b")
_ROLES: Final[AnyMapping[str, tuple[str, ...]]] = {
    **COLUMNS,
    "nature": ("naturecode", "nature code", "nature"),
    "source": ("source", "sources", "source detail"),
    "unit_mult": ("unit mult",),
    "unit": ("unit measure", "unit"),
}
# Columns of codes win over columns of names.
_ECONOMY_CODES: Final = ("country code", "iso3", "iso")
_HOUSES: Final = (
    ("UN SDG", {"seriescode", "geoareacode"}),
    ("Data360", {"ref area", "database id"}),
    ("SDMX", {"ref area", "obs value"}),
    ("WDI", {"country code", "indicator code"}),
)


def recognise(grid: Grid) -> Mapping | None:
    """The layout of a table, None where none of those known fits: a person has to say it."""
    return _long(grid) or _wide(grid) or _labels(grid)


def year_of(cell: str) -> int | None:
    """2019 of '2019', 'YR2019' or '2019 [YR2019]'."""
    match = _YEAR.fullmatch(cell.strip())
    return int(match[1]) if match else None


def series_in_title(text: str) -> Series | None:
    """The series a title names: by the number of an SDG indicator that has one series, or by its own title."""
    for number in _INDICATOR.findall(text):
        own = [one for one in series() if one.indicator == number]
        if len(own) == 1:
            return own[0]
    folded = fold(text)
    best: tuple[int, Series] | None = None
    for one in series():
        for language in LANGUAGES:
            title = fold(one.title.get(language))
            if title and title in folded and (best is None or len(title) > best[0]):
                best = (len(title), one)
    return best[1] if best else None


def _house(cells: tuple[str, ...]) -> str:
    keys = {column_key(cell) for cell in cells}
    return next((house for house, needed in _HOUSES if needed <= keys), "")


def roles_of(cells: Sequence[str]) -> dict[str, int]:
    """The roles a header's names play, each with its column."""
    known: dict[str, int] = {}
    for place, cell in enumerate(cells):
        known.setdefault(column_key(cell), place)
    return {
        role: next(known[wording] for wording in wordings if wording in known)
        for role, wordings in _ROLES.items()
        if any(wording in known for wording in wordings)
    }


def _long(grid: Grid) -> Mapping | None:
    for number, cells in enumerate(grid.rows[:_DEEPEST], 1):
        roles = roles_of(cells)
        if {"economy", "period", "series", "value"} <= roles.keys():
            return Mapping("long", number, roles, _house(cells))
    return None


def _wide(grid: Grid) -> Mapping | None:
    for number, cells in enumerate(grid.rows[:_DEEPEST], 1):
        years = {place: year for place, cell in enumerate(cells) if (year := year_of(cell))}
        if not years or len(years) < 2:
            continue
        economy = _economy_column(grid, number, set(years))
        if economy is None:
            continue
        roles = {
            role: place for role, place in roles_of(cells).items() if place not in years and role != "value"
        }
        columns = {**{role: place for role, place in roles.items() if role != "period"}, "economy": economy}
        notes, sources = _of_years(cells)
        above = [cell for row in grid.rows[: number - 1] for cell in row]
        named = None if "series" in columns else _named(above)
        house = _house(cells) or ("ITU" if notes or sources else "")
        return Mapping(
            *("wide", number, columns, house, years, notes, sources),
            series=named.code if named else "",
        )
    return None


def _named(cells: list[str]) -> Series | None:
    found = {one.code: one for cell in cells if cell and (one := series_in_title(cell))}
    return next(iter(found.values())) if len(found) == 1 else None


def _of_years(cells: tuple[str, ...]) -> tuple[dict[int, int], dict[int, int]]:
    notes: dict[int, int] = {}
    sources: dict[int, int] = {}
    for place, cell in enumerate(cells):
        match = _OF_YEAR.fullmatch(cell.strip())
        if match:
            (notes if match[1].lower().startswith("n") else sources)[int(match[2])] = place
    return notes, sources


def _economy_column(grid: Grid, header: int, taken: set[int]) -> int | None:
    """The column in which most cells below the header are economies; one of codes before one of names."""
    head = grid.rows[header - 1]
    sample = grid.rows[header : header + 60]
    best: tuple[int, int, int] | None = None
    for place in range(min(len(head), 12) or 1):
        if place in taken:
            continue
        cells = [row[place] for row in sample if place < len(row) and row[place]]
        found = sum(find_area(cell) is not None for cell in cells)
        coded = column_key(head[place]) in _ECONOMY_CODES
        if cells and found * 2 >= len(cells) and (best is None or (int(coded), found) > best[:2]):
            best = (int(coded), found, -place)
    return -best[2] if best else None


def _labels(grid: Grid) -> Mapping | None:
    """One economy's table of one indicator: a row for each part of the population under headings without figures."""
    for number, cells in enumerate(grid.rows[:_DEEPEST], 1):
        years = {place: year for place, cell in enumerate(cells) if (year := year_of(cell))}
        if len(years) < 2:
            continue
        labels = [place for place, cell in enumerate(cells) if cell and place not in years]
        named = _named([cell for row in grid.rows[: number - 1] for cell in row])
        if not labels or named is None:
            return None
        return Mapping("labels", number, {"label": labels[-1]}, "", years, series=named.code)
    return None
