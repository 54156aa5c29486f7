"""Every rule on all the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actionlines.measurement.checks.finding import Finding
from actionlines.measurement.checks.kinds import KINDS
from actionlines.measurement.checks.rules import CheckRule, load_check_rules
from actionlines.measurement.checks.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found.

    Attributes:
        findings: in the order of the rules; of one rule by economy, breakdown and year.
        cases: rule to how many cases it looked at.
    """

    findings: tuple[Finding, ...]
    cases: Mapping[str, int]


def check(statistics: Statistics, rules: Iterable[CheckRule] | None = None) -> Checked:
    """Look at the figures with every rule (those of the library by default)."""
    findings: list[Finding] = []
    cases: dict[str, int] = {}
    for rule in load_check_rules() if rules is None else rules:
        count = 0
        found = []
        for case in KINDS[rule.kind](statistics, rule.needs):
            count += 1
            if case.template:
                found.append(
                    Finding(
                        *(rule.name, rule.severity, case.economy, str(case.period), case.breakdown),
                        *(case.values, case.template, case.said),
                    )
                )
        cases[rule.name] = count
        findings += sorted(
            found, key=lambda one: (one.economy, one.breakdown, one.period, *sorted(one.values))
        )
    return Checked(tuple(findings), cases)
