"""When organisers are reminded of what they owe."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from actionlines.programme.edition import DUTIES, Edition


@dataclass(frozen=True, slots=True)
class Owed:
    """Something organisers owe.

    Attributes:
        duty: a key of DUTIES.
        due: the last day for it.
        ahead: the reminder that is due for it, in days before the due day; None where none is.
    """

    duty: str
    due: date
    ahead: int | None


def owed(
    edition: Edition,
    held_on: date,
    today: date,
    done: Collection[str],
    reminded: Collection[tuple[str, date, int]],
) -> Iterator[Owed]:
    """What the organisers of a session held on this day still owe, with the reminder that is due today.

    Of several reminders that were missed only the latest is due: nobody is told the same twice in a day. After the due
    day nobody is reminded.

    Args:
        done: the duties that are done.
        reminded: (duty, due day, days ahead) of the reminders that were sent; a session that is moved is due on
            another day, and reminded anew.
    """
    for duty in DUTIES:
        if duty in done:
            continue
        due = edition.due(duty, held_on)
        left = (due - today).days
        # Nothing can be told of a session that has not been held.
        begun = duty != "outcomes" or today >= held_on
        fitting = [ahead for ahead in edition.deadlines.remind if 0 <= left <= ahead] if begun else []
        ahead = min(fitting, default=None)
        yield Owed(duty, due, None if ahead is None or (duty, due, ahead) in reminded else ahead)
