"""A finding: something in the figures that somebody should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found in one place.

    Attributes:
        rule: name of the rule.
        severity: 'error' (cannot be), 'warning' (seldom right), or 'note' (look at it).
        economy: ISO 3166-1 alpha-3, or a group's code, as the file has it.
        period: 'YYYY'.
        breakdown: which part of the population, '' for all.
        values: what was compared: series (with its breakdown or period where they differ) to number.
        template: the sentence, with `%(name)s` places, to be translated.
        said: what goes into the places.
    """

    rule: str
    severity: str
    economy: str
    period: str
    breakdown: str
    values: Mapping[str, float]
    template: str
    said: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence."""
        return self.template % self.said
