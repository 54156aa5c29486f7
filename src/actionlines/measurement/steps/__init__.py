"""The steps of an index, each a pure function of a cube and its parameters; one step a file."""

from actionlines.measurement.steps import transform
from actionlines.measurement.steps.registry import KINDS, kind, register
from actionlines.measurement.steps.step import Decision, Kind, Step, StepResult

__all__ = ["KINDS", "Decision", "Kind", "Step", "StepResult", "kind", "register", "transform"]
