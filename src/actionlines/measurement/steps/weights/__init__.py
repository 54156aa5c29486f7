"""Weights: settle how much each element counts under its parent."""

from actionlines.measurement.steps.weights.step import WEIGHTS, Weights

__all__ = ["WEIGHTS", "Weights"]
