"""The prizes: rules of an edition, phases, eligibility, review, ballots and their tally, all as pure functions."""

from actionlines.prizes.ballots import Answer, Ballot, accepts
from actionlines.prizes.eligibility import Project, Verdict, eligibility
from actionlines.prizes.phases import Phase, phase_at
from actionlines.prizes.rules import Category, Criterion, Rules, load_rules, read_rules, shipped_editions
from actionlines.prizes.tally import CategoryResult, Standing, Tally, tally

__all__ = [
    "Answer",
    "Ballot",
    "Category",
    "CategoryResult",
    "Criterion",
    "Phase",
    "Project",
    "Rules",
    "Standing",
    "Tally",
    "Verdict",
    "accepts",
    "eligibility",
    "load_rules",
    "phase_at",
    "read_rules",
    "shipped_editions",
    "tally",
]
