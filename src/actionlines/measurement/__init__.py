"""Measurement: observations of indicators."""

from actionlines.measurement.observation import Observation

__all__ = ["Observation"]
