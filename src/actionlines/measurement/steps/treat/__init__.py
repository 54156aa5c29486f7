"""Treat: bring outliers in, by winsorising first and by a function where that is not enough."""

from actionlines.measurement.steps.treat.step import TREAT, Rule, Treat

__all__ = ["TREAT", "Rule", "Treat"]
