"""What cannot be in a schedule: each clash names who or what stands against it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from actionlines.problems import marked
from actionlines.programme.programme import Programme, Schedule, Session

# Kind to what is said of it; the values are session, other, person, room, slot, found, needed.
CLASHES: Final = {
    "unplaced": marked("“%(session)s” has no place."),
    "unknown-place": marked("“%(session)s” stands in %(slot)s, %(room)s, which is not in the programme."),
    "break": marked("“%(session)s” would run into a break or past the end of the day from %(slot)s."),
    "barred": marked("“%(session)s” may not be in %(slot)s."),
    "moved": marked("“%(session)s” is fixed in %(slot)s, %(room)s, and stands elsewhere."),
    "away": marked("%(person)s of “%(session)s” is away in %(slot)s."),
    "capacity": marked("“%(session)s” expects %(needed)d persons; %(room)s seats %(found)d."),
    "feature": marked("“%(session)s” needs %(needed)s, which %(room)s does not have."),
    "room": marked("“%(session)s” and “%(other)s” are both in %(room)s in %(slot)s."),
    "person": marked("%(person)s is in “%(session)s” and “%(other)s” in %(slot)s."),
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that cannot be.

    Attributes:
        kind: a key of CLASHES.
        sessions: one or two sessions.
        values: what goes into the sentence.
    """

    kind: str
    sessions: tuple[str, ...]
    values: tuple[tuple[str, object], ...]

    def __str__(self) -> str:
        return CLASHES[self.kind] % dict(self.values)


def clashes(programme: Programme, schedule: Schedule) -> list[Clash]:
    """Every clash of the schedule, session by session in the order of the programme; none when it can be held."""
    found: list[Clash] = []
    standing: defaultdict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions:
        place = schedule.get(session.id)
        if place is None:
            found.append(_clash("unplaced", session))
        elif place.slot not in programme.place_of_slot or place.room not in programme.room_by_id:
            found.append(_clash("unknown-place", session, slot=place.slot, room=place.room))
        else:
            found += _alone(programme, session, place.slot, place.room)
            for slot in programme.taken(session, place.slot) or (place.slot,):
                standing[slot].append(session)
    for slot, held in standing.items():
        for one, other in combinations(held, 2):
            found += _between(schedule, one, other, slot)
    # Two long sessions that meet in two slots clash once.
    return list({(clash.kind, clash.sessions, _person(clash)): clash for clash in reversed(found)}.values())[
        ::-1
    ]


def _alone(programme: Programme, session: Session, slot: str, room_id: str) -> Iterator[Clash]:
    taken = programme.taken(session, slot)
    room = programme.room_by_id[room_id]
    if session.fixed and (session.fixed.slot, session.fixed.room) != (slot, room_id):
        yield _clash("moved", session, slot=session.fixed.slot, room=session.fixed.room)
    if not taken:
        yield _clash("break", session, slot=slot)
    for barred in sorted(session.barred.intersection(taken or (slot,))):
        yield _clash("barred", session, slot=barred)
    for person in programme.absent(session, taken or (slot,)):
        yield _clash("away", session, person=person, slot=slot)
    if room.capacity < session.attendance:
        yield _clash(
            "capacity", session, room=room.name or room.id, found=room.capacity, needed=session.attendance
        )
    missing = sorted(session.needs - room.features)
    if missing:
        yield _clash("feature", session, room=room.name or room.id, needed=", ".join(missing))


def _between(schedule: Schedule, one: Session, other: Session, slot: str) -> Iterator[Clash]:
    room = schedule[one.id].room
    if room == schedule[other.id].room:
        yield _clash("room", one, other, room=room, slot=slot)
    for person in sorted(one.persons & other.persons):
        yield _clash("person", one, other, person=person, slot=slot)


def _clash(kind: str, session: Session, other: Session | None = None, **values: object) -> Clash:
    said = {"session": session.title or session.id, **values}
    if other is not None:
        said["other"] = other.title or other.id
    return Clash(kind, tuple(one.id for one in (session, other) if one), tuple(said.items()))


def _person(clash: Clash) -> object:
    return dict(clash.values).get("person")
