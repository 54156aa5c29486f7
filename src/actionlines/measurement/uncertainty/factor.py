"""Factors: what is uncertain about an index, and which values it can take.

Three kinds of effect: a factor can change settings of the specification (`Choice`, `Range`, `Imputation`), the
weights (`Noise`, `Dirichlet`, `WeightSets`) or the data (`Errors`). Discrete factors have alternatives with
probabilities; the others are driven by uniform numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from actionlines.measurement.cube import Floats

Changes: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One value a choice can take.

    Attributes:
        label: for people; changes: addresses of settings and their values, as `Specification.changed` takes them.
    """

    label: str
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Settings that take one of several sets of values together.

    Settings that depend on each other (goalposts with one normalisation only) belong into one choice.

    Attributes:
        name: of the factor; alternatives: two or more.
        probabilities: of the alternatives, summing to 1; empty for equal ones.
    """

    name: str
    alternatives: tuple[Alternative, ...]
    probabilities: tuple[float, ...] = ()

    @classmethod
    def of(
        cls, name: str, setting: str, values: Sequence[Any], probabilities: Sequence[float] = ()
    ) -> "Choice":
        """A choice among values of one setting, such as `Choice.of("limit", "steps.treat.limit", [1, 3, 5])`."""
        alternatives = tuple(Alternative(str(value), ((setting, value),)) for value in values)
        return cls(name, alternatives, tuple(probabilities))

    @property
    def labels(self) -> tuple[str, ...]:
        """The alternatives' labels."""
        return tuple(one.label for one in self.alternatives)


@dataclass(frozen=True, slots=True)
class Range:
    """A number setting, uniform between two ends.

    Every draw has a specification of its own, so that nothing from the changed step on can be shared between
    draws. Where a few values are enough, a `Choice` is a hundred times faster.

    Attributes:
        name: of the factor; setting: its address; low, high: ends.
    """

    name: str
    setting: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Imputation:
    """Which of several imputed data sets is used: each draws the missing values from their predictive distribution.

    Attributes:
        name: of the factor; step: name of an impute step whose method can draw ('em', 'chained', 'mean', 'median').
        data_sets: how many; the seed of the analysis and a data set's number say all its random numbers.
    """

    name: str
    step: str
    data_sets: int = 20

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Equal ones."""
        return ()

    @property
    def labels(self) -> tuple[str, ...]:
        """'1', '2', …"""
        return tuple(str(number) for number in range(1, self.data_sets + 1))


@dataclass(frozen=True, slots=True)
class Noise:
    """Weights multiplied each by a number of its own, uniform in [1 − share, 1 + share].

    Attributes:
        name: of the factor; codes: of the nodes whose weights move; share: from 0 to 1.
    """

    name: str
    codes: tuple[str, ...]
    share: float = 0.25


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """Weights of the children of each parent from a Dirichlet distribution.

    With a concentration c the expected shares are those of the specification, with variance s(1 − s)/(c + 1) for a
    share s: the weights of c experts, so to say. Without one all sets of shares are equally likely.

    Attributes:
        name: of the factor; families: parent to its children; concentration: above 0, or None.
    """

    name: str
    families: Mapping[str, tuple[str, ...]]
    concentration: float | None = None


@dataclass(frozen=True, slots=True)
class WeightSets:
    """One of several complete sets of weights, such as those of experts.

    Attributes:
        name: of the factor; sets: each code to weight, all with the same codes.
        probabilities: of the sets, summing to 1; empty for equal ones.
    """

    name: str
    sets: tuple[Mapping[str, float], ...]
    probabilities: tuple[float, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """'1', '2', …"""
        return tuple(str(number) for number in range(1, len(self.sets) + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """The data's own error: every value that is there moves by itself, before the first step.

    Attributes:
        name: of the factor.
        distribution: 'normal' (standard error), 'lognormal' (standard error; for positive values, which stay
            positive) or 'uniform' (half-width: 0.05 for values rounded to one decimal).
        errors: standard errors or half-widths, (P, U, I) in the unit of the data; NaN or 0 where the value is exact.
            None for those of the cube.
        relative: in place of `errors`, the error as a share of the value's size; absolute: one error for all cells.
            0 for none; both add up.
        series: the indicators and variables that move; empty for all. Variables move by `relative` and `absolute`.
    """

    name: str
    distribution: str = "normal"
    errors: Floats | None = field(default=None, repr=False)
    relative: float = 0.0
    absolute: float = 0.0
    series: tuple[str, ...] = ()


Discrete: TypeAlias = Choice | Imputation | WeightSets
Factor: TypeAlias = Choice | Range | Imputation | Noise | Dirichlet | WeightSets | Errors
