"""Roles of organisations on action lines, with dates."""

from dataclasses import dataclass
from datetime import date
from typing import Final

ROLES: Final = ("lead", "co-facilitator", "interim", "partner", "focal point")
STATUSES: Final = ("verified", "partly", "unverified")


@dataclass(frozen=True, slots=True)
class Role:
    """Who does what on a line.

    Attributes:
        line: code of the action line.
        organisation: acronym of the organisation ('ITU', 'BDT').
        role: one of ROLES.
        start, end: first and last day (both included), None where open or not known.
        inside: the organisation a focal point works in ('ITU' for BDT), or ''.
        source: where the fact stands.
        status: 'verified', 'partly' or 'unverified'.
    """

    line: str
    organisation: str
    role: str
    start: date | None
    end: date | None
    source: str
    inside: str = ""
    status: str = "verified"

    def holds_on(self, day: date) -> bool:
        """Whether the role was held on `day`, as far as the dates are known."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
