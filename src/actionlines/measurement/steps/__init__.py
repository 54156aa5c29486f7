"""The steps of an index, each a pure function of a cube and its parameters; one step a file or folder."""

# Each of these registers its kind of step.
from actionlines.measurement.steps import (
    aggregate,
    combine,
    denominate,
    impute,
    normalise,
    screen,
    transform,
    treat,
    weights,
)
from actionlines.measurement.steps.registry import KINDS, kind, register
from actionlines.measurement.steps.step import Decision, Kind, Step, StepResult

__all__ = [
    "KINDS",
    "Decision",
    "Kind",
    "Step",
    "StepResult",
    "aggregate",
    "combine",
    "denominate",
    "impute",
    "kind",
    "normalise",
    "register",
    "screen",
    "transform",
    "treat",
    "weights",
]
