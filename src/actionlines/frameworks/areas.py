"""Areas: economies with their codes and names, the six regions and the country groups, with dates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale

from actionlines.frameworks.datafile import Faults, Row, Table, raise_faults
from actionlines.frameworks.roles import STATUSES
from actionlines.problems import marked
from actionlines.text import LANGUAGES, Text, fold

DATA: Final = Path(__file__).parent / "data" / "areas"

# What 'to confirm' says: a change was scheduled for a day that has passed, and whether it took place was not found.
_MEMBERSHIP_STATUSES: Final = (*STATUSES, "to confirm")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Membership:
    """An economy belongs to a region ('AFR'), group ('LDC') or income group ('LMC') from `start` to `end` (both included; None = open)."""

    group: str
    start: date | None = None
    end: date | None = None
    source: str = ""
    status: str = "verified"

    def holds_on(self, day: date) -> bool:
        """Whether the economy belongs to the group on `day`, as far as the dates are known."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


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
        return next((group for group in self._groups_on(on) if group in region_names()), "")

    def groups(self, on: date | None = None) -> tuple[str, ...]:
        """LDC, LLDC, SIDS on that day (today for None), sorted."""
        return tuple(sorted(group for group in self._groups_on(on) if group in group_names()))

    def income(self, on: date | None = None) -> str:
        """LIC, LMC, UMC or HIC on that day (today for None), '' where its classification is not known."""
        return next((group for group in self._groups_on(on) if group in income_names()), "")

    def _groups_on(self, on: date | None) -> Iterator[str]:
        # The day only decides between regions and groups of past years: the machine's own calendar will do.
        day = on or date.today()  # noqa: DTZ011
        return (membership.group for membership in self.memberships if membership.holds_on(day))


@dataclass(frozen=True)
class Atlas:
    """All that the files of areas say.

    Attributes:
        areas: economies by iso3, sorted.
        keys: folded names, aliases and codes to iso3.
        regions, groups, incomes: codes to names, in the order of the file.
    """

    areas: Mapping[str, Area]
    keys: Mapping[str, str]
    regions: Mapping[str, Text]
    groups: Mapping[str, Text]
    incomes: Mapping[str, Text]


def areas() -> tuple[Area, ...]:
    """All economies, sorted by iso3."""
    return tuple(_atlas().areas.values())


def area(iso3: str) -> Area:
    """The economy with this code; KeyError when unknown."""
    return _atlas().areas[iso3]


def find_area(name_or_code: str) -> Area | None:
    """The economy a person means: ISO2, ISO3, M49, a CLDR name in any of the six languages or an alias; None if unknown.

    Case, accents, punctuation and Arabic vowel signs do not matter; M49 is also read without its leading zeros.
    """
    atlas = _atlas()
    key = _key(name_or_code)
    if key.isdecimal():
        key = key.zfill(3)
    iso3 = atlas.keys.get(key)
    return atlas.areas[iso3] if iso3 is not None else None


def region_names() -> dict[str, Text]:
    """'AFR' … 'EUR' to their names in six languages, in that order."""
    return dict(_atlas().regions)


def group_names() -> dict[str, Text]:
    """'LDC', 'LLDC', 'SIDS' to their names in six languages."""
    return dict(_atlas().groups)


def income_names() -> dict[str, Text]:
    """'LIC', 'LMC', 'UMC', 'HIC' of the World Bank to their names in six languages."""
    return dict(_atlas().incomes)


def _key(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))


@cache
def _atlas() -> Atlas:
    return read_areas(DATA)


def read_areas(folder: Path) -> Atlas:
    """Read and validate the files of areas.

    Raises:
        InputError: all faults at once, each with file and row.
    """
    faults: Faults = []
    kinds, names = _read_groups(folder, faults)
    memberships = _read_memberships(folder, kinds, faults)
    found = _read_economies(folder, memberships, faults)
    keys = _read_keys(folder, found, faults)
    raise_faults(faults)
    return Atlas(
        found,
        keys,
        {code: names[code] for code, kind in kinds.items() if kind == "region"},
        {code: names[code] for code, kind in kinds.items() if kind == "group"},
        {code: names[code] for code, kind in kinds.items() if kind == "income"},
    )


