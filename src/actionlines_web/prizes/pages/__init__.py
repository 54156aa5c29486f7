"""Pages of the prizes."""

from actionlines_web.prizes.pages.ballots import ballots, close, decide
from actionlines_web.prizes.pages.browse import (
    categories,
    category,
    edition,
    editions,
    nominee,
    statistics,
    table,
)
from actionlines_web.prizes.pages.desk import (
    dates,
    desk,
    message,
    new_edition,
    reviewers,
    screen,
    screening,
    shortlist,
    winners,
)
from actionlines_web.prizes.pages.projects import check, new_project, own, project, project_step, write
from actionlines_web.prizes.pages.results import certificate, receipt, result, result_file
from actionlines_web.prizes.pages.reviewing import review, review_step, reviews
from actionlines_web.prizes.pages.voting import appeal, choose, confirm, my_votes, vote, withdraw

__all__ = [
    "appeal",
    "ballots",
    "categories",
    "category",
    "certificate",
    "check",
    "choose",
    "close",
    "confirm",
    "dates",
    "decide",
    "desk",
    "edition",
    "editions",
    "message",
    "my_votes",
    "new_edition",
    "new_project",
    "nominee",
    "own",
    "project",
    "project_step",
    "receipt",
    "result",
    "result_file",
    "review",
    "review_step",
    "reviewers",
    "reviews",
    "screen",
    "screening",
    "shortlist",
    "statistics",
    "table",
    "vote",
    "winners",
    "withdraw",
    "write",
]
