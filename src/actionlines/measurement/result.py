"""What an index computes: scores, with every step that led to them."""

from dataclasses import dataclass

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.step import Step, StepResult


@dataclass(frozen=True, slots=True)
class Stage:
    """One step done.

    Attributes:
        step: with its parameters.
        key: digest of the data and of every step up to this one: equal keys, equal numbers.
        result: what the step gave.
    """

    step: Step
    key: str
    result: StepResult


@dataclass(frozen=True, eq=False)
class Result:
    """Scores of an index.

    Attributes:
        specification: what was computed; source: the data it was computed from; stages: the steps, in order.
    """

    specification: Specification
    source: Cube
    stages: tuple[Stage, ...]

    @property
    def cube(self) -> Cube:
        """The data after the last step: indicators first, then every element of the hierarchy."""
        return self.stages[-1].result.cube if self.stages else self.source

    def scores(self, code: str = "") -> Floats:
        """Scores (P, U) of an element or indicator ('' for the index), unrounded; NaN where there is none."""
        return self.cube.series(code or self.specification.code)
