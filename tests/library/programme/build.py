"""Small programmes for the tests."""

from datetime import UTC, date, datetime, timedelta

from actionlines.programme import Programme, Room, Slot

FIRST = date(2026, 7, 6)


def slots(days=1, each=2, joined=True):
    """Slots '1.1', '1.2' … of an hour; with `joined` each follows the one before on its day."""
    made = []
    for day in range(days):
        for place in range(each):
            starts = datetime(2026, 7, 6 + day, 9 + place, tzinfo=UTC)
            made.append(
                Slot(
                    f"{day + 1}.{place + 1}",
                    starts,
                    starts + timedelta(hours=1),
                    FIRST + timedelta(days=day),
                    joined and place > 0,
                )
            )
    return tuple(made)


ROOMS = (Room("big", "Big", 100, frozenset({"captions"})), Room("small", "Small", 20))


DAY = slots()


def programme(*sessions, rooms=ROOMS, slots=DAY, **more):
    """A programme of these sessions."""
    return Programme(rooms, slots, tuple(sessions), **more)
