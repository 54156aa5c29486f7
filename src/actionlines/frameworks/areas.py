"""Areas: economies with their codes and names, the six regions and the country groups, with dates."""

from dataclasses import dataclass
from datetime import date

from actionlines.text import Text


@dataclass(frozen=True, slots=True)
class Membership:
    """An economy belongs to a region ('AFR') or group ('LDC') from `start` to `end` (both included; None = open)."""

    group: str
    start: date | None = None
    end: date | None = None
    source: str = ""
    status: str = "verified"


@dataclass(frozen=True, slots=True)
class Area:
    """One economy.

    Attributes:
        iso3, iso2: ISO 3166-1 codes; m49: three digits, text ('004').
        names: in the six languages, from Babel (CLDR).
        memberships: regions and groups with dates.
    """

    iso3: str
    iso2: str
    m49: str
    names: Text
    memberships: tuple[Membership, ...] = ()

    def region(self, on: date | None = None) -> str:
        """The code of its region on that day (today for None), '' where it has none."""
        raise NotImplementedError

    def groups(self, on: date | None = None) -> tuple[str, ...]:
        """LDC, LLDC, SIDS on that day, sorted."""
        raise NotImplementedError


def areas() -> tuple[Area, ...]:
    """All economies, sorted by iso3."""
    raise NotImplementedError


def area(iso3: str) -> Area:
    """The economy with this code; KeyError when unknown."""
    raise NotImplementedError


def find_area(name_or_code: str) -> Area | None:
    """The economy a person means: ISO2, ISO3, M49, a CLDR name in any of the six languages or an alias; None if unknown."""
    raise NotImplementedError


def region_names() -> dict[str, Text]:
    """'AFR' … 'EUR' to their names in six languages, in that order."""
    raise NotImplementedError


def group_names() -> dict[str, Text]:
    """'LDC', 'LLDC', 'SIDS' to their names in six languages."""
    raise NotImplementedError
