"""The colours of reports: text and graphics pass WCAG 2.2 AA on their grounds (tested)."""

import math
from typing import Final

from actionlines.palette import ACCENT, HEAT, HEAT_INK, INK, MUTED, PAPER, RULE

__all__ = ["ACCENT", "HEAT", "HEAT_INK", "INK", "LAND", "MUTED", "PAPER", "REGIONS", "RULE", "level"]

# Land on a map: a ground for what is drawn on it, without meaning of its own.
LAND: Final = "#d5dbe1"

# The six regions and 'none', in their order; each has 3 : 1 against paper.
REGIONS: Final = {
    "AFR": "#b4531a",
    "AMS": "#6a4a9c",
    "ARB": "#2d7a4d",
    "ASP": "#1a5a8a",
    "CIS": "#a8385f",
    "EUR": "#86690a",
    "none": "#7b8794",
}


def level(value: float, largest: float) -> int:
    """The step of the heat scale from 0 (none) to 5, linear up to the largest value.

    Where the largest is below 5 the value is its own step, so that a single entry never looks like many.
    """
    steps = len(HEAT) - 1
    if value <= 0:
        return 0
    return max(1, min(steps, math.ceil(value * steps / max(largest, steps))))
