"""Writes of events: made, changed, announced; agenda, documents, outcomes; taking part."""

from actionlines_web.events.actions.events import (
    add_event_file,
    announce_event,
    remove_event_file,
    save_event,
    set_agenda,
    set_outcomes,
)
from actionlines_web.events.actions.participants import erase_participation, join_event, leave_event

__all__ = [
    "add_event_file",
    "announce_event",
    "erase_participation",
    "join_event",
    "leave_event",
    "remove_event_file",
    "save_event",
    "set_agenda",
    "set_outcomes",
]
