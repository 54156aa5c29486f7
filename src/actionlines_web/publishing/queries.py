"""Building reports over the register: reads only."""

from datetime import date

from actionlines.reports import Filters, Report, build
from actionlines_web.stocktaking.queries import EntryQuery, has_demonstration_entries, library_entries


def contribution(filters: Filters, language: str, today: date) -> Report:
    """The contribution report over the site's entries.

    Raises:
        InputError: the filter names something unknown or leaves no entry.
    """
    entries, links = library_entries(EntryQuery())
    return build(
        entries,
        links,
        language=language,
        filters=filters,
        demonstration=has_demonstration_entries(),
        today=today,
    )
