"""Editions as TOML files and as plain data, read with every fault named."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actionlines.problems import InputError, Problem, marked
from actionlines.programme.edition import (
    FEATURES,
    TAKES,
    Chamber,
    Day,
    Deadlines,
    Edition,
    Kind,
    Named,
    Period,
    exists,
    overlapping,
)
from actionlines.programme.programme import Room
from actionlines.text import Text

PARTS: Final = {
    "name": str,
    "year": int,
    "zone": str,
    "pause": int,
    "notes": (str, dict),
    "venues": list,
    "rooms": list,
    "tracks": (str, list),
    "types": (str, list),
    "days": list,
    "periods": list,
    "deadlines": dict,
}
_MOST: Final = 500
_FIELDS: Final = {
    "venues": ("code", "title"),
    "tracks": ("code", "title"),
    "types": ("code", "title", "asked", "facilitated"),
    "rooms": ("code", "name", "venue", "capacity", "features"),
    "days": ("code", "date", "slots"),
    "periods": ("code", "title", "first", "last", "takes"),
}


@cache
def shipped_editions() -> tuple[str, ...]:
    """The editions that come with the library."""
    folder = resources.files("actionlines.programme") / "editions"
    return tuple(
        sorted(
            file.name.removesuffix(".toml")
            for file in folder.iterdir()
            if file.name.endswith(".toml") and not file.name.startswith("_")
        )
    )


def load_edition_data(edition: str) -> dict[str, Any]:
    """The plain data of a shipped edition.

    Raises:
        InputError: there is no such edition.
    """
    if edition not in shipped_editions():
        raise InputError(
            [
                Problem(
                    marked("there is no edition “%(edition)s”."),
                    {"edition": edition, "known": ", ".join(shipped_editions())},
                    expected=marked("one of: %(known)s."),
                )
            ]
        )
    file = resources.files("actionlines.programme") / "editions" / f"{edition}.toml"
    return edition_data(file.read_text("utf-8"), file.name)


def edition_data(text: str, file: str = "") -> dict[str, Any]:
    """What a TOML file says, as plain data that JSON can hold and `edition_from_data` reads.

    Raises:
        InputError: it is not TOML, or no edition can be made of it; every fault is named.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            [Problem(marked("is not TOML: %(error)s"), {"error": str(error)}, file=file)]
        ) from error
    data: dict[str, Any] = _plain(said)
    edition_from_data(data, file)
    return data


def edition_from_data(said: Mapping[str, Any], file: str = "") -> Edition:
    """The edition that plain data describe.

    Raises:
        InputError: values are missing or cannot stand; every fault names the place, such as “rooms 3, capacity”.
    """
    reader = _Reader(said, file)
    edition = reader.edition()
    if reader.problems or edition is None:
        raise InputError(reader.problems)
    return edition


def with_day_moved(said: Mapping[str, Any], code: str, on: date) -> dict[str, Any]:
    """The data with one day on another date; its slots and what stands in them go with it.

    Raises:
        InputError: there is no such day, or the days no longer fit.
    """
    if code not in {day.get("code") for day in said["days"]}:
        raise InputError([Problem(marked("there is no day “%(code)s”."), {"code": code}, column="day")])
    days = [{**day, "date": on.isoformat()} if day["code"] == code else dict(day) for day in said["days"]]
    data = {**said, "days": days}
    edition_from_data(data)
    return data


@cache
def _listed(name: str) -> tuple[Mapping[str, Any], ...]:
    """The tracks or types that come with the library, which an edition takes by the word "wsis"."""
    file = resources.files("actionlines.programme") / "editions" / "_wsis.toml"
    return tuple(tomllib.loads(file.read_text("utf-8"))[name])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


