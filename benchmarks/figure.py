"""One measured figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the result, the figure wanted, and how it was taken; all as text for the page."""

    what: str
    measured: str
    wanted: str
    how: str
