"""An edition of a Forum: its zone, days, rooms, tracks, types of sessions, phases and deadlines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from actionlines.programme.programme import Room, Slot
from actionlines.text import Text

FEATURES: Final = ("captions", "interpretation", "remote")
# What a phase of the Open Consultation Process takes in.
TAKES: Final = ("contributions", "requests", "nominations")
# What organisers owe, and whether it is due before or after their session.
DUTIES: Final = {"final_description": -1, "panellists": -1, "outcomes": 1}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a title: a venue, a track."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of session.

    Attributes:
        code, title: such as thematic-workshop.
        asked: whether anybody may ask for one; the others the secretariat makes.
        facilitated: the facilitators of its action lines have to be there.
    """

    code: str
    title: Text
    asked: bool = True
    facilitated: bool = False


@dataclass(frozen=True, slots=True)
class Chamber:
    """A room of the edition: what the scheduler must know, and its venue."""

    room: Room
    venue: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme.

    Attributes:
        code: keeps its sessions together when the day moves to another date.
        on: its date in the edition's zone.
        times: begin and end of each slot on the clock of the place; an end that is not after its begin lies on the
            next day.
    """

    code: str
    on: date
    times: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A phase of the consultation: days of the place, first and last included.

    Attributes:
        takes: what may be sent in meanwhile (see TAKES); nothing for a meeting.
    """

    code: str
    title: Text
    first: date
    last: date
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Days before or after a session by which its organisers owe something, and how long before they are reminded."""

    final_description: int = 30
    panellists: int = 17
    outcomes: int = 14
    remind: tuple[int, ...] = (14, 3)


@dataclass(frozen=True)
class Edition:
    """A year of a Forum.

    Attributes:
        name, year: of the edition.
        zone: the tz database's name of the place's time zone; all times are on the clock of this place.
        pause: two slots with no more minutes than this between them follow each other: a long session runs on.
    """

    name: str
    year: int
    zone: str
    days: tuple[Day, ...]
    chambers: tuple[Chamber, ...]
    tracks: tuple[Named, ...]
    kinds: tuple[Kind, ...]
    venues: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)
    pause: int = 15
    notes: Text = field(default_factory=Text)

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone of the place."""
        return ZoneInfo(self.zone)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot in the order of time; the second one of the day d3 is 'd3.2'.

        The clock of the place is what was agreed: where the zone's rules change, or summer time begins inside the week,
        the clock stays and the instants differ.
        """
        made: list[Slot] = []
        for day in sorted(self.days, key=lambda day: day.on):
            for number, (begins, ends) in enumerate(day.times, 1):
                starts = datetime.combine(day.on, begins, self.clock)
                last = day.on + timedelta(days=1) if ends <= begins else day.on
                over = datetime.combine(last, ends, self.clock)
                before = made[-1] if made and made[-1].day == day.on else None
                follows = before is not None and elapsed(before.ends, starts) <= timedelta(minutes=self.pause)
                made.append(Slot(f"{day.code}.{number}", starts, over, day.on, follows))
        return tuple(made)

    @cached_property
    def slot_by_id(self) -> Mapping[str, Slot]:
        """Slots by id."""
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms as the scheduler takes them."""
        return tuple(chamber.room for chamber in self.chambers)

    @cached_property
    def room_by_id(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def kind_by_code(self) -> Mapping[str, Kind]:
        """Types of sessions by code."""
        return {kind.code: kind for kind in self.kinds}

    @cached_property
    def track_by_code(self) -> Mapping[str, Named]:
        """Tracks by code."""
        return {track.code: track for track in self.tracks}

    def bounds(self, period: Period) -> tuple[datetime, datetime]:
        """The first instant of a period, and the first one that no longer belongs to it."""
        first = datetime.combine(period.first, time(), self.clock)
        return first, datetime.combine(period.last + timedelta(days=1), time(), self.clock)

    def takes(self, what: str, moment: datetime) -> bool:
        """Whether a period is open in which this may be sent in."""
        return any(
            starts <= moment < ends
            for period in self.periods
            if what in period.takes
            for starts, ends in [self.bounds(period)]
        )

    def closes(self, what: str) -> datetime | None:
        """When the last period ends in which this may be sent in; None where there is none."""
        ends = [self.bounds(period)[1] for period in self.periods if what in period.takes]
        return max(ends, default=None)

    def due(self, duty: str, held_on: date) -> date:
        """The day by which the organisers of a session of this day owe something (see DUTIES)."""
        return held_on + timedelta(days=DUTIES[duty] * int(getattr(self.deadlines, duty)))


def elapsed(earlier: datetime, later: datetime) -> timedelta:
    """The time that really passes between two moments; Python leaves summer time out within one zone."""
    return timedelta(seconds=later.timestamp() - earlier.timestamp())


def exists(moment: datetime) -> bool:
    """Whether the clock of the place ever shows this: the hour that summer time skips it does not."""
    assert moment.tzinfo is not None  # noqa: S101 - said to the type checker
    there = datetime.fromtimestamp(moment.timestamp(), moment.tzinfo)
    return there.replace(tzinfo=None, fold=0) == moment.replace(tzinfo=None, fold=0)


def overlapping(slots: Iterable[Slot]) -> list[tuple[str, str]]:
    """Neighbours of which the later begins before the earlier ends."""
    ordered = sorted(slots, key=lambda slot: slot.starts.timestamp())
    return [
        (one.id, other.id)
        for one, other in pairwise(ordered)
        if other.starts.timestamp() < one.ends.timestamp()
    ]
