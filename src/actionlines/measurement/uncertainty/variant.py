"""Variants of an index: its specification with some settings changed, bound to steps that can run."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.multiple import DRAWABLE, imputations
from actionlines.measurement.settings import Settings
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps import Kind, Step, StepResult
from actionlines.measurement.steps.impute import IMPUTE, Impute
from actionlines.measurement.uncertainty.factor import Changes, Choice, Factor, Imputation, Range
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class Drawing:
    """Parameters of an impute step that draws.

    Attributes:
        impute: of the step it stands for; seed: of the analysis; number: of the data set, from 0.
    """

    impute: Impute
    seed: int
    number: int


def _draw(cube: Cube, params: Drawing) -> StepResult:
    """Fill each missing cell with a draw from its predictive distribution."""
    if cube.draws is None:
        values = imputations(cube, params.impute, 1, params.seed, params.number)[0]
        new = np.isnan(cube.values) & ~np.isnan(values)
        done = np.where(new, np.uint16(Flag.IMPUTED_MODEL), np.uint16(0))
        return StepResult(cube.with_values(values, done), done)
    tables = (replace(cube, values=table) for table in cube.values)
    each = [imputations(one, params.impute, 1, params.seed, params.number)[0] for one in tables]
    done = np.zeros(cube.flags.shape, np.uint16)
    return StepResult(cube.with_values(np.stack(each), done), done)


def _unbound(settings: Settings, tree: Tree) -> Drawing:
    del settings, tree
    raise TypeError("drawing is no step of a specification")


DRAW: Final = Kind("impute by drawing", 1, _unbound, _draw)


@dataclass(frozen=True, slots=True)
class Variant:
    """Steps to run, and the weights that hold where no step settles any."""

    steps: tuple[Step, ...]
    weights: Mapping[str, float]


@dataclass
class Variants:
    """The variants of one specification under its factors.

    Attributes:
        specification: nominal; factors: F of them; seed: of imputed data sets.
    """

    specification: Specification
    factors: tuple[Factor, ...]
    seed: int
    _kept: OrderedDict[tuple[float, ...], Variant] = field(default_factory=OrderedDict)

    def of(self, settings: tuple[float, ...]) -> Variant:
        """The variant under a row of `Picks.settings`.

        Raises:
            InputError: the settings do not go together.
        """
        found = self._kept.get(settings)
        if found is None:
            found = self._made(settings)
            self._kept[settings] = found
            if len(self._kept) > 4096:
                self._kept.popitem(last=False)
        return found

    def _made(self, settings: tuple[float, ...]) -> Variant:
        changes: list[tuple[str, Any]] = []
        data_sets: dict[str, int] = {}
        for factor, value in zip(self.factors, settings, strict=True):
            if isinstance(factor, Choice):
                changes += factor.alternatives[int(value)].changes
            elif isinstance(factor, Range):
                changes.append((factor.setting, value))
            elif isinstance(factor, Imputation):
                data_sets[factor.step] = int(value)
        changed = self.specification.changed(*changes) if changes else self.specification
        steps = tuple(
            replace(step, kind=DRAW, params=Drawing(step.params, self.seed, data_sets[step.name]))
            if step.name in data_sets
            else step
            for step in changed.bound
        )
        return Variant(steps, {node.code: node.weight for node in changed.tree.nodes})


def check_settings(specification: Specification, factors: tuple[Factor, ...]) -> list[Problem]:
    """What is wrong with the settings the factors name: every alternative, every end of a range, every step."""
    problems: list[Problem] = []
    for factor in factors:
        if isinstance(factor, Choice):
            for one in factor.alternatives:
                problems += _check_changes(specification, factor.name, one.changes)
        elif isinstance(factor, Range):
            for end in (factor.low, factor.high):
                problems += _check_changes(specification, factor.name, ((factor.setting, end),))
        elif isinstance(factor, Imputation):
            problems += _check_imputation(specification, factor)
    return problems


def _check_changes(specification: Specification, name: str, changes: Changes) -> list[Problem]:
    try:
        specification.changed(*changes)
    except KeyError as error:
        fault = marked("the setting “%(address)s” is not in the specification.")
        return [Problem(fault, {"address": error.args[0]}, specification.file, column=name)]
    except InputError as error:
        return [replace(problem, column=f"{name}, {problem.column}") for problem in error.problems]
    return []


def _check_imputation(specification: Specification, factor: Imputation) -> list[Problem]:
    step = next((one for one in specification.bound if one.name == factor.step), None)
    if step is not None and step.kind is IMPUTE and step.params.method in DRAWABLE:
        return []
    fault = marked("“%(step)s” has no distribution to draw missing values from.")
    expected = marked("the name of an impute step of one of the methods %(known)s.")
    values = {"step": factor.step, "known": ", ".join(DRAWABLE)}
    return [Problem(fault, values, specification.file, column=factor.name, expected=expected)]
