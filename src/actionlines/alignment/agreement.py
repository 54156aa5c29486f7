"""How far people agree with the aligner, band by band. How far among themselves: `actionlines.agreement`."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Z_95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some decisions accepted.

    Attributes:
        accepted, decided: counts.
        low, high: 95 % interval of the share after Wilson (1927); 0 and 1 for no decision.
    """

    accepted: int
    decided: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None without a decision."""
        return self.accepted / self.decided if self.decided else None

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._interval()[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        number = self.decided
        if not number:
            return 0.0, 1.0
        share = self.accepted / number
        middle = share + Z_95**2 / (2 * number)
        spread = Z_95 * math.sqrt(share * (1 - share) / number + Z_95**2 / (4 * number**2))
        whole = 1 + Z_95**2 / number
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


@dataclass(frozen=True, slots=True)
class Band:
    """The decisions about proposals of probability `start` up to, but without, `end` (the last band includes 1).

    Attributes:
        expected: the mean probability of the proposals decided, None without any: a calibrated aligner has `expected`
            and the share accepted alike.
    """

    start: float
    end: float
    share: Share
    expected: float | None


def bands(decisions: Iterable[tuple[float, bool]], count: int = 10) -> list[Band]:
    """Decisions (probability, accepted) in `count` bands of equal width from 0 to 1.

    Raises:
        ValueError: a probability outside 0 to 1.
    """
    found: list[list[tuple[float, bool]]] = [[] for _ in range(count)]
    for probability, accepted in decisions:
        if not 0 <= probability <= 1:
            raise ValueError(f"probability {probability}: expected 0 to 1")
        # A product a hair below a band's start (0.29 × 100 = 28.999…) belongs to that band.
        found[min(count - 1, int(round(probability * count, 9)))].append((probability, accepted))
    return [
        Band(
            place / count,
            (place + 1) / count,
            Share(sum(accepted for _, accepted in items), len(items)),
            math.fsum(probability for probability, _ in items) / len(items) if items else None,
        )
        for place, items in enumerate(found)
    ]


def calibration_error(found: Sequence[Band]) -> float | None:
    """The expected calibration error: how far share and mean probability lie apart, weighted by decisions; None without any."""
    decided = sum(band.share.decided for band in found)
    if not decided:
        return None
    apart = (
        band.share.decided * abs((band.share.share or 0.0) - band.expected)
        for band in found
        if band.expected is not None
    )
    return math.fsum(apart) / decided
