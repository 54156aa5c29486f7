"""Points in the unit cube, each a function of the seed and its own number: the same on every machine and worker."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from actionlines.measurement.cube import Floats, Places

# SciPy has direction numbers for so many dimensions.
MOST_DIMENSIONS: Final = 21_201

# Points have 30 binary places; half of the last keeps them off 0, where the normal distribution has no quantile.
_HALF: Final = 2.0**-31


@dataclass
class Points:
    """Scrambled Sobol' points (Owen 1998; Joe and Kuo 2008, as SciPy has them).

    Attributes:
        dimensions: of the cube, at most `MOST_DIMENSIONS`; seed: of the scrambling.
    """

    dimensions: int
    seed: int
    _generator: Any = field(default=None, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {"dimensions": self.dimensions, "seed": self.seed, "_generator": None}

    def rows(self, start: int, stop: int) -> Floats:
        """The points number `start` to `stop` − 1, (n, dimensions), strictly between 0 and 1."""
        from scipy.stats.qmc import Sobol

        if not self.dimensions:
            return np.empty((stop - start, 0))
        if self._generator is None or self._generator.num_generated > start:
            self._generator = Sobol(self.dimensions, scramble=True, rng=np.random.default_rng(self.seed))
        if ahead := start - self._generator.num_generated:
            self._generator.fast_forward(ahead)
        count = stop - start
        # Asked for a number that is no power of 2 first, SciPy warns; we ask for more and leave some out.
        wanted = count if start else 1 << (count - 1).bit_length()
        points = self._generator.random(wanted)[:count]
        if wanted > count:
            self._generator = None
        return np.asarray(points, np.float64) + _HALF


def streams(seed: int, factor: int, side: int, rows: Places, width: int) -> Floats:
    """Pseudo-random points (n, width), one stream for each row: for more dimensions than `Points` has."""
    points = np.empty((len(rows), width))
    for place, row in enumerate(rows):
        np.random.default_rng([seed, factor, side, int(row)]).random(out=points[place])
    return np.asarray(points + _HALF * (points == 0))
