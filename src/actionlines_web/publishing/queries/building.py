"""What reports are made of: entries of the register by a filter of the entry list, as the library's nouns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from actionlines.alignment import Link
from actionlines.frameworks.areas import find_area
from actionlines.measurement import Observation
from actionlines.problems import InputError, Problem, marked
from actionlines.reports import Filters
from actionlines.reports.bundle import Bundle
from actionlines.reports.measured_bundle import MeasuredBundle
from actionlines.reports.measuring import NAME as MEASURING
from actionlines.reports.measuring import Measure
from actionlines.stocktaking import Entry
from actionlines_web.indicators.queries.indices import edition_names
from actionlines_web.indicators.queries.observations import newest_values
from actionlines_web.stocktaking.queries import EntryQuery, has_demonstration_entries, library_entries

# What the library's filter says itself; the other parameters choose the entries before they come to it.
_OF_THE_LIBRARY: Final = ("year_from", "year_to", "region", "organisation", "line")
# They say how a list or a matrix is shown, not which entries a report counts.
_OF_THE_PAGE: Final = ("basis", "framework")


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of, read once for all its languages: entries with their links, or observations."""

    entries: Sequence[Entry] = ()
    links: Mapping[str, Sequence[Link]] = field(default_factory=dict)
    observations: Sequence[Observation] = ()
    demonstration: bool = False


def filters_of(params: Mapping[str, Any]) -> tuple[EntryQuery, Filters]:
    """The query that loads the entries, and the library's filter, which chooses among them and names the figures.

    Raises:
        InputError: a parameter that cannot be used.
    """
    query = EntryQuery.from_params(params)
    if query.problems:
        raise InputError(query.problems)
    asked = {name: value for name, value in query.params().items() if name not in _OF_THE_PAGE}
    chosen = tuple((name, value) for name, value in sorted(asked.items()) if name not in _OF_THE_LIBRARY)
    filters = Filters(
        query.year_from, query.year_to, query.region, query.organisation, query.line, chosen=chosen
    )
    return EntryQuery.from_params(dict(chosen)), filters


def measure_of(params: Mapping[str, Any]) -> Measure:
    """What a measuring report is about.

    Raises:
        InputError: an economy or an edition that is not known, a year that is none.
    """
    economies = tuple(str(params.get("economies", "")).upper().replace(",", " ").split())
    edition, year = str(params.get("edition", "")), str(params.get("year_to", "") or "")
    problems = [
        Problem(marked("“%(value)s” is not known."), {"value": code}, column="economies")
        for code in economies
        if (found := find_area(code)) is None or found.iso3 != code
    ]
    if edition and edition not in edition_names():
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": edition}, column="edition"))
    if year and not (year.isdecimal() and 1900 <= int(year) <= 2100):
        problems.append(
            Problem(
                marked("“%(value)s” is not a year."),
                {"value": year},
                column="year_to",
                expected=marked("a year from 1900 to 2100, in four digits"),
            )
        )
    if problems:
        raise InputError(problems)
    return Measure(tuple(dict.fromkeys(economies)), edition, int(year) if year else None)


def checked_params(kind: str, params: Mapping[str, Any]) -> dict[str, str]:
    """The parameters as a report keeps them; InputError where one cannot be used."""
    if kind == MEASURING:
        measure = measure_of(params)
        found = {
            "economies": " ".join(measure.economies),
            "edition": measure.edition,
            "year_to": str(measure.year_to or ""),
        }
        return {name: value for name, value in found.items() if value}
    query, filters = filters_of(params)
    return {**query.params(), **{name: str(value) for name, value in filters.query.items() if value}}


def material(kind: str, params: Mapping[str, Any]) -> Material:
    """What the register holds for a report; InputError where a parameter cannot be used."""
    if kind == MEASURING:
        observations, demonstration = newest_values(measure_of(params).year_to)
        return Material(observations=observations, demonstration=demonstration)
    entries, links = library_entries(filters_of(params)[0], translated=True)
    return Material(entries, links, demonstration=has_demonstration_entries())


def bundle(
    kind: str,
    params: Mapping[str, Any],
    language: str,
    day: date,
    given: Material | None = None,
    *,
    narrative: bytes = b"",
    paper: bytes = b"",
) -> Bundle | MeasuredBundle:
    """A report over the site's data with everything it is made of, as `actionlines report --bundle` makes one.

    Args:
        given: what `material` has read already, for the same report in another language.
        narrative, paper: what people wrote, as toml texts.

    Raises:
        InputError: a parameter that cannot be used.
    """
    found = given or material(kind, params)
    if kind == MEASURING:
        return MeasuredBundle(
            language, day, found.observations, measure_of(params), found.demonstration, narrative
        )
    return Bundle(
        kind,
        language,
        day,
        found.entries,
        found.links,
        filters=filters_of(params)[1],
        demonstration=found.demonstration,
        paper=paper,
        narrative=narrative,
    )
