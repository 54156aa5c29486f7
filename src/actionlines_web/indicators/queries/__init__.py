"""Reads of indicators."""

from actionlines_web.indicators.queries.coverage import (
    SeriesSummary,
    coverage_of_economy,
    known_series,
    latest_by_economy,
    latest_of,
    latest_values,
    series_with_values,
    summaries,
)
from actionlines_web.indicators.queries.observations import (
    history,
    known_on,
    observations_after,
    observations_of,
    revisions,
)

__all__ = [
    "SeriesSummary",
    "coverage_of_economy",
    "history",
    "known_on",
    "known_series",
    "latest_by_economy",
    "latest_of",
    "latest_values",
    "observations_after",
    "observations_of",
    "revisions",
    "series_with_values",
    "summaries",
]
