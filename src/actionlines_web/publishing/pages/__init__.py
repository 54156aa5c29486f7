"""Pages of reports."""

from actionlines_web.publishing.pages.desk import draft, drafts, new, part, progress, step
from actionlines_web.publishing.pages.public import (
    changes,
    contribution,
    figure,
    figures,
    file,
    reports,
    version,
)
from actionlines_web.publishing.pages.schedules import schedules, set_schedule

__all__ = [
    "changes",
    "contribution",
    "draft",
    "drafts",
    "figure",
    "figures",
    "file",
    "new",
    "part",
    "progress",
    "reports",
    "schedules",
    "set_schedule",
    "step",
    "version",
]
