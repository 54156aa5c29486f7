"""Pages of meetings."""

from actionlines_web.meetings.pages.contributions import (
    add_file,
    contribution,
    cover,
    revision,
    start,
    step,
    write,
)
from actionlines_web.meetings.pages.documents import documents, feed, paper_file
from actionlines_web.meetings.pages.meetings import (
    change_agenda,
    change_meeting,
    meeting,
    meetings,
    new_meeting,
    publish,
)

__all__ = [
    "add_file",
    "change_agenda",
    "change_meeting",
    "contribution",
    "cover",
    "documents",
    "feed",
    "meeting",
    "meetings",
    "new_meeting",
    "paper_file",
    "publish",
    "revision",
    "start",
    "step",
    "write",
]
