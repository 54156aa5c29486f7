"""What reports are made of: entries of the register by a filter of the entry list, as the library's nouns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from actionlines.alignment import Link
from actionlines.problems import InputError
from actionlines.reports import Filters
from actionlines.reports.bundle import Bundle
from actionlines.stocktaking import Entry
from actionlines_web.stocktaking.queries import EntryQuery, has_demonstration_entries, library_entries

# What the library's filter says itself; the other parameters choose the entries before they come to it.
_OF_THE_LIBRARY: Final = ("year_from", "year_to", "region", "organisation", "line")
# They say how a list or a matrix is shown, not which entries a report counts.
_OF_THE_PAGE: Final = ("basis", "framework")

Material = tuple[Sequence[Entry], Mapping[str, Sequence[Link]]]


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


def material(query: EntryQuery) -> Material:
    """The entries that pass, with their translations and links."""
    return library_entries(query, translated=True)


def bundle(
    kind: str, params: Mapping[str, Any], language: str, day: date, given: Material | None = None
) -> Bundle:
    """A report over the site's entries with everything it is made of, as `actionlines report --bundle` makes one.

    Args:
        given: what `material` has read already, for the same report in another language.

    Raises:
        InputError: a parameter that cannot be used.
    """
    query, filters = filters_of(params)
    entries, links = given or material(query)
    return Bundle(
        kind, language, day, entries, links, filters=filters, demonstration=has_demonstration_entries()
    )


def with_texts(made: Bundle, *, narrative: bytes = b"", paper: bytes = b"") -> Bundle:
    """The same with what people wrote: toml texts, as `actionlines report` takes them."""
    return replace(made, narrative=narrative, paper=paper)
