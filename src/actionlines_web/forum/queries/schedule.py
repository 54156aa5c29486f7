"""The draft of the schedule as the library's programme, with what clashes in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Prefetch

from actionlines.programme import Clash, Penalty, Place, Programme, Schedule, clashes, penalties, score
from actionlines.programme import Session as LibrarySession
from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.standing import Standing, standings_from_data
from actionlines_web.forum.models import (
    Appearance,
    Edition,
    Placement,
    ScheduleRun,
    ScheduleVersion,
    Session,
    SessionLink,
)
from actionlines_web.forum.queries.editions import edition_of

# What stands before an action line to name its facilitators, whoever they are.
FACILITATOR: Final = "facilitator of "


@dataclass(frozen=True, slots=True)
class Draft:
    """The schedule that is worked on.

    Attributes:
        programme: sessions are named by their numbers as text, persons by name or, of a line, 'facilitator of C2'.
        schedule: where they stand.
        locked: those places that are agreed.
        sessions: number as text to the row.
        organisers: number as text to the organisations that hold it.
    """

    programme: Programme
    schedule: Schedule
    locked: Schedule
    sessions: Mapping[str, Session]
    organisers: Mapping[str, frozenset[str]]


def draft_of(edition: Edition) -> Draft:
    """The accepted sessions of an edition and where they stand; what stands nowhere in the data any more stands nowhere."""
    data = edition_of(edition)
    rows = list(
        Session.objects.filter(edition=edition, state=Session.State.ACCEPTED)
        .order_by("number")
        .prefetch_related(
            "organisers",
            Prefetch("links", SessionLink.objects.exclude(state=SessionLink.State.REFUSED)),
            Prefetch(
                "appearances",
                Appearance.objects.exclude(state=Appearance.State.DECLINED).select_related("person"),
            ),
            "placement",
        )
    )
    names: dict[str, int] = {}
    away: dict[str, frozenset[str]] = {}
    sessions = []
    for row in rows:
        people = {_name(item, names) for item in row.appearances.all() if not item.remote}
        for item in row.appearances.all():
            if not item.remote and item.person.away:
                away[_name(item, names)] = frozenset(item.person.away) & frozenset(data.slot_by_id)
        sessions.append(_session(row, people, data))
    standing = [
        row
        for row in rows
        if _has_place(row) and row.placement.slot in data.slot_by_id and row.placement.room in data.room_by_id
    ]
    placed = {str(row.number): Place(row.placement.slot, row.placement.room) for row in standing}
    locked = {str(row.number): placed[str(row.number)] for row in standing if row.placement.locked}
    return Draft(
        Programme(data.rooms, data.slots, tuple(sessions), away),
        placed,
        locked,
        {str(row.number): row for row in rows},
        {str(row.number): frozenset(item.name for item in row.organisers.all()) for row in rows},
    )


def _has_place(row: Session) -> bool:
    return getattr(row, "placement", None) is not None


def _name(item: Appearance, names: dict[str, int]) -> str:
    """The name of a person, told apart from another person of this name."""
    person = item.person
    if names.setdefault(person.name, person.pk) == person.pk:
        return person.name
    return f"{person.name} ({person.code})"


def _session(row: Session, people: set[str], edition: LibraryEdition) -> LibrarySession:
    lines = frozenset(link.node for link in row.links.all() if link.framework == "wsis")
    kind = edition.kind_by_code.get(row.kind)
    if kind is not None and kind.facilitated:
        people = people | {f"{FACILITATOR}{line}" for line in lines}
    known = frozenset(edition.slot_by_id)
    return LibrarySession(
        str(row.number),
        row.title,
        row.length,
        frozenset(people),
        lines,
        row.track,
        row.attendance,
        frozenset(row.needs),
        frozenset(row.wishes) & known,
        frozenset(row.barred) & known,
        row.series,
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sessions of one organiser at the same time: it can be, but should be looked at."""

    organiser: str
    slot: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """How good the draft is.

    Attributes:
        clashes: what cannot be, without sessions that have no place.
        unplaced: sessions without a place.
        penalties: what should not be, the dearest first.
        overlaps: organisers with two sessions at once.
        score: 0 to 100.
    """

    clashes: Sequence[Clash]
    unplaced: Sequence[Session]
    penalties: Sequence[Penalty]
    overlaps: Sequence[Overlap]
    score: float


