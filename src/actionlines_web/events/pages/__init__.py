"""Pages of events."""

from actionlines_web.events.pages.browse import calendar, event, event_file, events, initiatives
from actionlines_web.events.pages.keeping import (
    add_file,
    announce,
    change_agenda,
    change_event,
    change_outcomes,
    new_event,
)
from actionlines_web.events.pages.taking_part import take_part

__all__ = [
    "add_file",
    "announce",
    "calendar",
    "change_agenda",
    "change_event",
    "change_outcomes",
    "event",
    "event_file",
    "events",
    "initiatives",
    "new_event",
    "take_part",
]
