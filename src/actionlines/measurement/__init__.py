"""Measurement: observations of indicators and the series they belong to."""

from actionlines.measurement.observation import Observation
from actionlines.measurement.series import Series, read_series, series, series_by_code, series_of_node

__all__ = ["Observation", "Series", "read_series", "series", "series_by_code", "series_of_node"]