def judged(draft: Draft) -> Standings:
    """What cannot and what should not be in the draft."""
    found = clashes(draft.programme, draft.schedule)
    return Standings(
        [clash for clash in found if clash.kind != "unplaced"],
        [draft.sessions[clash.sessions[0]] for clash in found if clash.kind == "unplaced"],
        [penalty for penalty in penalties(draft.programme, draft.schedule) if penalty.kind != "balance"],
        overlaps_of(draft),
        score(draft.programme, draft.schedule),
    )


def overlaps_of(draft: Draft) -> list[Overlap]:
    """Organisers who hold two sessions at once."""
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for session in draft.programme.sessions:
        place = draft.schedule.get(session.id)
        if place is not None:
            for slot in draft.programme.taken(session, place.slot) or (place.slot,):
                for organiser in sorted(draft.organisers[session.id]):
                    held[organiser, slot].append(session.id)
    return [
        Overlap(organiser, slot, tuple(sessions))
        for (organiser, slot), sessions in held.items()
        if len(sessions) > 1
    ]


def clashes_at(draft: Draft, session: str, place: Place) -> list[Clash]:
    """What would clash for a session in a place."""
    programme = draft.programme
    moved = programme.session_by_id[session]
    wanted = set(programme.taken(moved, place.slot) or (place.slot,))
    # Only who is there at the same time matters: the rest of the programme is left out.
    beside = [
        other
        for other in programme.sessions
        if other.id != session
        and other.id in draft.schedule
        and not wanted.isdisjoint(programme.taken(other, draft.schedule[other.id].slot))
    ]
    part = replace(programme, sessions=(moved, *beside))
    tried = {**{other.id: draft.schedule[other.id] for other in beside}, session: place}
    return [clash for clash in clashes(part, tried) if session in clash.sessions]


def latest_version(edition: Edition) -> ScheduleVersion | None:
    """The schedule the public sees, or None."""
    return ScheduleVersion.objects.filter(edition=edition).order_by("-number").first()


def version_by_number(edition: Edition, number: int) -> ScheduleVersion | None:
    """A version, or None."""
    return ScheduleVersion.objects.filter(edition=edition, number=number).first()


def versions_of(edition: Edition) -> Sequence[ScheduleVersion]:
    """The versions, the newest first, without what stands in them."""
    return list(ScheduleVersion.objects.filter(edition=edition).defer("standings").order_by("-number"))


def standings_of(version: ScheduleVersion | None) -> tuple[Standing, ...]:
    """What stands in a version; nothing in none."""
    return standings_from_data(version.standings) if version else ()


def draft_standings(edition: Edition) -> list[Standing]:
    """The draft as it would be published now."""
    data = edition_of(edition)
    rows = Placement.objects.filter(
        session__edition=edition, session__state=Session.State.ACCEPTED
    ).select_related("session")
    taken = {slot.id: number for number, slot in enumerate(data.slots)}
    found = []
    for row in rows:
        if row.slot in data.slot_by_id and row.room in data.room_by_id:
            first = data.slot_by_id[row.slot]
            last = data.slots[min(taken[row.slot] + row.session.length, len(data.slots)) - 1]
            ends = last.ends if last.day == first.day else first.ends
            found.append(
                Standing(row.session.number, row.session.title, row.slot, row.room, first.starts, ends)
            )
    return found


def runs_of(edition: Edition, most: int = 10) -> Sequence[ScheduleRun]:
    """The last automatic schedulings."""
    return list(ScheduleRun.objects.filter(edition=edition).defer("result").order_by("-pk")[:most])


def run_by_number(edition: Edition, number: int) -> ScheduleRun | None:
    """An automatic scheduling, or None."""
    return ScheduleRun.objects.filter(edition=edition, pk=number).select_related("edition").first()
