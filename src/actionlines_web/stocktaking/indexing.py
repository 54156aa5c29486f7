"""What of an entry the search index holds."""

from collections.abc import Iterable

from actionlines.frameworks import area
from actionlines.stocktaking import Entry as LibraryEntry


def searched_text(entry: LibraryEntry, titles: Iterable[str] = ()) -> tuple[str, str]:
    """What is searched as title, and what as text.

    Args:
        entry: whose further countries are found by their names in the six languages.
        titles: its translated titles, found like its own.
    """
    countries = (name for code in entry.countries for name in area(code).names.by_language.values())
    body = (entry.description, entry.organisation, *entry.partners, *countries, entry.results, *entry.figures)
    return "\n".join((entry.title, *titles)), "\n".join(filter(None, body))
