"""An observation: one value of one series for one economy and period."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Observation:
    """One value.

    Attributes:
        economy: ISO 3166-1 alpha-3.
        series: series code, such as 'i99H' (see the series catalogue).
        period: 'YYYY'.
        value: the number in `unit`.
        unit: 'per cent', 'number', 'per 100 inhabitants', …
        flag: SDMX OBS_STATUS: 'A' normal, 'E' estimated, …
        source: where the value was read.
        text: the words the value was read from, or ''.
        breakdown: which part of the population or of the thing counted, as 'sex=F' or 'sex=M;speed=10M'; '' for all.
        note: what the owner says of it, or ''.
        vintage: the day it was published (ISO 8601), or ''.
    """

    economy: str
    series: str
    period: str
    value: Decimal
    unit: str
    flag: str = "A"
    source: str = ""
    text: str = ""
    breakdown: str = ""
    note: str = ""
    vintage: str = ""
