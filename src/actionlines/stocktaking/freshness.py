"""Whether an entry is still true: how long ago its owner last said so."""

from datetime import date, timedelta
from typing import Final

CURRENT: Final = "current"
DUE: Final = "due"
OVERDUE: Final = "overdue"
FRESHNESS: Final = (CURRENT, DUE, OVERDUE)

DUE_AFTER_YEARS: Final = 1
OVERDUE_AFTER_YEARS: Final = 2


def freshness(confirmed: date | None, today: date) -> str:
    """CURRENT within a year of the day it was last confirmed, DUE from that day's anniversary on, OVERDUE from the second.

    The anniversary of 29 February in a year without one is 1 March: the year is over then and not before. An entry
    that nobody ever confirmed is OVERDUE.
    """
    if confirmed is None or today >= anniversary(confirmed, OVERDUE_AFTER_YEARS):
        return OVERDUE
    return DUE if today >= anniversary(confirmed, DUE_AFTER_YEARS) else CURRENT


def anniversary(day: date, years: int) -> date:
    """The same day `years` years later; for 29 February, where that year has none, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def latest_confirmed(today: date, years: int) -> date:
    """The latest day whose anniversary after `years` years has come by `today`: what was confirmed later is younger.

    `anniversary(day, years) <= today` holds for exactly the days up to this one, so that a database can ask it.
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February: of the earlier year its last day of February has come, 1 March has not
        return date(today.year - years, 3, 1) - timedelta(days=1)
