"""A published schedule: where each session stands, what changed between two versions, and since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

HELD: Final = "held"
CANCELLED: Final = "cancelled"
# What makes a session another one for those who go to it: a calendar has to be told of it.
_TOLD: Final = ("title", "starts", "ends", "room", "state")


@dataclass(frozen=True, slots=True)
class Standing:
    """A session in a published schedule.

    Attributes:
        number: of the session; keeps its identity over all versions.
        title: as it was published.
        slot, room: codes of the edition.
        starts, ends: instants, with the distance from UTC at the place.
        state: 'held', or 'cancelled' for one that stood in an earlier version and does not take place.
        sequence: how often it changed since it was first published: 0, 1, … (the SEQUENCE of its calendar entry).
    """

    number: int
    title: str
    slot: str
    room: str
    starts: datetime
    ends: datetime
    state: str = HELD
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a session between two versions.

    Attributes:
        kind: 'added', 'cancelled', 'restored', 'moved' (its time), 'room' (its room alone) or 'title'.
        before, after: None where it was or is not there.
    """

    kind: str
    before: Standing | None
    after: Standing | None

    @property
    def standing(self) -> Standing:
        """Where it stands, or stood last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of both is there
        return found


def following(before: Sequence[Standing], now: Iterable[Standing]) -> tuple[Standing, ...]:
    """The standings of the next version, in the order of time.

    Each keeps its sequence, one higher where those who go to it must be told; a session that stood before and is not
    among `now` stands as cancelled where it was.
    """
    known = {standing.number: standing for standing in before}
    made = []
    for standing in now:
        was = known.pop(standing.number, None)
        sequence = 0 if was is None else was.sequence + (_told(was) != _told(standing))
        made.append(replace(standing, sequence=sequence))
    for left in known.values():
        gone = left if left.state == CANCELLED else replace(left, state=CANCELLED, sequence=left.sequence + 1)
        made.append(gone)
    return tuple(sorted(made, key=lambda item: (item.starts.timestamp(), item.room, item.number)))


def changes(before: Iterable[Standing], after: Iterable[Standing]) -> list[Change]:
    """What became of each session that is not the same in both versions, in the order of time."""
    known = {standing.number: standing for standing in before}
    found = []
    for standing in after:
        was = known.pop(standing.number, None)
        kind = _kind(was, standing)
        if kind:
            found.append(Change(kind, was, standing))
    found += [Change("cancelled", left, None) for left in known.values() if left.state == HELD]
    return sorted(found, key=lambda item: (item.standing.starts.timestamp(), item.standing.number))


def _kind(before: Standing | None, after: Standing) -> str:
    if before is None:
        return "added" if after.state == HELD else ""
    if before.state != after.state:
        return "cancelled" if after.state == CANCELLED else "restored"
    if _times(before) != _times(after):
        return "moved"
    if before.room != after.room:
        return "room"
    return "title" if before.title != after.title else ""


def _times(standing: Standing) -> tuple[float, float]:
    return standing.starts.timestamp(), standing.ends.timestamp()


def _told(standing: Standing) -> tuple[Any, ...]:
    return tuple(
        value.timestamp() if isinstance(value, datetime) else value
        for value in (getattr(standing, name) for name in _TOLD)
    )


def standings_as_data(standings: Iterable[Standing]) -> list[dict[str, Any]]:
    """The standings as JSON can hold them; `standings_from_data` gives them back."""
    return [
        {**asdict(item), "starts": item.starts.isoformat(), "ends": item.ends.isoformat()}
        for item in standings
    ]


def standings_from_data(said: Iterable[Mapping[str, Any]]) -> tuple[Standing, ...]:
    """The standings that `standings_as_data` made."""
    return tuple(
        Standing(
            **{
                **item,
                "starts": datetime.fromisoformat(item["starts"]),
                "ends": datetime.fromisoformat(item["ends"]),
            }
        )
        for item in said
    )
