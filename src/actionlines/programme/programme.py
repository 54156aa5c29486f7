"""What is to be scheduled: sessions and the slots and rooms there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Room:
    """A room: how many it seats, and what it offers ('captions', 'interpretation', 'remote' …)."""

    id: str
    name: str = ""
    capacity: int = 0
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which sessions run.

    Attributes:
        id: tells slots apart.
        starts, ends: with a time zone. A slot may end on the next day.
        day: the day of the programme it belongs to (a slot over midnight belongs to the day it starts on).
        follows: it comes right after the slot before it: a long session may run on into it. False behind a break.
    """

    id: str
    starts: datetime
    ends: datetime
    day: date
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands: the slot it begins in, and its room."""

    slot: str
    room: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session somebody asked for.

    Attributes:
        id, title: its number and name.
        length: how many slots it takes, one after the other without a break between.
        persons: speakers, organisers and facilitators: nobody is in two places at once.
        lines: the action lines it is about.
        track: of the programme, or ''.
        attendance: expected; a smaller room is no room for it.
        needs: features the room must have.
        wishes: slots its organisers would like; none for any.
        barred: slots that are out of the question for it.
        series: sessions of one series would stay in one room, or ''.
        fixed: the place it has and keeps, or None.
    """

    id: str
    title: str = ""
    length: int = 1
    persons: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    track: str = ""
    attendance: int = 0
    needs: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    series: str = ""
    fixed: Place | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each thing that should not be weighs in the score.

    Attributes:
        line: a session beside another of the same action line, for each of its lines.
        track: a session beside another of the same track.
        wish: a session outside the slots its organisers would like.
        balance: a session more or less than the mean on a day.
        room: a second (third …) room of a series.
    """

    line: int = 4
    track: int = 2
    wish: int = 3
    balance: int = 1
    room: int = 2


Schedule = Mapping[str, Place]
"""Session to its place; a session that is missing has none."""


@dataclass(frozen=True)
class Programme:
    """All that a schedule is made of.

    Attributes:
        rooms, slots, sessions: slots in the order of time.
        away: person to the slots in which the person cannot come.
        weights: of the score.

    Raises:
        ValueError: an id stands twice, slots are not in order, or a session names a slot or room there is not.
    """

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    sessions: tuple[Session, ...]
    away: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        for kind, ids in (
            ("room", [room.id for room in self.rooms]),
            ("slot", [slot.id for slot in self.slots]),
            ("session", [session.id for session in self.sessions]),
        ):
            twice = (
                next((one for one in ids if ids.count(one) > 1), None) if len(set(ids)) < len(ids) else None
            )
            if twice is not None:
                raise ValueError(f"the {kind} “{twice}” stands twice")
        if any(
            after.starts < before.starts for before, after in zip(self.slots, self.slots[1:], strict=False)
        ):
            raise ValueError("the slots are not in the order of time")
        for session in self.sessions:
            self._check(session)

    def _check(self, session: Session) -> None:
        slots = session.wishes | session.barred | ({session.fixed.slot} if session.fixed else frozenset())
        unknown = sorted(slots - set(self.place_of_slot))
        if unknown:
            raise ValueError(
                f"session “{session.id}” names the slot “{unknown[0]}”, which is not in the programme"
            )
        if session.fixed and session.fixed.room not in self.room_by_id:
            raise ValueError(
                f"session “{session.id}” names the room “{session.fixed.room}”, which there is not"
            )
        if session.length < 1:
            raise ValueError(f"session “{session.id}” has the length {session.length}: expected 1 or more")

    @cached_property
    def place_of_slot(self) -> Mapping[str, int]:
        """Slot to its place in the order of time."""
        return {slot.id: index for index, slot in enumerate(self.slots)}

    @cached_property
    def room_by_id(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        """Sessions by id."""
        return {session.id: session for session in self.sessions}

    def taken(self, session: Session, slot: str) -> tuple[str, ...]:
        """The slots the session takes when it begins in `slot`; () where a break or the end cuts it off."""
        first = self.place_of_slot[slot]
        run = self.slots[first : first + session.length]
        whole = len(run) == session.length and all(later.follows for later in run[1:])
        return tuple(item.id for item in run) if whole else ()

    def suits(self, session: Session, room: Room) -> bool:
        """Whether the room is large enough and has what the session needs."""
        return room.capacity >= session.attendance and session.needs <= room.features

    def absent(self, session: Session, slots: tuple[str, ...]) -> list[str]:
        """Those of the session's persons who are away in one of the slots."""
        return sorted(
            person for person in session.persons if not self.away.get(person, frozenset()).isdisjoint(slots)
        )

    def starts(self, session: Session) -> Iterator[str]:
        """The slots the session may begin in: nobody is away, no break cuts it, it is not barred there."""
        for slot in self.slots:
            taken = self.taken(session, slot.id)
            if taken and session.barred.isdisjoint(taken) and not self.absent(session, taken):
                yield slot.id
