"""The tables of results."""

from actionlines_web.results.models.chain import Budget, Framework, Indicator, Lock, Result, Target
from actionlines_web.results.models.plan import Plan
from actionlines_web.results.models.report import Figure, Measure, Report

__all__ = [
    "Budget",
    "Figure",
    "Framework",
    "Indicator",
    "Lock",
    "Measure",
    "Plan",
    "Report",
    "Result",
    "Target",
]
