"""Run the replicates of a design: those with the same settings together, as draws on a leading axis.

A design's settings say which variants of the specification there are.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from actionlines.measurement.cube import Cube, Floats, Places
from actionlines.measurement.memory import Memory
from actionlines.measurement.ranking import ranks
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.step import StepResult, digest
from actionlines.measurement.uncertainty.decode import flat_values, with_flat_values
from actionlines.measurement.uncertainty.design import Design, Picks, Sampled
from actionlines.measurement.uncertainty.factor import Factor
from actionlines.measurement.uncertainty.tail import tail_scores
from actionlines.measurement.uncertainty.undefined import without_undefined
from actionlines.measurement.uncertainty.variant import Variant, Variants
from actionlines.problems import InputError

Ranks = NDArray[np.uint16] | NDArray[np.uint32]

# Cells of the data in one batch of draws: a few megabytes, so that they stay in the processor's cache.
_BATCH_CELLS: Final = 1 << 19


@dataclass(frozen=True, slots=True)
class Failure:
    """Replicates that could not be computed, and why.

    Attributes:
        reason: as a person can read it; replicates: their numbers in the design.
    """

    reason: str
    replicates: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """Scores of some replicates.

    Attributes:
        scores: (R, P, U), NaN where there is none; ranks: (R, P, U), the highest score has 1, 0 where there is none.
        failures: replicates without any score, numbered within the batch.
    """

    scores: Floats
    ranks: Ranks
    failures: tuple[Failure, ...]


@dataclass
class Evaluation:
    """What is computed for each replicate. It travels to workers without what it remembers.

    Attributes:
        specification: nominal; cube: the data, without draws, of the specification's indicators and variables.
        factors, design, seed: as of the analysis; element: whose scores are taken.
    """

    specification: Specification
    cube: Cube
    factors: tuple[Factor, ...]
    design: Design
    seed: int
    element: str
    _variants: Variants | None = field(default=None, repr=False)
    _memory: Memory = field(default_factory=Memory, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        # A fresh cube: what one has looked up in it (its columns) is a view that does not travel.
        cube = replace(self.cube)
        design = replace(self.design, cube=cube) if isinstance(self.design, Sampled) else self.design
        said = self.specification
        return {
            "specification": (dict(said.document), said.file),
            "cube": cube,
            "factors": self.factors,
            "design": design,
            "seed": self.seed,
            "element": self.element,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        document, file = state["specification"]
        state = {**state, "specification": Specification.of(document, file)}
        self.__dict__.update(state, _variants=None, _memory=Memory())

    def __call__(self, rows: tuple[int, int]) -> Batch:
        """The replicates of rows `rows[0]` to `rows[1]` − 1 of the design."""
        picks = self.design.picks(*rows)
        scores = np.full((len(picks.settings), len(self.cube.periods), len(self.cube.units)), np.nan)
        failures: list[Failure] = []
        groups, member = np.unique(picks.settings, axis=0, return_inverse=True)
        for number, settings in enumerate(groups):
            members = np.flatnonzero(member.ravel() == number)
            try:
                variant = self._variant(tuple(settings.tolist()))
                self._score(variant, picks, members, scores)
            except InputError as error:
                scores[members] = np.nan
                failures.append(Failure(_said(error), tuple(members.tolist())))
        empty = np.isnan(scores).all(axis=(1, 2))
        empty[[place for failure in failures for place in failure.replicates]] = False
        if empty.any():
            failures.append(Failure("no unit has a score.", tuple(np.flatnonzero(empty).tolist())))
        return Batch(scores, _ranked(scores), tuple(failures))

    def _variant(self, settings: tuple[float, ...]) -> Variant:
        if self._variants is None:
            self._variants = Variants(self.specification, self.factors, self.seed)
        return self._variants.of(settings)

    def _score(self, variant: Variant, picks: Picks, members: Places, scores: Floats) -> None:
        """Write the scores of these replicates, all of one variant."""
        alike = not picks.weighings and not picks.movings
        width = self.cube.values.size
        size = len(members) if alike else max(1, _BATCH_CELLS // width)
        for start in range(0, len(members), size):
            some = members[start : start + size]
            units, found = self._run(variant, picks, some[:1] if alike else some)
            if units == self.cube.units:
                scores[some] = found
            else:
                unit = {code: place for place, code in enumerate(self.cube.units)}
                places = [unit[code] for code in units]
                scores[some[:, None], :, places] = np.swapaxes(found, 1, 2)

    def _run(self, variant: Variant, picks: Picks, some: Places) -> tuple[tuple[str, ...], Floats]:
        """Units and scores (D, P, U) of some replicates of a variant.

        What they have in common is remembered: all steps up to the first that sees their own data or weights.
        """
        cube, key = self.cube, self.cube.fingerprint
        if picks.movings:
            cube, key = self._moved(picks, some), ""
        weighed = False
        for place, step in enumerate(variant.steps, start=1):
            aggregates = step.kind.name == "aggregate"
            if step.kind.name == "weights":
                weighed = False
            elif aggregates and not weighed:
                cube, key, weighed = _weighed(cube, variant, picks, some), "", True
            if aggregates and place == len(variant.steps):
                scores = tail_scores(cube, step.params.groups, self.element)
                if scores is not None:
                    return cube.units, scores
            if aggregates:
                # A mean that is not defined for one unit shall not lose all units, as it does without draws.
                if cube.values.ndim == 3 and not picks.weighings:
                    cube = replace(cube, values=cube.values[None])
                cube = without_undefined(step(cube).cube, step.params.groups)
            elif key:
                key = digest(key, step.digest)
                cube = self._remembered(key, cube, step).cube
            else:
                cube = step(cube).cube
        scores = cube.series(self.element)
        return cube.units, scores if scores.ndim == 3 else scores[None]

    def _remembered(self, key: str, cube: Cube, step: Any) -> StepResult:
        found = self._memory.get(key)
        if found is None:
            found = step(cube)
            self._memory.keep(key, found)
        return found

    def _moved(self, picks: Picks, some: Places) -> Cube:
        """The data under the replicates' errors."""
        nominal = flat_values(self.cube)
        if all(moving.cells.places[-1] < self.cube.values.size for moving in picks.movings):
            nominal = nominal[: self.cube.values.size]  # variables that do not move need no draws
        values = np.repeat(nominal[None], len(some), axis=0)
        for moving in picks.movings:
            moving.cells.move(values, moving.of(some))
        return with_flat_values(self.cube, values)


def _weighed(cube: Cube, variant: Variant, picks: Picks, some: Places) -> Cube:
    """The cube with the replicates' weights."""
    weights: dict[str, float | Floats] = {}
    for weighing in picks.weighings:
        for place, code in enumerate(weighing.codes):
            values = weighing.values[some, place]
            base = weights.get(code, cube.weights.get(code, variant.weights[code]))
            weights[code] = base * values if weighing.relative else values
    return cube.with_weights(weights) if weights else cube


def _ranked(scores: Floats) -> Ranks:
    """Ranks (R, P, U), 0 for none; units that never have a score are not sorted along."""
    found = np.zeros(scores.shape, np.uint16 if scores.shape[-1] < 1 << 16 else np.uint32)
    scored = ~np.isnan(scores).all(axis=(0, 1))
    part = scores if scored.all() else scores[..., scored]
    found[..., scored] = np.nan_to_num(ranks(part, descending=True))
    return found


def _said(error: InputError) -> str:
    first, *others = error.problems
    return f"{first} (and {len(others)} more)" if others else str(first)
