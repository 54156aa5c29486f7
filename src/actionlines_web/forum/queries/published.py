"""The programme that the public sees: the published version, and what is known of its sessions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

from django.db.models import Prefetch

from actionlines.programme.standing import CANCELLED
from actionlines_web.accounts.models import User
from actionlines_web.forum.models import Appearance, Edition, Favourite, Session, SessionLink
from actionlines_web.forum.queries.editions import edition_of, remembered
from actionlines_web.forum.queries.schedule import latest_version, standings_of

Made = TypeVar("Made")
# Pages and parts of pages that a process keeps of an edition: some tens of kilobytes each.
MOST_KEPT: Final = 400


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """Somebody who speaks in a session."""

    code: str
    name: str
    role: str
    title: str
    organisation: str
    country: str
    remote: bool


@dataclass(frozen=True, slots=True)
class PublicSession:
    """A session as the public sees it.

    Attributes:
        number, title, starts, ends, room, cancelled, sequence: as they were published last.
        day: of the programme; a session over midnight belongs to the day it starts on.
        room_name: of the room.
        others: the rest as it is known now: without persons who declined.
        lines, targets: what the organisers declared, and what was proposed and not refused.
    """

    number: int
    title: str
    starts: datetime
    ends: datetime
    day: date
    room: str
    room_name: str
    cancelled: bool
    sequence: int
    kind: str = ""
    track: str = ""
    format: str = ""
    language: str = "en"
    text: str = ""
    organisers: tuple[str, ...] = ()
    people: tuple[PublicPerson, ...] = ()
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals it serves, each once: 9 for 9.c."""
        return tuple(dict.fromkeys(target.partition(".")[0] for target in self.targets))


@dataclass(frozen=True)
class Published:
    """The published programme of an edition.

    Attributes:
        number: of the version; 0 where none is published.
        published_at: when it was.
        sessions: in the order of time.
    """

    number: int
    published_at: datetime | None
    sessions: tuple[PublicSession, ...]
    # What pages made of it, by what they were asked for, the last used last: gone with this state of the edition.
    made: dict[object, Any] = field(default_factory=dict, compare=False)
    lock: Lock = field(default_factory=Lock, compare=False)

    @cached_property
    def by_number(self) -> Mapping[int, PublicSession]:
        """Sessions by number."""
        return {session.number: session for session in self.sessions}

    @cached_property
    def people(self) -> Mapping[str, PublicPerson]:
        """Everybody who speaks, by code."""
        return {person.code: person for session in self.sessions for person in session.people}

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for each key as long as it is among the last MOST_KEPT that were asked for."""
        with self.lock:
            found = self.made.pop(key, None)
            if found is not None:
                self.made[key] = found
                return found  # type: ignore[no-any-return]
        made = make()
        with self.lock:
            self.made[key] = made
            while len(self.made) > MOST_KEPT:
                del self.made[next(iter(self.made))]
        return made


_PUBLISHED: dict[str, tuple[int, Published]] = {}


def published(edition: Edition) -> Published:
    """The programme that the public sees; read once a process for each state of the edition."""
    return remembered(_PUBLISHED, edition, lambda: _read(edition))


def _read(edition: Edition) -> Published:
    version = latest_version(edition)
    if version is None:
        return Published(0, None, ())
    data = edition_of(edition)
    rows = {
        row.number: row
        for row in Session.objects.filter(edition=edition).prefetch_related(
            "organisers",
            Prefetch("links", SessionLink.objects.exclude(state=SessionLink.State.REFUSED)),
            Prefetch(
                "appearances",
                Appearance.objects.exclude(state=Appearance.State.DECLINED)
                .select_related("person")
                .order_by("position", "pk"),
            ),
        )
    }
    made = []
    for standing in standings_of(version):
        row = rows.get(standing.number)
        room = data.room_by_id.get(standing.room)
        slot = data.slot_by_id.get(standing.slot)
        starts = standing.starts.astimezone(data.clock)
        made.append(
            PublicSession(
                standing.number,
                standing.title,
                starts,
                standing.ends.astimezone(data.clock),
                slot.day if slot and slot.starts == standing.starts else starts.date(),
                standing.room,
                room.name if room else standing.room,
                standing.state == CANCELLED or row is None or row.state == Session.State.CANCELLED,
                standing.sequence,
                **(_told(row) if row else {}),
                features=room.features if room else frozenset(),
            )
        )
    return Published(version.number, version.published_at, tuple(made))


def _told(row: Session) -> dict[str, object]:
    links = list(row.links.all())
    return {
        "kind": row.kind,
        "track": row.track,
        "format": row.format,
        "language": row.language,
        "text": row.text,
        "organisers": tuple(item.name for item in row.organisers.all()),
        "people": tuple(_person(item) for item in row.appearances.all()),
        "lines": tuple(link.node for link in links if link.framework == "wsis"),
        "targets": tuple(link.node for link in links if link.framework == "sdg"),
    }


def _person(item: Appearance) -> PublicPerson:
    person = item.person
    return PublicPerson(
        person.code, person.name, item.role, person.title, person.organisation, person.country, item.remote
    )


@dataclass(frozen=True, slots=True)
class ProgrammeQuery:
    """Which sessions of the published programme are asked for; '' stands for all."""

    day: str = ""
    track: str = ""
    kind: str = ""
    line: str = ""
    goal: str = ""
    room: str = ""
    person: str = ""
    text: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "ProgrammeQuery":
        """From the address of a page, a feed or an export; what is too long is cut."""
        return cls(**{name: params.get(name, "").strip()[:80] for name in cls.__slots__})

    def apply(self, sessions: Iterable[PublicSession]) -> list[PublicSession]:
        """The sessions that are asked for, in their order."""
        return [session for session in sessions if self._wants(session)]

    def _wants(self, session: PublicSession) -> bool:
        said = self.text.casefold()
        return (
            (not self.day or session.day.isoformat() == self.day)
            and (not self.track or session.track == self.track)
            and (not self.kind or session.kind == self.kind)
            and (not self.line or any(_under(line, self.line) for line in session.lines))
            and (not self.goal or any(_of_goal(target, self.goal) for target in session.targets))
            and (not self.room or session.room == self.room)
            and (not self.person or any(person.code == self.person for person in session.people))
            and (
                not said
                or said in session.title.casefold()
                or any(said in name.casefold() for name in session.organisers)
            )
        )

    @property
    def filters(self) -> dict[str, str]:
        """What is asked for beside the day, for addresses."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "day" and getattr(self, name)}


def _under(line: str, wanted: str) -> bool:
    return line == wanted or line.startswith(f"{wanted}-")


def _of_goal(target: str, wanted: str) -> bool:
    return target == wanted or target.startswith(f"{wanted}.")


def favourites_of(user: User, edition: Edition) -> set[int]:
    """The numbers of the sessions in the reader's agenda."""
    if not user.is_authenticated:
        return set()
    return set(
        Favourite.objects.filter(user=user, session__edition=edition).values_list(
            "session__number", flat=True
        )
    )


def agenda_of(user: User, edition: Edition) -> Sequence[PublicSession]:
    """The reader's own agenda, in the order of time."""
    wanted = favourites_of(user, edition)
    return [session for session in published(edition).sessions if session.number in wanted]
