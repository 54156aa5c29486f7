"""A programme as a JSON file, read with every fault named, and written again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from actionlines.problems import InputError, Problem, marked
from actionlines.programme.programme import Place, Programme, Room, Schedule, Session, Slot, Weights

_PARTS: Final = ("rooms", "slots", "sessions", "away", "weights", "schedule")
_MOST_BYTES: Final = 50_000_000


def read_programme(path: Path) -> tuple[Programme, Schedule]:
    """The programme of a JSON file and the places already agreed (`schedule`, may be missing).

    The file is an object with `rooms`, `slots`, `sessions`, and where wanted `away`, `weights` and `schedule`; the
    members of each are the attributes of `Room`, `Slot`, `Session`, `Weights` and `Place`. Moments are ISO 8601 with
    their distance from UTC.

    Raises:
        InputError: the file cannot be read, or values are missing or of the wrong kind; every fault is named.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError([Problem(marked("is larger than 50 MB."), file=path.name)])
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            [Problem(marked("cannot be read: %(error)s"), {"error": str(error)}, path.name)]
        ) from error
    return programme_from_data(said, path.name)


def programme_from_data(said: object, file: str = "") -> tuple[Programme, Schedule]:
    """The programme and the agreed places of a mapping as `read_programme` finds it in JSON.

    Raises:
        InputError: values are missing or of the wrong kind; every fault is named.
    """
    reader = _Reader(file)
    parts = reader.parts(said)
    rooms = reader.each(parts, "rooms", _room)
    slots = reader.each(parts, "slots", _slot)
    sessions = reader.each(parts, "sessions", _session)
    away = reader.mapping(parts, "away", lambda value: frozenset(map(str, value)))
    schedule = reader.mapping(parts, "schedule", _place)
    weights = reader.mapping(parts, "weights", int)
    for name in weights:
        if name not in {item.name for item in fields(Weights)}:
            reader.note("weights", name, "“%(found)s” is not a weight.")
    if reader.problems:
        raise InputError(reader.problems)
    try:
        programme = Programme(tuple(rooms), tuple(slots), tuple(sessions), away, Weights(**weights))
    except ValueError as error:
        raise InputError([Problem(marked("%(error)s."), {"error": str(error)}, file)]) from error
    for session, place in schedule.items():
        known = (session in programme.session_by_id, place.slot in programme.place_of_slot)
        if not all(known) or place.room not in programme.room_by_id:
            reader.note(
                "schedule", session, marked("“%(found)s” names a session, slot or room there is not.")
            )
    if reader.problems:
        raise InputError(reader.problems)
    return programme, schedule


def programme_as_data(programme: Programme, schedule: Schedule | None = None) -> dict[str, Any]:
    """The programme as a mapping that JSON can hold; `programme_from_data` gives it back."""
    return {
        "rooms": [_plain(asdict(room)) for room in programme.rooms],
        "slots": [_plain(asdict(slot)) for slot in programme.slots],
        "sessions": [_plain(asdict(session)) for session in programme.sessions],
        "away": {person: sorted(slots) for person, slots in programme.away.items()},
        "weights": asdict(programme.weights),
        "schedule": schedule_as_data(schedule or {}),
    }


def schedule_as_data(schedule: Schedule) -> dict[str, dict[str, str]]:
    """Session to {'slot': …, 'room': …}."""
    return {session: asdict(place) for session, place in sorted(schedule.items())}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(value)
        if isinstance(value, frozenset)
        else value.isoformat()
        if isinstance(value, date | datetime)
        else value
        for name, value in values.items()
    }


class _Reader:
    """Collects what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def note(
        self, column: str, found: object, template: str, row: int | None = None, **values: object
    ) -> None:
        self.problems.append(Problem(template, {"found": found, **values}, self.file, row, column))

    def parts(self, said: object) -> Mapping[str, Any]:
        if not isinstance(said, dict):
            self.note("", type(said).__name__, marked("expected an object with rooms, slots and sessions."))
            return {}
        for name in said:
            if name not in _PARTS:
                self.note(name, name, marked("“%(found)s” is not a part of a programme."))
        for name in _PARTS[:3]:
            if not said.get(name):
                self.note(name, "", marked("there is none."))
        return said

    def each(self, parts: Mapping[str, Any], name: str, make: Any) -> list[Any]:
        """What `make` makes of each member of a list; members are counted from 1."""
        made = []
        members = parts.get(name, [])
        if not isinstance(members, list):
            self.note(name, type(members).__name__, marked("expected a list, found %(found)s."))
            return []
        for number, member in enumerate(members, 1):
            try:
                made.append(make(member))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                self.note(name, said, marked("cannot be read: %(found)s."), number)
        return made

    def mapping(self, parts: Mapping[str, Any], name: str, make: Any) -> dict[str, Any]:
        members = parts.get(name, {})
        if not isinstance(members, dict):
            self.note(name, type(members).__name__, marked("expected an object, found %(found)s."))
            return {}
        made = {}
        for key, member in members.items():
            try:
                made[str(key)] = make(member)
            except (KeyError, TypeError, ValueError) as error:
                self.note(name, f"{key}: {error}", marked("cannot be read: %(found)s."))
        return made


def _known(said: Mapping[str, Any], kind: Any) -> Mapping[str, Any]:
    unknown = set(said) - {item.name for item in fields(kind)}
    if unknown:
        raise ValueError(f"“{sorted(unknown)[0]}” is not a field of a {kind.__name__.lower()}")
    return said


def _room(said: Mapping[str, Any]) -> Room:
    said = _known(said, Room)
    return Room(
        str(said["id"]),
        str(said.get("name", "")),
        int(said.get("capacity", 0)),
        _set(said.get("features", [])),
    )


def _slot(said: Mapping[str, Any]) -> Slot:
    said = _known(said, Slot)
    starts, ends = datetime.fromisoformat(said["starts"]), datetime.fromisoformat(said["ends"])
    if starts.tzinfo is None or ends.tzinfo is None:
        raise ValueError(f"{said['starts']} has no distance from UTC, such as +02:00")
    if ends <= starts:
        raise ValueError(f"the end {said['ends']} is not after the start {said['starts']}")
    day = date.fromisoformat(said["day"]) if "day" in said else starts.date()
    return Slot(str(said["id"]), starts, ends, day, bool(said.get("follows", False)))


def _session(said: Mapping[str, Any]) -> Session:
    said = _known(said, Session)
    sets = {name: _set(said.get(name, [])) for name in ("persons", "lines", "needs", "wishes", "barred")}
    return Session(
        id=str(said["id"]),
        title=str(said.get("title", "")),
        length=int(said.get("length", 1)),
        track=str(said.get("track", "")),
        attendance=int(said.get("attendance", 0)),
        series=str(said.get("series", "")),
        fixed=_place(said["fixed"]) if said.get("fixed") else None,
        **sets,
    )


def _set(said: object) -> frozenset[str]:
    if not isinstance(said, list):
        raise TypeError(f"“{said}” is not a list")
    return frozenset(map(str, said))


def _place(said: Mapping[str, Any]) -> Place:
    return Place(str(said["slot"]), str(said["room"]))
