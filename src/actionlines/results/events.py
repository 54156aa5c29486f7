"""Regional events: their kinds, and the agenda that people write, an item a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from actionlines.problems import InputError, Problem, marked

EVENT_KINDS: Final = (
    "development-forum",
    "stocktaking-workshop",
    "sustainable-development-forum",
    "training",
    "other",
)
MOST_ITEMS: Final = 200
_LINE: Final = re.compile(
    r"(?:(\d{4}-\d{2}-\d{2})\s+)?(\d{1,2}:\d{2})(?:\s*[-–—]\s*(\d{1,2}:\d{2}))?\s+(\S.*)\Z"
)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What happens at an event: the day and the hours in the event's own time, `end` None where none is said."""

    day: date
    start: time
    end: time | None
    title: str


def read_agenda(text: str, first_day: date, last_day: date) -> list[AgendaItem]:
    """The items of an agenda, in the order of their time.

    A line is '09:00-10:30 Opening'; a day before it ('2027-03-02 09:00 Visit') holds for the lines below too.

    Raises:
        InputError: lines that are no items, hours in the wrong order, days outside the event; each with its line.
    """
    found: list[AgendaItem] = []
    problems: list[Problem] = []
    day = first_day
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        item = _item(line.strip(), day)
        if item is None or not first_day <= item.day <= last_day or (item.end and item.end <= item.start):
            problems.append(_wrong(line, number, first_day, last_day))
            continue
        day = item.day
        found.append(item)
    if len(found) > MOST_ITEMS:
        told = {"most": MOST_ITEMS}
        problems.append(Problem(marked("the agenda has more than %(most)d items."), told, column="agenda"))
    if problems:
        raise InputError(problems)
    return sorted(found, key=lambda item: (item.day, item.start))


def agenda_text(items: Sequence[AgendaItem]) -> str:
    """The agenda as `read_agenda` reads it."""
    lines = []
    day = None
    for item in items:
        hours = f"{item.start:%H:%M}" + (f"-{item.end:%H:%M}" if item.end else "")
        lines.append(f"{hours} {item.title}" if item.day == day else f"{item.day} {hours} {item.title}")
        day = item.day
    return "\n".join(lines)


def _item(line: str, day: date) -> AgendaItem | None:
    match = _LINE.match(line)
    if match is None or len(match[4]) > 300:
        return None
    try:
        return AgendaItem(
            date.fromisoformat(match[1]) if match[1] else day,
            time.fromisoformat(match[2].zfill(5)),
            time.fromisoformat(match[3].zfill(5)) if match[3] else None,
            match[4],
        )
    except ValueError:
        return None


def _wrong(line: str, number: int, first_day: date, last_day: date) -> Problem:
    told = {"said": line.strip()[:60], "first": first_day, "last": last_day}
    expected = marked("hours and a title, such as “09:00-10:30 Opening”, on days from %(first)s to %(last)s.")
    return Problem(
        marked("“%(said)s” is no item of an agenda."), told, row=number, column="agenda", expected=expected
    )
