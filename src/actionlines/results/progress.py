"""Progress of an indicator towards its target, rated by stated rules."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

ACHIEVED: Final = "achieved"
ON_TRACK: Final = "on-track"
BEHIND: Final = "behind"
OFF_TRACK: Final = "off-track"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class RatingRules:
    """From which share of the way that should be behind us an indicator is on track, or behind; below: off track."""

    on_track: Decimal = Decimal("0.9")
    behind: Decimal = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indicator is.

    Attributes:
        share: of the way from the baseline to the target, 0 to 1 and beyond; below 0 is a step back; None where it
            cannot be told.
        expected: the share that should be reached by now, on a straight way.
        rating: ACHIEVED, ON_TRACK, BEHIND, OFF_TRACK or UNKNOWN.
    """

    share: Decimal | None
    expected: Decimal | None
    rating: str


def progress(
    baseline: Decimal | None,
    target: Decimal | None,
    actual: Decimal | None,
    *,
    elapsed: Decimal = Decimal(1),
    rules: RatingRules | None = None,
) -> Progress:
    """The progress from a baseline to a target, whichever of the two is the higher.

    Args:
        baseline: where it began; None counts as 0.
        target: where it should get to.
        actual: where it is.
        elapsed: share of the time that has passed, 0 to 1.
        rules: of the rating.
    """
    rules = rules or RatingRules()
    start = baseline or Decimal(0)
    if target is None or actual is None:
        return Progress(None, None, UNKNOWN)
    if target == start:
        # Keeping a level is the aim: it is held or it is not.
        held = actual >= target
        return Progress(Decimal(1) if held else None, Decimal(1), ACHIEVED if held else OFF_TRACK)
    share = (actual - start) / (target - start)
    expected = min(max(elapsed, Decimal(0)), Decimal(1))
    if share >= 1:
        return Progress(share, expected, ACHIEVED)
    if expected == 0 or share >= rules.on_track * expected:
        return Progress(share, expected, ON_TRACK)
    return Progress(share, expected, BEHIND if share >= rules.behind * expected else OFF_TRACK)
