"""What the prizes keep."""

from actionlines_web.prizes.models.decision import Appeal, BallotDecision
from actionlines_web.prizes.models.edition import Edition, PhaseMove, new_key
from actionlines_web.prizes.models.project import Project, ProjectStep
from actionlines_web.prizes.models.review import Assignment, Conflict, Remark, Reviewer
from actionlines_web.prizes.models.vote import Anchor, Ballot, BallotLine, Chain, Publication, Voter

__all__ = [
    "Anchor",
    "Appeal",
    "Assignment",
    "Ballot",
    "BallotDecision",
    "BallotLine",
    "Chain",
    "Conflict",
    "Edition",
    "PhaseMove",
    "Project",
    "ProjectStep",
    "Publication",
    "Remark",
    "Reviewer",
    "Voter",
    "new_key",
]
