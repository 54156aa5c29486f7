"""A schedule made by a solver of constraints (OR-Tools CP-SAT, extra `schedule`): nothing clashes, and little is lost."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final

from actionlines.problems import Problem, marked
from actionlines.programme.greedy import greedy, improved, rank
from actionlines.programme.programme import Programme, Schedule, Session
from actionlines.programme.rooms import rooms_for
from actionlines.programme.score import score
from actionlines.programme.times import Times

# The share of the time in which sessions are moved a few at a time; the rest is the solver's.
_MOVING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver found.

    Attributes:
        schedule: session to place, without clashes.
        score, greedy_score: of this schedule and of the greedy one it began with, 0 to 100, higher is better.
        bound: no schedule can have a higher score than this.
        optimal: whether it is proven to be the best.
        unplaced: session to why it has no place.
        seconds: of wall time.
    """

    schedule: Schedule
    score: float
    greedy_score: float
    bound: float
    optimal: bool
    unplaced: Mapping[str, str]
    seconds: float


def solve(
    programme: Programme,
    *,
    limit: float = 60.0,
    seed: int = 1,
    workers: int = 2,
    locked: Schedule | None = None,
    progress: Callable[[float, float], None] | None = None,
) -> Solution:
    """The best schedule found in `limit` seconds, never worse than the greedy one.

    It begins with the greedy schedule, moved a few sessions at a time. Then the times are chosen, so that in each slot there is a room for every session (Hall's condition on the rooms
    that suit them), then the rooms; together they are a hundred times larger and find less in a minute.

    Args:
        limit: seconds of wall time for the search.
        seed: of the search; with one worker the same seed and machine give the same schedule.
        locked: places that are agreed and stay; the rest is solved around them.
        progress: told (seconds, share of the points spared so far) at each better choice of times.

    Raises:
        ModuleNotFoundError: the extra `schedule` is not installed.
    """
    began = monotonic()
    held = {
        **(locked or {}),
        **{session.id: session.fixed for session in programme.sessions if session.fixed},
    }
    first = greedy(programme, locked)
    moved = improved(programme, first, held=held, seconds=limit * _MOVING, seed=seed)
    times = Times(programme, held)
    chosen = times.solve(moved, limit * (0.9 - _MOVING), seed, workers, progress)
    found = moved
    if chosen is not None:
        left = max(1.0, limit - (monotonic() - began))
        placed = rooms_for(programme, chosen, held, moved, left, seed, workers)
        # A session of several slots may find no room although each slot has one: it goes where there is place.
        found = min((greedy(programme, placed), moved), key=lambda one: rank(programme, one))
    return Solution(
        found,
        score(programme, found),
        score(programme, first),
        times.bound,
        times.optimal
        and len(found) == len(programme.sessions)
        and score(programme, found) >= times.bound - 1e-9,
        {
            session.id: reason(programme, found, session)
            for session in programme.sessions
            if session.id not in found
        },
        monotonic() - began,
    )


def reason(programme: Programme, schedule: Schedule, session: Session) -> str:
    """Why a session has no place in a schedule, as one sentence in English (see `why`)."""
    return "; ".join(problem.message for problem in why(programme, schedule, session))


def why(programme: Programme, schedule: Schedule, session: Session) -> list[Problem]:
    """Why a session has no place in a schedule: what stands against each slot and room, counted."""
    starts = list(programme.starts(session))
    rooms = [room for room in programme.rooms if programme.suits(session, room)]
    if not rooms:
        needs = ", ".join(sorted(session.needs)) or "–"
        told = {"needed": session.attendance, "features": needs}
        return [Problem(marked("no room seats %(needed)d and has what it needs (%(features)s)"), told)]
    if not starts:
        return [Problem(marked("its persons are away, or it is barred or cut by a break, in every slot"))]
    busy: defaultdict[str, set[str]] = defaultdict(set)
    full: defaultdict[str, set[str]] = defaultdict(set)
    for other in programme.sessions:
        if other.id in schedule:
            place = schedule[other.id]
            for slot in programme.taken(other, place.slot):
                busy[slot] |= other.persons
                full[slot].add(place.room)
    persons: defaultdict[str, int] = defaultdict(int)
    without_room = 0
    for slot in starts:
        taken = programme.taken(session, slot)
        met = {person for part in taken for person in session.persons & busy[part]}
        for person in met:
            persons[person] += 1
        if not met and all(any(room.id in full[part] for part in taken) for room in rooms):
            without_room += 1
    said = [
        Problem(
            marked("%(person)s is elsewhere in %(count)d of %(all)d slots"),
            {"person": person, "count": count, "all": len(starts)},
        )
        for person, count in sorted(persons.items())
    ]
    if without_room:
        told = {"rooms": len(rooms), "count": without_room, "all": len(starts)}
        template = marked("all %(rooms)d rooms that suit it are taken in %(count)d of %(all)d slots")
        said.append(Problem(template, told))
    return said or [Problem(marked("the search ended before a place was found"))]
