"""An index: a specification that computes."""

from actionlines.measurement.arrangement import arranged
from actionlines.measurement.cube import Cube
from actionlines.measurement.memory import Memory
from actionlines.measurement.result import Result, Stage
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.step import digest


class Index:
    """A specification bound to its steps.

    Attributes:
        specification: what is computed; steps: bound, in order; memory: results of steps already done.
    """

    def __init__(self, specification: Specification, memory: Memory | None = None) -> None:
        self.specification = specification
        self.steps = specification.bound
        self.memory = memory if memory is not None else Memory()

    def compute(self, cube: Cube) -> Result:
        """Scores of every unit and period, with all that led to them.

        Args:
            cube: values of at least every indicator and variable the specification names, without draws.

        Raises:
            InputError: a series is missing, or a step meets values it cannot treat (a negative value under a
                geometric mean, an indicator that does not vary, …).
        """
        source = arranged(cube, self.specification)
        stages: list[Stage] = []
        key = source.fingerprint
        done = source
        for step in self.steps:
            key = digest(key, step.digest)
            found = self.memory.get(key)
            if found is None:
                found = step(done)
                self.memory.keep(key, found)
            done = found.cube
            stages.append(Stage(step, key, found))
        return Result(self.specification, source, tuple(stages))
