"""Results: the chain from objective to outcome, as plans state it."""

from actionlines.results.plan import Plan, PlanEvidence, PlanNote, PlanObjective, PlanOutcome, extract_plan

__all__ = ["Plan", "PlanEvidence", "PlanNote", "PlanObjective", "PlanOutcome", "extract_plan"]
