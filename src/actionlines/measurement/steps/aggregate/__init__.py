"""Aggregate: from indicators up to the index, each element by its own method."""

from actionlines.measurement.steps.aggregate.step import AGGREGATE, Aggregate, Group

__all__ = ["AGGREGATE", "Aggregate", "Group"]
