"""Checks of statistics: identities, order, ranges, jumps and the like, each with how often it fires in real data."""

from actionlines.measurement.checks.checking import Checked, check
from actionlines.measurement.checks.finding import Finding
from actionlines.measurement.checks.rules import CheckRule, load_check_rules, read_check_rules
from actionlines.measurement.checks.statistics import Statistics, read_statistics, statistics_of

__all__ = [
    "CheckRule",
    "Checked",
    "Finding",
    "Statistics",
    "check",
    "load_check_rules",
    "read_check_rules",
    "read_statistics",
    "statistics_of",
]
