"""What an index's scores and ranks become when its factors vary."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from actionlines.measurement.cube import Floats, Mask, Places
from actionlines.measurement.ranking import ranks
from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty.evaluation import Failure, Ranks
from actionlines.measurement.uncertainty.factor import Factor
from actionlines.measurement.uncertainty.statements import (
    groups,
    indistinguishable,
    pairwise,
    quantiles,
    rank_probabilities,
)

Kept = TypeVar("Kept", bound=NDArray[Any])

_ALL: Final = slice(None)


@dataclass(frozen=True, slots=True)
class Convergence:
    """Whether more draws would say the same: the first half of the draws compared with all of them.

    Attributes:
        draws: all of them; exact: nothing was sampled, so nothing has to converge.
        score: largest change of an end of a unit's 90 % score interval, as a share of the median width.
        rank: largest change of an end of a unit's 90 % rank interval, in ranks.
    """

    draws: int
    exact: bool
    score: float
    rank: float

    @property
    def stable(self) -> bool:
        """No end moved by more than a tenth of the median width, or by more than one rank."""
        return self.exact or (self.score <= 0.1 and self.rank <= 1)


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """The index under N draws of its factors, or under all their N combinations.

    Attributes:
        nominal: the index as specified; element: whose scores these are.
        factors: what varied; seed: says every random number, None for an enumeration.
        scores: (N, P, U), NaN where a unit has none; ranks: (N, P, U), 1 for the highest score, 0 for none.
        shares: probabilities (N,) of the combinations where they are not equal, or else None.
        failures: draws without any score, and why. They count in no statement, and are never hidden.
    """

    nominal: Result
    element: str
    factors: tuple[Factor, ...]
    seed: int | None
    scores: Floats
    ranks: Ranks
    shares: Floats | None
    failures: tuple[Failure, ...]

    @property
    def exact(self) -> bool:
        """Whether all combinations were enumerated."""
        return self.seed is None

    @property
    def draws(self) -> int:
        """How many there are, failed ones included."""
        return len(self.scores)

    @property
    def failed(self) -> int:
        """Draws without any score."""
        return sum(len(failure.replicates) for failure in self.failures)

    @property
    def periods(self) -> tuple[str, ...]:
        """P names."""
        return self.nominal.source.periods

    @property
    def units(self) -> tuple[str, ...]:
        """U codes: those of the data, scored or not."""
        return self.nominal.source.units

    @cached_property
    def nominal_scores(self) -> Floats:
        """Scores (P, U) as specified."""
        return aligned(self.nominal, self.element)

    @cached_property
    def nominal_ranks(self) -> Floats:
        """Ranks (P, U) as specified, NaN for none."""
        return ranks(self.nominal_scores, descending=True)

    @cached_property
    def absent(self) -> Places:
        """In how many draws that did not fail a unit with a nominal score has none, (P, U)."""
        gone = np.isnan(self._kept(self.scores)).sum(axis=0)
        return np.where(np.isnan(self.nominal_scores), 0, gone)

    @cached_property
    def rank_shift(self) -> Floats:
        """Mean over units and periods of |rank − nominal rank|, (N,); NaN for failed draws."""
        return shift(self.ranks, self.nominal_ranks)

    def score_quantiles(self, *at: float) -> Floats:
        """Quantiles (Q, P, U) of the scores."""
        flat = self._kept(self.scores).reshape(-1, self.scores[0].size)
        found = quantiles(flat, np.array(at), self._sound_shares)
        return found.reshape(-1, *self.scores.shape[1:])

    def score_interval(self, level: float = 0.9) -> Floats:
        """Lower and upper end (2, P, U) of the interval that holds a unit's score with probability `level`."""
        return self.score_quantiles((1 - level) / 2, (1 + level) / 2)

    def rank_interval(self, level: float = 0.9) -> Floats:
        """The best and the worst rank (2, P, U) of the interval that holds a unit's rank with probability `level`.

        Whole ranks: the first whose cumulative probability reaches (1 − level)/2, and (1 + level)/2.
        """
        return self._rank_interval(_ALL, level)

    @cached_property
    def rank_probabilities(self) -> Floats:
        """Probability (P, U, U) of each rank 1 … U, last axis, of each unit."""
        each = [
            rank_probabilities(self._ranks(place), self._sound_shares) for place in range(len(self.periods))
        ]
        return np.stack(each)

    def within(self, rank: int) -> Floats:
        """P(rank ≤ `rank`), (P, U)."""
        order = self._kept(self.ranks)
        first = (order > 0) & (order <= rank)
        if self._sound_shares is None:
            return np.asarray(first.mean(axis=0))
        return np.asarray(np.tensordot(self._sound_shares, first, 1) / self._sound_shares.sum())

    @cached_property
    def pairwise(self) -> Floats:
        """Probability (P, U, U) that the unit of the second axis has a better rank than that of the third."""
        return np.stack(
            [pairwise(self._ranks(place), self._sound_shares) for place in range(len(self.periods))]
        )

    def indistinguishable(self, level: float = 0.95) -> Mask:
        """Pairs (P, U, U) of which neither is better with a probability of at least `level`."""
        return np.stack([indistinguishable(one, level) for one in self.pairwise])

    def groups(self, level: float = 0.95) -> Places:
        """Numbers (P, U) of groups that cannot be told apart from their first unit, 1 for the best; 0 without rank.

        Units go by their median rank, then by their nominal one.
        """
        median = self._rank_interval(_ALL, 0.0)[0]
        alike = self.indistinguishable(level)
        found = np.zeros(median.shape, np.intp)
        for place in range(len(self.periods)):
            order = np.lexsort((self.nominal_ranks[place], median[place]))
            found[place] = groups(alike[place], order[~np.isnan(median[place][order])])
        return found

    def convergence(self) -> Convergence:
        """How much the 90 % intervals changed with the second half of the draws."""
        if self.exact or self.draws < 2:
            return Convergence(
                self.draws, self.exact, 0.0 if self.exact else np.nan, 0.0 if self.exact else np.nan
            )
        half = slice(self.draws // 2)
        whole = self.score_interval()
        flat = self._kept(self.scores, half).reshape(-1, self.scores[0].size)
        part = quantiles(flat, np.array([0.05, 0.95]), None).reshape(whole.shape)
        width = np.nanmedian(whole[1] - whole[0])
        score = np.nanmax(np.abs(whole - part)) / width if width > 0 else 0.0
        rank = np.nanmax(np.abs(self._rank_interval(_ALL, 0.9) - self._rank_interval(half, 0.9)))
        return Convergence(self.draws, False, float(score), float(rank))

    @cached_property
    def failure_counts(self) -> Mapping[str, int]:
        """Reason to number of failed draws."""
        return {failure.reason: len(failure.replicates) for failure in self.failures}

    @cached_property
    def _sound(self) -> Mask | None:
        """Draws with a score, (N,); None where all have one."""
        sound: Mask = np.asarray((self.ranks > 0).any(axis=(1, 2)))
        return None if sound.all() else sound

    def _kept(self, array: Kept, some: slice = _ALL) -> Kept:
        """The sound ones of some draws of an array (N, …); no copy where all are."""
        part: Any = array[some]
        return cast("Kept", part if self._sound is None else part[self._sound[some]])

    @cached_property
    def _sound_shares(self) -> Floats | None:
        return None if self.shares is None else self._kept(self.shares)

    def _ranks(self, period: int) -> Ranks:
        return self._kept(self.ranks)[:, period]

    def _rank_interval(self, some: slice, level: float) -> Floats:
        """From the ranks' frequencies in some of the draws."""
        shares = None if self.shares is None else self._kept(self.shares, some)
        ends = np.array([(1 - level) / 2, (1 + level) / 2])
        found = np.full((2, *self.scores.shape[1:]), np.nan)
        for place in range(len(self.periods)):
            heaped = np.cumsum(rank_probabilities(self._kept(self.ranks, some)[:, place], shares), axis=-1)
            ranked = heaped[:, -1] > 0
            reached = heaped[None] >= ends[:, None, None] * heaped[None, :, -1:] - 1e-12
            found[:, place] = np.where(ranked, np.argmax(reached, axis=-1) + 1.0, np.nan)
        return found


def aligned(result: Result, element: str) -> Floats:
    """Scores (P, U) of an element for the units of the data, NaN for those that screening took out."""
    scores = np.full(result.source.values.shape[:2], np.nan)
    place = {unit: at for at, unit in enumerate(result.source.units)}
    scores[:, [place[unit] for unit in result.cube.units]] = result.scores(element)
    return scores


def shift(order: Ranks, nominal: Floats) -> Floats:
    """Mean |rank − nominal rank| over the last two axes, of units that have both; NaN where none has."""
    both = (order > 0) & ~np.isnan(nominal)
    distance = np.where(both, np.abs(order - np.nan_to_num(nominal)), 0.0)
    count = both.sum(axis=(-2, -1))
    return np.asarray(distance.sum(axis=(-2, -1)) / np.where(count > 0, count, np.nan))
