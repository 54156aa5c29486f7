"""Statistics from the public sources of others, as tables that go the way of every other table.

A source answers for series by codes of its own (`sources.csv`); its figures become a table with one row for each value.
What it says of itself that we cannot use is named, and nothing is guessed.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final

from actionlines.connectors.client import Client, silent
from actionlines.formats.tabular import Grid
from actionlines.frameworks import area
from actionlines.frameworks.datafile import Faults, Table
from actionlines.measurement.series import series_by_code
from actionlines.problems import InputError, Problem, marked

CODES_FILE: Final = Path(__file__).parent / "sources.csv"
HEADER: Final = (
    "series",
    "economy",
    "year",
    "value",
    "flag",
    "nature",
    "breakdown",
    "unit",
    "source",
    "note",
)
FRESH: Final = 86_400.0  # an answer of today is not asked for again: a download that was stopped goes on

# Told the phase, and how many requests of how many are answered.
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a source.

    Attributes:
        series: codes of the catalogue; economies: ISO 3166-1 alpha-3, none for all.
        first, last: years.
    """

    series: tuple[str, ...]
    economies: tuple[str, ...] = ()
    first: int = 2000
    last: int = 2100


@dataclass(frozen=True, slots=True)
class Code:
    """What a source calls a series.

    Attributes:
        status: 'verified' where an answer of the source or a file of it was seen, else 'unverified'.
        origin: where the code was read.
    """

    code: str
    status: str
    origin: str


@dataclass(frozen=True)
class Source:
    """A source.

    Attributes:
        code: 'wdi'; name: how it calls itself, for the source of its values.
        address: where its interface begins.
        rows: of one series: the rows of `HEADER` behind the series.
        requests: how many requests a series takes, as far as is known beforehand.
    """

    code: str
    name: str
    address: str
    rows: "Callable[[Asking, str], Iterator[tuple[str, ...]]]"
    requests: Callable[[Wanted], int] = lambda _: 1

    def codes(self) -> Mapping[str, Code]:
        """Series of the catalogue it answers for, each to what it calls it."""
        return source_codes()[self.code]


@dataclass
class Asking:
    """One download at work."""

    source: Source
    client: Client
    wanted: Wanted
    report: Report
    problems: list[Problem] = field(default_factory=list)
    done: int = 0
    total: int = 0

    def answer(self, path: str) -> Any:
        """The JSON at an address of the source; numbers are texts, so that no digit is lost.

        Raises:
            InputError: it does not answer, or not in JSON.
        """
        address = self.source.address.rstrip("/") + path
        self.report("downloading", self.done, max(self.total, self.done))
        found = self.client.fetch(
            address, max_age=FRESH, progress=lambda *_: self.report("downloading", self.done, self.total)
        )
        self.done += 1
        try:
            return json.loads(found.read(), parse_float=str, parse_int=str)
        except (ValueError, RecursionError):
            raise InputError([unexpected(address)]) from None

    def note(self, template: str, **values: object) -> None:
        """A remark on what was downloaded."""
        self.problems.append(Problem(template, values, self.source.name, severity="warning"))


def unexpected(address: str) -> Problem:
    """An answer of another shape than the source gives."""
    return Problem(marked("%(address)s does not answer as it should."), {"address": address[:200]})


def download(
    source: Source, client: Client, wanted: Wanted, report: Report = lambda *_: None
) -> tuple[Grid, list[Problem]]:
    """The figures of a source as a table with the columns `HEADER`, and remarks on them.

    What was downloaded within the day is not asked for again, so that a download that broke off goes on.

    Raises:
        InputError: a series it does not answer for, a request that failed, an answer of another shape, or no figures.
    """
    codes = source.codes()
    unknown = [one for one in wanted.series if one not in codes]
    if unknown or not wanted.series:
        template = marked("%(source)s does not answer for %(series)s.")
        raise InputError([Problem(template, {"source": source.name, "series": ", ".join(unknown) or "–"})])
    asking = Asking(source, client, wanted, report, total=len(wanted.series) * source.requests(wanted))
    rows: list[tuple[str, ...]] = [HEADER]
    for code in wanted.series:
        rows += [(code, *row) for row in source.rows(asking, code)]
    report("downloading", asking.done, asking.done)
    if len(rows) == 1:
        template = marked("%(source)s has no figures of what was asked for.")
        raise InputError([Problem(template, {"source": source.name})])
    return Grid(f"{source.name}: {', '.join(wanted.series)}"[:200], tuple(rows)), asking.problems


def figure(text: object) -> str:
    """A number as a table writes it; what is none stays as it is, so that its reader can name it."""
    said = "" if text is None else str(text).strip()
    try:
        number = Decimal(said)
    except InvalidOperation:
        return said
    return format(number, "f") if number.is_finite() else ""


def within(wanted: Wanted, year: str) -> bool:
    """Whether a year was asked for; what is no year goes on, so that its reader can name it."""
    return not year.isdecimal() or wanted.first <= int(year) <= wanted.last


def iso3_and_m49(economies: Iterable[str]) -> list[tuple[str, str]]:
    """ISO 3166-1 alpha-3 and the number of M49 of economies."""
    return [(code, area(code).m49) for code in economies]


@cache
def source_codes() -> Mapping[str, Mapping[str, Code]]:
    """Source to series to what it calls it, from `sources.csv`.

    Raises:
        InputError: every row that cannot be used.
    """
    faults: Faults = []
    found: dict[str, dict[str, Code]] = {}
    for row in Table(
        CODES_FILE, CODES_FILE.name, ("source", "series", "code", "status", "origin"), faults
    ).rows:
        series = row.choice("series", series_by_code())
        code = Code(
            row.needed("code"), row.choice("status", ("verified", "unverified")), row.needed("origin")
        )
        if (
            found.setdefault(row.choice("source", ("wdi", "un-sdg", "itu")), {}).setdefault(series, code)
            is not code
        ):
            row.fault(marked("“%(code)s” stands here twice."), "series", code=series)
    if faults:
        raise InputError(faults)
    return found


__all__ = ["Asking", "Code", "Report", "Source", "Wanted", "download", "silent"]