class _Reader:
    """Reads part after part and collects what is wrong."""

    def __init__(self, said: Mapping[str, Any], file: str) -> None:
        self.said = said
        self.file = file
        self.problems: list[Problem] = []

    def note(self, place: str, found: object, expected: str, **values: object) -> None:
        told = {"found": str(found)[:80], **values}
        self.problems.append(
            Problem(
                marked("“%(found)s” cannot stand here."), told, self.file, column=place, expected=expected
            )
        )

    def edition(self) -> Edition | None:
        self._check_parts()
        if self.problems:
            return None
        zone = self._zone()
        venues = self._each("venues", self._named)
        tracks = self._each("tracks", self._named)
        kinds = self._each("types", self._kind)
        chambers = self._each("rooms", lambda item, place: self._chamber(item, place, venues))
        days = self._each("days", self._day)
        periods = self._each("periods", self._period)
        deadlines = self._deadlines()
        for part, codes in (
            ("venues", [item.code for item in venues]),
            ("tracks", [item.code for item in tracks]),
            ("types", [item.code for item in kinds]),
            ("rooms", [item.room.id for item in chambers]),
            ("days", [item.code for item in days]),
            ("days", [item.on.isoformat() for item in days]),
            ("periods", [item.code for item in periods]),
        ):
            for code in sorted({code for code in codes if codes.count(code) > 1}):
                self.note(part, code, marked("each code and date once."))
        if self.problems or zone is None:
            return None
        edition = Edition(
            str(self.said["name"]).strip(),
            int(self.said["year"]),
            zone,
            tuple(sorted(days, key=lambda day: day.on)),
            tuple(chambers),
            tuple(tracks),
            tuple(kinds),
            tuple(venues),
            tuple(periods),
            deadlines,
            int(self.said.get("pause", 15)),
            self._text(self.said.get("notes", ""), "notes"),
        )
        self._check_clock(edition)
        return edition

    def _check_parts(self) -> None:
        for name, value in self.said.items():
            kinds = PARTS.get(name)
            if kinds is None:
                self.note(name, name, marked("one of: %(known)s."), known=", ".join(PARTS))
            elif not isinstance(value, kinds) or isinstance(value, bool):  # type: ignore[arg-type]
                self.note(name, value, marked("another kind of value; see the documentation of editions."))
        for name in ("name", "year", "zone", "rooms", "days"):
            if not self.said.get(name):
                self.problems.append(
                    Problem(marked("“%(key)s” is missing."), {"key": name}, self.file, column=name)
                )

    def _check_clock(self, edition: Edition) -> None:
        for slot in edition.slots:
            for moment in (slot.starts, slot.ends):
                if not exists(moment):
                    self.note(
                        f"days {slot.id}",
                        f"{moment:%Y-%m-%d %H:%M}",
                        marked("a time that the clocks of %(zone)s show: they are put forward then."),
                        zone=edition.zone,
                    )
        for one, other in overlapping(edition.slots):
            self.note("days", f"{one}, {other}", marked("slots that do not overlap."))

    def _zone(self) -> str | None:
        name = str(self.said["zone"])
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.note("zone", name, marked("a time zone such as Europe/Zurich."))
            return None
        return name

    def _each(self, part: str, make: Callable[[Mapping[str, Any], str], Any]) -> list[Any]:
        members = self.said.get(part, "wsis" if part in {"tracks", "types"} else [])
        if isinstance(members, str):
            if members != "wsis":
                self.note(part, members, marked("the word wsis, or a list."))
                return []
            members = _listed(part)
        if len(members) > _MOST:
            self.note(part, len(members), marked("at most %(most)d."), most=_MOST)
            return []
        made = []
        for number, member in enumerate(members, 1):
            place = f"{part} {number}"
            if not isinstance(member, dict):
                self.note(place, member, marked("a table with a code."))
                continue
            for name in sorted(set(member) - set(_FIELDS[part])):
                self.note(
                    f"{place}, {name}", name, marked("one of: %(known)s."), known=", ".join(_FIELDS[part])
                )
            item = make(member, place)
            if item is not None:
                made.append(item)
        return made

    def _code(self, item: Mapping[str, Any], place: str) -> str:
        code = str(item.get("code", ""))
        if not code or len(code) > 40 or not all(sign.isalnum() or sign in "-_" for sign in code):
            self.note(f"{place}, code", code, marked("a code of letters, digits and hyphens."))
        return code

    def _text(self, said: Any, place: str) -> Text:
        if isinstance(said, str):
            return Text({"en": said})
        try:
            return Text({str(code): str(text) for code, text in said.items()})
        except (ValueError, AttributeError):
            self.note(place, said, marked("a text, or a table of language codes and texts."))
            return Text()

    def _named(self, item: Mapping[str, Any], place: str) -> Named:
        title = self._text(item.get("title", ""), f"{place}, title")
        if not title:
            self.note(f"{place}, title", "", marked("a title."))
        return Named(self._code(item, place), title)

    def _kind(self, item: Mapping[str, Any], place: str) -> Kind:
        named = self._named(item, place)
        flags = {}
        for name, default in (("asked", True), ("facilitated", False)):
            flags[name] = item.get(name, default)
            if not isinstance(flags[name], bool):
                self.note(f"{place}, {name}", flags[name], marked("true or false."))
        return Kind(named.code, named.title, bool(flags["asked"]), bool(flags["facilitated"]))

    def _chamber(self, item: Mapping[str, Any], place: str, venues: Sequence[Named]) -> Chamber:
        capacity, features = item.get("capacity", 0), item.get("features", [])
        if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 1:
            self.note(f"{place}, capacity", capacity, marked("a number from %(least)d on."), least=1)
            capacity = 1
        if not isinstance(features, list) or not set(map(str, features)) <= set(FEATURES):
            self.note(
                f"{place}, features", features, marked("some of: %(known)s."), known=", ".join(FEATURES)
            )
            features = []
        venue = str(item.get("venue", ""))
        if venue and venue not in {known.code for known in venues}:
            self.note(f"{place}, venue", venue, marked("the code of a venue of this edition."))
        code = self._code(item, place)
        return Chamber(
            Room(code, str(item.get("name", code)), capacity, frozenset(map(str, features))), venue
        )

    def _date(self, said: Any, place: str) -> date | None:
        try:
            return date.fromisoformat(str(said))
        except ValueError:
            self.note(place, said, marked("a date such as 2026-07-06."))
            return None

    def _day(self, item: Mapping[str, Any], place: str) -> Day | None:
        on = self._date(item.get("date", ""), f"{place}, date")
        slots = item.get("slots", [])
        if not isinstance(slots, list) or not slots:
            self.note(f"{place}, slots", slots, marked("times such as 09:00-10:00."))
            return None
        times = [found for said in slots if (found := self._times(str(said), f"{place}, slots"))]
        code = self._code(item, place)
        return Day(code, on, tuple(times)) if on else None

    def _times(self, said: str, place: str) -> tuple[time, time] | None:
        begins, _, ends = said.partition("-")
        try:
            found = time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())
        except ValueError:
            self.note(place, said, marked("times such as 09:00-10:00."))
            return None
        if found[0] == found[1] or found[0].tzinfo or found[1].tzinfo:
            self.note(place, said, marked("times such as 09:00-10:00."))
            return None
        return found

    def _period(self, item: Mapping[str, Any], place: str) -> Period | None:
        named = self._named(item, place)
        first = self._date(item.get("first", ""), f"{place}, first")
        last = self._date(item.get("last", ""), f"{place}, last")
        takes = item.get("takes", [])
        if not isinstance(takes, list) or not set(map(str, takes)) <= set(TAKES):
            self.note(f"{place}, takes", takes, marked("some of: %(known)s."), known=", ".join(TAKES))
            takes = []
        if first is None or last is None:
            return None
        if last < first:
            self.note(f"{place}, last", last, marked("a day not before the first."))
        return Period(named.code, named.title, first, last, frozenset(map(str, takes)))

    def _deadlines(self) -> Deadlines:
        said = self.said.get("deadlines", {})
        values: dict[str, Any] = {}
        for name, value in said.items():
            numbers = value if name == "remind" and isinstance(value, list) else [value]
            if name not in {"final_description", "panellists", "outcomes", "remind"}:
                self.note(
                    "deadlines",
                    name,
                    marked("one of: %(known)s."),
                    known="final_description, panellists, outcomes, remind",
                )
            elif not _are_days(numbers):
                self.note(f"deadlines, {name}", value, marked("a number of days from 0 to 365."))
            else:
                values[name] = tuple(sorted(numbers, reverse=True)) if name == "remind" else value
        return Deadlines(**values)


def _are_days(numbers: Iterable[Any]) -> bool:
    return all(
        isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 365 for number in numbers
    )
