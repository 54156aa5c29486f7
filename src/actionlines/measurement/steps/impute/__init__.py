"""Impute: fill missing values, from other units, other periods or other indicators."""

from actionlines.measurement.steps.impute.step import IMPUTE, Impute

__all__ = ["IMPUTE", "Impute"]
