"""Events as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as a calendar holds it.

    Attributes:
        uid: the same for the same event for good.
        start, end: with their time zone.
        title, description, place, address: plain texts and the address of its page.
        changed: when it was changed last.
        sequence: grows with each change that calendars should take over.
        cancelled: whether it is called off.
        categories: words such as the region and the kind.
    """

    uid: str
    start: datetime
    end: datetime
    title: str
    changed: datetime
    description: str = ""
    place: str = ""
    address: str = ""
    sequence: int = 0
    cancelled: bool = False
    categories: tuple[str, ...] = ()


def write_calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """The calendar as a file; times are written in UTC, so that no reader needs to know the zone.

    Raises:
        InputError: the package `icalendar` is not installed.
    """
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError as error:
        told = {"package": "icalendar", "extra": "schedule"}
        raise InputError(
            [
                Problem(
                    marked("calendars need the package '%(package)s', which is not installed."),
                    told,
                    expected=marked('the extra "%(extra)s": pip install "actionlines[%(extra)s]".'),
                )
            ]
        ) from error
    calendar = Calendar()
    calendar.add("prodid", "-//actionlines//events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for item in events:
        event = Event()
        event.add("uid", item.uid)
        event.add("dtstamp", item.changed.astimezone(UTC))
        event.add("last-modified", item.changed.astimezone(UTC))
        event.add("dtstart", item.start.astimezone(UTC))
        event.add("dtend", item.end.astimezone(UTC))
        event.add("summary", item.title)
        event.add("sequence", item.sequence)
        event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
        for field, value in (
            ("description", item.description),
            ("location", item.place),
            ("url", item.address),
        ):
            if value:
                event.add(field, value)
        if item.categories:
            event.add("categories", list(item.categories))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
