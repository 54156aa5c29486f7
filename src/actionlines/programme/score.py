"""How good a schedule is: what should not be costs points, and the score says what share of them was spared."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from actionlines.programme.programme import Programme, Schedule, Session


@dataclass(frozen=True, slots=True)
class Penalty:
    """Something that should not be, and what it costs.

    Attributes:
        kind: 'line', 'track', 'wish', 'balance' or 'room' (see `Weights`).
        about: the line, track, session, day or series.
        where: the slot, or ''.
        points: what it costs.
        sessions: those concerned.
    """

    kind: str
    about: str
    where: str
    points: float
    sessions: tuple[str, ...]


def penalties(programme: Programme, schedule: Schedule) -> list[Penalty]:
    """All that the schedule costs, dearest first; sessions without a place cost nothing here: they are clashes."""
    placed = [session for session in programme.sessions if session.id in schedule]
    found = [
        *_beside(programme, schedule, placed),
        *_wishes(programme, schedule, placed),
        *_balance(programme, schedule, placed),
        *_rooms(programme, schedule, placed),
    ]
    return sorted(found, key=lambda penalty: (-penalty.points, penalty.kind, penalty.about, penalty.where))


def score(programme: Programme, schedule: Schedule) -> float:
    """The share of the points spared, from 0 to 100; higher is better, 100 is a schedule nobody wishes otherwise.

    The whole is what would be lost if every session stood beside all others of its lines and its track, outside its
    wishes, on one day, and each of a series in a room of its own.
    """
    most = worst(programme)
    lost = sum(penalty.points for penalty in penalties(programme, schedule))
    return 100.0 if most == 0 else 100 * (1 - lost / most)


def worst(programme: Programme) -> float:
    """The points of a schedule with every fault."""
    weights, sessions = programme.weights, programme.sessions
    lines = Counter(line for session in sessions for line in session.lines)
    tracks = Counter(session.track for session in sessions if session.track)
    series = Counter(session.series for session in sessions if session.series)
    days = len({slot.day for slot in programme.slots})
    return (
        weights.line * sum(count - 1 for count in lines.values())
        + weights.track * sum(count - 1 for count in tracks.values())
        + weights.wish * sum(bool(session.wishes) for session in sessions)
        + (weights.balance * 2 * len(sessions) * (days - 1) / days if days else 0)
        + weights.room * sum(count - 1 for count in series.values())
    )


def _beside(programme: Programme, schedule: Schedule, placed: list[Session]) -> Iterator[Penalty]:
    """Sessions of one line, or one track, in the same slot: all but one of them cost."""
    beside: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for session in placed:
        for slot in programme.taken(session, schedule[session.id].slot):
            for line in sorted(session.lines):
                beside["line", line, slot].append(session.id)
            if session.track:
                beside["track", session.track, slot].append(session.id)
    for (kind, about, slot), sessions in beside.items():
        if len(sessions) > 1:
            weight = programme.weights.line if kind == "line" else programme.weights.track
            yield Penalty(kind, about, slot, weight * (len(sessions) - 1), tuple(sessions))


def _wishes(programme: Programme, schedule: Schedule, placed: list[Session]) -> Iterator[Penalty]:
    for session in placed:
        slot = schedule[session.id].slot
        if session.wishes and slot not in session.wishes:
            yield Penalty("wish", session.id, slot, programme.weights.wish, (session.id,))


def _balance(programme: Programme, schedule: Schedule, placed: list[Session]) -> Iterator[Penalty]:
    days = list(dict.fromkeys(slot.day for slot in programme.slots))
    held = Counter(
        programme.slots[programme.place_of_slot[schedule[session.id].slot]].day for session in placed
    )
    for day in days:
        points = programme.weights.balance * abs(held[day] - len(placed) / len(days))
        if points:
            yield Penalty("balance", day.isoformat(), "", points, ())


def _rooms(programme: Programme, schedule: Schedule, placed: list[Session]) -> Iterator[Penalty]:
    rooms: defaultdict[str, list[Session]] = defaultdict(list)
    for session in placed:
        if session.series:
            rooms[session.series].append(session)
    for series, sessions in rooms.items():
        changes = len({schedule[session.id].room for session in sessions}) - 1
        if changes:
            points = programme.weights.room * changes
            yield Penalty("room", series, "", points, tuple(session.id for session in sessions))
