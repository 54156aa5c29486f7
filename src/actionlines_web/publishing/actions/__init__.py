"""Writes of reports."""

from actionlines_web.publishing.actions.drafts import (
    Asked,
    approve_report,
    erase_writer,
    lock_report,
    open_report,
    publish_report,
    start_report,
)
from actionlines_web.publishing.actions.schedules import make_scheduled, schedule_report, set_schedule
from actionlines_web.publishing.actions.versions import make_version, order_version, remove_half_made
from actionlines_web.publishing.actions.writing import (
    ChangedMeanwhileError,
    assign_part,
    comment_on,
    finish_part,
    save_passage,
    settle_comment,
)

__all__ = [
    "Asked",
    "ChangedMeanwhileError",
    "approve_report",
    "assign_part",
    "comment_on",
    "erase_writer",
    "finish_part",
    "lock_report",
    "make_scheduled",
    "make_version",
    "open_report",
    "order_version",
    "publish_report",
    "remove_half_made",
    "save_passage",
    "schedule_report",
    "set_schedule",
    "settle_comment",
    "start_report",
]
