"""A schedule made the way people make it: the hardest session first, each in the best place that is left; then moved."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from time import monotonic

from actionlines.programme.programme import Place, Programme, Schedule, Session
from actionlines.programme.score import score


def greedy(programme: Programme, locked: Schedule | None = None) -> dict[str, Place]:
    """A schedule without clashes; a session for which no place is left stays out.

    Args:
        locked: places that are agreed and stay; fixed sessions stay as well.
    """
    desk = Desk(programme)
    held = {
        **(locked or {}),
        **{session.id: session.fixed for session in programme.sessions if session.fixed},
    }
    for identifier, place in held.items():
        desk.put(programme.session_by_id[identifier], place)
    for session in desk.hardest_first(session for session in programme.sessions if session.id not in held):
        desk.put_best(session)
    return desk.schedule


def improved(
    programme: Programme, schedule: Schedule, *, held: Schedule, seconds: float, seed: int
) -> dict[str, Place]:
    """A schedule at least as good: again and again some sessions are taken out and put back where they cost least.

    Those taken out belong together (one slot, or one line or track), so that they can change places; what comes out
    worse is put back as it was. Places in `held` stay.
    """
    rng = random.Random(seed)  # noqa: S311 - a search, not a secret
    movable = [session for session in programme.sessions if session.id not in held]
    best, best_rank = dict(schedule), rank(programme, schedule)
    desk = Desk(programme)
    for identifier, place in schedule.items():
        desk.put(programme.session_by_id[identifier], place)
    until = monotonic() + seconds
    while movable and monotonic() < until:
        out = _some(movable, best, rng)
        for session in out:
            desk.take(session)
        rng.shuffle(out)
        for session in out:
            desk.put_best(session, rng)
        reached = rank(programme, desk.schedule)
        if reached <= best_rank:
            best, best_rank = dict(desk.schedule), reached
            continue
        for session in out:
            desk.take(session)
        for session in out:
            if session.id in best:
                desk.put(session, best[session.id])
    return best


def rank(programme: Programme, schedule: Schedule) -> tuple[int, float]:
    """What orders schedules: sessions without a place first, then the score; the smaller is the better."""
    return len(programme.sessions) - len(schedule), -score(programme, schedule)


def _some(movable: list[Session], schedule: Schedule, rng: random.Random) -> list[Session]:
    """A few sessions that have something to do with one of them, and those that have no place."""
    first = rng.choice(movable)
    place = schedule.get(first.id)
    near = [
        session
        for session in movable
        if session is not first
        and (
            session.track == first.track
            or not session.lines.isdisjoint(first.lines)
            or (place and session.id in schedule and schedule[session.id].slot == place.slot)
        )
    ]
    chosen = rng.sample(near, min(len(near), rng.randint(1, 7)))
    without = [
        session for session in movable if session.id not in schedule and session not in (first, *chosen)
    ]
    return [first, *chosen, *without]


class Desk:
    """A schedule on its way, with what is needed to tell what one more session would cost."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.schedule: dict[str, Place] = {}
        self.rooms: set[tuple[str, str]] = set()
        self.persons: set[tuple[str, str]] = set()
        self.lines: Counter[tuple[str, str]] = Counter()
        self.tracks: Counter[tuple[str, str]] = Counter()
        self.days: Counter[object] = Counter()
        self.series: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._known_starts: dict[str, tuple[str, ...]] = {}
        self._known_rooms: dict[str, tuple[str, ...]] = {}

    def put(self, session: Session, place: Place) -> None:
        """Give the session its place."""
        self.schedule[session.id] = place
        for slot in self.programme.taken(session, place.slot) or (place.slot,):
            self.rooms.add((slot, place.room))
            self.persons |= {(slot, person) for person in session.persons}
            self.lines.update((slot, line) for line in session.lines)
            if session.track:
                self.tracks[slot, session.track] += 1
        self.days[self._day(place.slot)] += 1
        if session.series:
            self.series[session.series][place.room] += 1

    def take(self, session: Session) -> None:
        """Take the session's place from it, if it has one."""
        place = self.schedule.pop(session.id, None)
        if place is None:
            return
        for slot in self.programme.taken(session, place.slot) or (place.slot,):
            self.rooms.discard((slot, place.room))
            self.persons -= {(slot, person) for person in session.persons}
            self.lines.subtract((slot, line) for line in session.lines)
            if session.track:
                self.tracks[slot, session.track] -= 1
        self.days[self._day(place.slot)] -= 1
        if session.series:
            self.series[session.series][place.room] -= 1

    def hardest_first(self, sessions: Iterable[Session]) -> list[Session]:
        """Sessions in the order of how few places they could have."""
        return sorted(
            sessions,
            key=lambda session: (
                len(self._starts(session)) * len(self._suited(session)),
                -session.length,
                session.id,
            ),
        )

    def put_best(self, session: Session, rng: random.Random | None = None) -> None:
        """Give the session the place that costs least, of equal ones the first (or any); none where none is free."""
        options = self._options(session)
        if rng is not None:
            options = ((cost, rng.random(), 0, place) for cost, _, _, place in options)
        best = min(options, default=None, key=lambda option: option[:3])
        if best is not None:
            self.put(session, best[-1])

    def _starts(self, session: Session) -> tuple[str, ...]:
        if session.id not in self._known_starts:
            self._known_starts[session.id] = tuple(self.programme.starts(session))
        return self._known_starts[session.id]

    def _suited(self, session: Session) -> tuple[str, ...]:
        if session.id not in self._known_rooms:
            suited = (room.id for room in self.programme.rooms if self.programme.suits(session, room))
            self._known_rooms[session.id] = tuple(suited)
        return self._known_rooms[session.id]

    def _options(self, session: Session) -> Iterator[tuple[float, float, int, Place]]:
        """Every free place with its cost; of equal ones the smallest room, then the earliest."""
        for slot in self._starts(session):
            taken = self.programme.taken(session, slot)
            if any((part, person) in self.persons for part in taken for person in session.persons):
                continue
            cost = self._cost(session, slot, taken)
            for room in self._suited(session):
                if any((part, room) in self.rooms for part in taken):
                    continue
                known = self.series[session.series] if session.series else Counter()
                moved = self.programme.weights.room if known.total() and not known[room] else 0
                seats = self.programme.room_by_id[room].capacity
                yield cost + moved, seats, self.programme.place_of_slot[slot], Place(slot, room)

    def _cost(self, session: Session, slot: str, taken: tuple[str, ...]) -> float:
        weights = self.programme.weights
        beside = sum(self.lines[part, line] > 0 for part in taken for line in session.lines) * weights.line
        if session.track:
            beside += sum(self.tracks[part, session.track] > 0 for part in taken) * weights.track
        if session.wishes and slot not in session.wishes:
            beside += weights.wish
        # A day with more sessions than the others is a little dearer.
        busiest = max(self.days.values(), default=0) or 1
        return beside + weights.balance * self.days[self._day(slot)] / busiest

    def _day(self, slot: str) -> object:
        return self.programme.slots[self.programme.place_of_slot[slot]].day
