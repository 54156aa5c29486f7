"""Normalise: bring indicators of different units to one scale on which more is better."""

from actionlines.measurement.steps.normalise.step import NORMALISE, Normalise

__all__ = ["NORMALISE", "Normalise"]
