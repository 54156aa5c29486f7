"""Which entries a report is about: years, region, organisation."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionlines.frameworks.areas import region_names
from actionlines.frameworks.catalogue import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.entry import Entry
from actionlines.text import fold

_NEAR_NAMES = 5


@dataclass(frozen=True, slots=True)
class Filters:
    """The entries of a report; an empty field does not restrict.

    Attributes:
        year_from, year_to: first and last year, both included; an entry without a year is left out when either is set.
        region: code of one of the six regions ('AFR'), case ignored; an entry belongs to the region its country was
            in, in the entry's year (without a year: on the day of the report).
        organisation: name of the organisation; case and accents ignored, otherwise whole.
        line: code of an action line ('C4', 'C7-HEA'), case ignored. Which entries are linked to it is for the links to
            say: `select` only looks whether there is such a line.
        statuses: statuses of which an entry has one.
        chosen: further parameters of the entry list, by which the entries were chosen before they came here; they are
            not looked at again, and stand in the query of every figure.
    """

    year_from: int | None = None
    year_to: int | None = None
    region: str = ""
    organisation: str = ""
    line: str = ""
    statuses: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "line", self.line.upper())
        object.__setattr__(self, "chosen", tuple((name, value) for name, value in self.chosen))

    @property
    def query(self) -> dict[str, Any]:
        """The filter as parameters of the entry list, without the empty ones."""
        found = {
            **dict(self.chosen),
            "year_from": self.year_from,
            "year_to": self.year_to,
            "region": self.region.upper(),
            "organisation": self.organisation,
            "line": self.line,
            "status": list(self.statuses),
        }
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def select(self, entries: Sequence[Entry], *, on: date) -> tuple[Entry, ...]:
        """The entries that pass, in their order.

        Raises:
            InputError: years in the wrong order, an unknown region or organisation, or nothing left.
        """
        problems = self._problems(entries)
        if problems:
            raise InputError(problems)
        chosen = tuple(entry for entry in entries if self._passes(entry, on))
        if not chosen:
            raise InputError([self.nothing_left(len(entries))])
        return chosen

    def _passes(self, entry: Entry, on: date) -> bool:
        return (
            (self.year_from is None or (entry.year is not None and entry.year >= self.year_from))
            and (self.year_to is None or (entry.year is not None and entry.year <= self.year_to))
            and (not self.statuses or entry.status in self.statuses)
            and (not self.region or entry.region(on) == self.region.upper())
            and (not self.organisation or fold(entry.organisation) == fold(self.organisation))
        )

    def _problems(self, entries: Sequence[Entry]) -> list[Problem]:
        problems = []
        if self.year_from is not None and self.year_to is not None and self.year_from > self.year_to:
            problems.append(
                Problem(
                    marked("the first year %(first)d lies after the last year %(last)d."),
                    {"first": self.year_from, "last": self.year_to},
                    expected=marked("a first year not after the last year."),
                )
            )
        if self.region and self.region.upper() not in region_names():
            problems.append(
                Problem(
                    marked("there is no region %(region)s."),
                    {"region": self.region, "known": ", ".join(region_names())},
                    expected=marked("one of %(known)s."),
                )
            )
        lines = catalogue().frameworks["wsis"]
        if self.line and self.line not in lines:
            problems.append(
                Problem(
                    marked("there is no action line %(line)s."),
                    {"line": self.line, "known": ", ".join(node.code for node in lines.nodes)},
                    expected=marked("one of %(known)s."),
                )
            )
        if self.organisation:
            names = {entry.organisation for entry in entries if entry.organisation}
            if fold(self.organisation) not in set(map(fold, names)):
                problems.append(_unknown_organisation(self.organisation, names))
        return problems

    def nothing_left(self, total: int) -> Problem:
        """What to say where no entry passes."""
        if not total:
            return Problem(
                marked("there are no entries to report on."), expected=marked("at least one entry.")
            )
        return Problem(
            marked("none of the %(total)d entries passes the filter (%(filter)s)."),
            {"total": total, "filter": ", ".join(_shown(name, value) for name, value in self.query.items())},
            expected=marked("a wider filter."),
        )


def _shown(name: str, value: Any) -> str:
    return f"{name} {' or '.join(value) if isinstance(value, list) else value}"


def _unknown_organisation(wanted: str, names: set[str]) -> Problem:
    near = near_names(wanted, names)
    if near:
        return Problem(
            marked("no entry is of the organisation '%(organisation)s'."),
            {"organisation": wanted, "near": "; ".join(near)},
            expected=marked("a name as it stands in the entries; near names: %(near)s."),
        )
    return Problem(
        marked("no entry is of the organisation '%(organisation)s'."),
        {"organisation": wanted},
        expected=marked("a name as it stands in the entries."),
    )


def near_names(wanted: str, names: set[str]) -> list[str]:
    """Up to five names a person may have meant: those that hold the words asked for, then those spelt alike."""
    by_folded = {fold(name): name for name in sorted(names)}
    sought = fold(wanted)
    holding = [name for folded, name in by_folded.items() if sought in folded]
    alike = [
        by_folded[folded]
        for folded in difflib.get_close_matches(sought, by_folded, n=_NEAR_NAMES, cutoff=0.6)
    ]
    return list(dict.fromkeys([*holding, *alike]))[:_NEAR_NAMES]
