"""How one indicator is normalised: the method and all that it needs."""

from dataclasses import dataclass
from typing import Final

METHODS: Final = (
    "minmax",
    "scaled",
    "zscore",
    "rank",
    "percentile_rank",
    "borda",
    "distance_to_max",
    "distance_to_reference",
    "distance_to_target",
    "fraction_of_max",
    "centred_range",
    "goalposts",
)


@dataclass(frozen=True, slots=True)
class Scaling:
    """The normalisation of one indicator.

    Attributes:
        method: one of `METHODS`.
        low, high: of the output, for methods with a free range ('minmax', 'goalposts', 'scaled', 'centred_range').
        mean, deviation: of the output of 'zscore'.
        ties: 'min', 'max' or 'average' for ranks, percentile ranks and Borda counts.
        bounds: (lowest, highest) of the input of 'scaled'.
        reference: unit whose value is the reference of 'distance_to_reference'.
        base: period whose mean is the middle of 'centred_range'; '' for the mean of all values.
        cap: whether distances to a reference or target stop at 1.
        direction: 1 or -1, as of the indicator.
        goalposts, transform, transformed, clip: as of the indicator (`clip` is its `cap`).
        target: as of the indicator.
    """

    method: str = "minmax"
    low: float = 0.0
    high: float = 100.0
    mean: float = 0.0
    deviation: float = 1.0
    ties: str = "min"
    bounds: tuple[float, float] = (0.0, 1.0)
    reference: str = ""
    base: str = ""
    cap: bool = False
    direction: int = 1
    goalposts: tuple[float, float] | None = None
    transform: str = "none"
    transformed: bool = False
    clip: str = "both"
    target: float | None = None

    @property
    def posts(self) -> tuple[float, float]:
        """The goalposts on the transformed scale.

        Raises:
            TypeError: there are none.
        """
        from actionlines.measurement.steps.transform import TRANSFORMS

        if self.goalposts is None:
            raise TypeError("the indicator has no goalposts")
        if self.transformed or self.transform == "none":
            return self.goalposts
        function = TRANSFORMS[self.transform]
        worst, best = self.goalposts
        return float(function(worst)), float(function(best))  # type: ignore[arg-type]
