"""Sobol' indices: how much of a target's variance each factor explains, alone and with its interactions."""

from dataclasses import dataclass

from actionlines.measurement.cube import Floats, Places


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Indices of F factors for targets of any shape T.

    Attributes:
        first, total: (F, *T); NaN where the target does not vary.
        rows: how many rows of the design, or combinations, each target used, (*T).
        first_interval, total_interval: (2, F, *T) lower and upper ends; None where the indices are exact.
        shapley: (F, *T) Shapley effects, interactions shared out so that they sum to 1; only of exact indices of at
            most 8 factors.
    """

    first: Floats
    total: Floats
    rows: Places
    first_interval: Floats | None = None
    total_interval: Floats | None = None
    shapley: Floats | None = None
