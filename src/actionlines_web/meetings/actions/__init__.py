"""Writes of meetings: their dates and agenda, contributions, files."""

from actionlines_web.meetings.actions.contributions import (
    WORD_FIELDS,
    erase_contributor,
    save_words,
    start_contribution,
    submit_contribution,
    withdraw_contribution,
)
from actionlines_web.meetings.actions.files import add_paper_file, remove_paper_file
from actionlines_web.meetings.actions.meetings import publish_meeting, save_meeting, set_agenda

__all__ = [
    "WORD_FIELDS",
    "add_paper_file",
    "erase_contributor",
    "publish_meeting",
    "remove_paper_file",
    "save_meeting",
    "save_words",
    "set_agenda",
    "start_contribution",
    "submit_contribution",
    "withdraw_contribution",
]