def _read_groups(folder: Path, faults: Faults) -> tuple[dict[str, str], dict[str, Text]]:
    table = Table(folder / "groups.csv", "areas/groups.csv", ("code", "kind", *LANGUAGES), faults)
    kinds: dict[str, str] = {}
    names: dict[str, Text] = {}
    for row in table.rows:
        kinds[row.needed("code")] = row.choice("kind", ("region", "group", "income"))
        names[row["code"]] = row.text()
        for language in LANGUAGES:
            row.needed(language)
    return kinds, names


def _read_memberships(
    folder: Path, kinds: Mapping[str, str], faults: Faults
) -> dict[str, list[tuple[Row, Membership]]]:
    columns = ("iso3", "group", "start", "end", "source", "status")
    found: dict[str, list[tuple[Row, Membership]]] = {}
    for row in Table(folder / "memberships.csv", "areas/memberships.csv", columns, faults).rows:
        start, end = row.day("start"), row.day("end")
        if start is not None and end is not None and end < start:
            row.fault(
                marked("the membership ends on %(end)s, before it starts on %(start)s."),
                "end",
                start=start,
                end=end,
            )
        status = row.choice("status", _MEMBERSHIP_STATUSES)
        new = Membership(row.choice("group", kinds), start, end, row.needed("source"), status)
        others = found.setdefault(row["iso3"], [])
        for other_row, other in others:
            kind = kinds.get(new.group)
            rivals = other.group == new.group or (kind == kinds.get(other.group) and kind != "group")
            if rivals and _overlap(other, new):
                row.fault(
                    marked("%(iso3)s is in %(other)s (row %(row)s) at the same time."),
                    "group",
                    marked("one region and one income group at a time, each membership once."),
                    iso3=row["iso3"],
                    other=other.group,
                    row=other_row.number,
                )
        others.append((row, new))
    return found


def _overlap(one: Membership, other: Membership) -> bool:
    latest_start = max(one.start or date.min, other.start or date.min)
    return latest_start <= min(one.end or date.max, other.end or date.max)


def _read_economies(
    folder: Path, memberships: Mapping[str, Iterable[tuple[Row, Membership]]], faults: Faults
) -> dict[str, Area]:
    territories = {language: Locale.parse(language).territories for language in LANGUAGES}
    found: dict[str, Area] = {}
    for row in Table(folder / "economies.csv", "areas/economies.csv", ("iso3", "iso2", "m49"), faults).rows:
        iso3, iso2, m49 = row.needed("iso3"), row.needed("iso2"), row.needed("m49")
        if not re.fullmatch(r"[0-9]{3}", m49):
            row.fault(
                marked("“%(m49)s” is not an M49 code."), "m49", marked("three digits, such as 004."), m49=m49
            )
        if iso3 in found:
            row.fault(marked("%(iso3)s stands here twice."), "iso3", marked("each economy once."), iso3=iso3)
        names = Text({language: str(territories[language].get(iso2, "")) for language in LANGUAGES})
        if not names:
            row.fault(
                marked("CLDR has no name for %(iso2)s."), "iso2", marked("an ISO 3166-1 code."), iso2=iso2
            )
        held = tuple(membership for _, membership in memberships.get(iso3, ()))
        found[iso3] = Area(iso3, iso2, m49, names, held)
    for iso3, rows in memberships.items():
        for row, _ in rows:
            if iso3 not in found:
                row.fault(
                    marked("there is no economy %(iso3)s."), "iso3", marked("an ISO 3166-1 code."), iso3=iso3
                )
    return dict(sorted(found.items()))


def _read_keys(folder: Path, found: Mapping[str, Area], faults: Faults) -> dict[str, str]:
    """Every folded name and code to its economy; codes win over names, names over aliases."""
    keys: dict[str, str] = {}
    for iso3, economy in found.items():
        for code in (iso3, economy.iso2, economy.m49):
            keys[_key(code)] = iso3
    for iso3, economy in found.items():
        for language in economy.names:
            keys.setdefault(_key(economy.names.get(language)), iso3)
    for row in Table(folder / "aliases.csv", "areas/aliases.csv", ("alias", "iso3"), faults).rows:
        iso3 = row.choice("iso3", found)
        known = keys.setdefault(_key(row.needed("alias")), iso3)
        if known != iso3:
            row.fault(
                marked("“%(alias)s” means %(known)s already."),
                "alias",
                marked("an alias of one economy."),
                alias=row["alias"],
                known=known,
            )
    return keys
