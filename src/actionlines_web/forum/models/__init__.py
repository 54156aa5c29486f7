"""What the Forum keeps."""

from actionlines_web.forum.models.consultation import Contribution, Nomination
from actionlines_web.forum.models.edition import DayMove, Edition, new_key
from actionlines_web.forum.models.people import Appearance, Person
from actionlines_web.forum.models.schedule import Favourite, Placement, ScheduleRun, ScheduleVersion
from actionlines_web.forum.models.session import (
    Organiser,
    Reminder,
    RequestBatch,
    Session,
    SessionLink,
    SessionStep,
)

__all__ = [
    "Appearance",
    "Contribution",
    "DayMove",
    "Edition",
    "Favourite",
    "Nomination",
    "Organiser",
    "Person",
    "Placement",
    "Reminder",
    "RequestBatch",
    "ScheduleRun",
    "ScheduleVersion",
    "Session",
    "SessionLink",
    "SessionStep",
    "new_key",
]
