"""Calendars, read again by another reader."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from actionlines.formats.event_calendar import CalendarEvent, write_calendar

DAKAR = ZoneInfo("Africa/Nairobi")
EVENT = CalendarEvent(
    "rdf@actionlines",
    datetime(2027, 3, 1, 9, tzinfo=DAKAR),
    datetime(2027, 3, 1, 17, 30, tzinfo=DAKAR),
    "Forum; of, development\nالمنتدى",
    datetime(2026, 12, 1, tzinfo=UTC),
    "Long " * 40,
    "Nairobi, Kenya",
    "https://register.example.org/events/rdf/",
    3,
    categories=("Africa", "Training"),
)


def test_what_is_written_is_read_again_by_another_reader():
    calendar = Calendar.from_ical(write_calendar("Events", [EVENT]))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == EVENT.title
    assert event["dtstart"].dt == datetime(2027, 3, 1, 6, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2027, 3, 1, 14, 30, tzinfo=UTC)
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == (
        "rdf@actionlines",
        3,
        "CONFIRMED",
    )
    assert (str(event["location"]), str(event["url"])) == (EVENT.place, EVENT.address)
    assert str(event["description"]) == EVENT.description
    assert str(calendar["x-wr-calname"]) == "Events"


def test_lines_end_as_the_standard_says_and_are_folded():
    lines = write_calendar("Events", [EVENT]).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_what_is_called_off_says_so():
    from dataclasses import replace

    (event,) = Calendar.from_ical(write_calendar("x", [replace(EVENT, cancelled=True)])).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
