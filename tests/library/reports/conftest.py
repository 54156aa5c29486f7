"""The report over the cases, made once in each language."""

import pytest

from actionlines.reports import Filters, build
from library.reports.cases import ENTRIES, LINKS, TODAY


@pytest.fixture(scope="session")
def reports():
    """A function that gives the report in a language, made once."""
    made = {}

    def report(language="en", filters=None):
        key = (language, filters)
        if key not in made:
            made[key] = build(
                ENTRIES,
                LINKS,
                language=language,
                today=TODAY,
                filters=filters or Filters(),
                demonstration=True,
            )
        return made[key]

    return report
