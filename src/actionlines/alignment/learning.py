"""Learning from decisions: refit the stacker and the slants, stay near what ships, and never get worse.

Each part (the stacker of a language; targets, lines, objectives) is refitted by a logistic regression whose penalty
draws its numbers towards those that ship. Three texts in ten are held out; a part that does not do better on them
stays as it is.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from actionlines.alignment.align import align
from actionlines.alignment.learned import Learned, Slant, log_odds, part_of
from actionlines.alignment.lexicon import reader
from actionlines.alignment.link import Basis
from actionlines.alignment.model import GOALS, model
from actionlines.alignment.portions import portions
from actionlines.alignment.scoring import weigh
from actionlines.alignment.stacker import features, stackers, tempered
from actionlines.alignment.verdict import Verdict

ENOUGH: Final = 40  # decisions a part must have to learn from
ENOUGH_EACH: Final = 8  # and of these accepted, and refused
PENALTY: Final = 4.0  # of a number one away from the shipped one; a decision far off costs about as much
_HELD_OUT: Final = 3  # of ten texts
_STEPS: Final = 100
_TINY: Final = 1e-10
_BINS: Final = 10

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A decision as a row of one part.

    Attributes:
        part: 'stacker.en', 'sdg.target'.
        row: what the part's numbers are multiplied with.
        accepted: the answer.
        held_out: whether it judges instead of teaching.
    """

    part: str
    row: tuple[float, ...]
    accepted: bool
    held_out: bool


@dataclass(frozen=True)
class Lesson:
    """What was learnt, and how good it is on the held-out texts.

    Attributes:
        learned: the parts that got better.
        parts: part to 'taught', 'judged' (decisions), 'state' (better | worse | too few), 'before', 'after'.
        before, after: of all held-out decisions.
        unused: decisions that teach nothing: on a citation, a declared link, or one the aligner would not propose.
    """

    learned: Learned
    parts: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, float]
    after: Mapping[str, float]
    unused: int

    @property
    def better(self) -> bool:
        """Whether anything was learnt and the held-out decisions are met better than before."""
        learnt = bool(self.learned.coefficients or self.learned.slants)
        return learnt and self.after["log_loss"] < self.before["log_loss"]


def learn(verdicts: Sequence[Verdict]) -> Lesson:
    """Refit what the decisions allow."""
    samples = [sample for verdict in verdicts if (sample := _sample(verdict)) is not None]
    by_part: dict[str, list[Sample]] = {}
    for sample in samples:
        by_part.setdefault(sample.part, []).append(sample)
    numbers, parts = {}, {}
    judged: list[tuple[float, float, bool]] = []  # before, after, accepted
    for part, held in sorted(by_part.items()):
        fitted = _fitted(part, held)
        numbers.update({part: fitted.after} if fitted.state == "better" else {})
        parts[part] = fitted.plain()
        judged += fitted.judged()
    accepted = [answer for _, _, answer in judged]
    before = measures([first for first, _, _ in judged], accepted)
    after = measures([last for _, last, _ in judged], accepted)
    return Lesson(_learned(numbers), parts, before, after, len(verdicts) - len(samples))


def _sample(verdict: Verdict) -> Sample | None:
    """The row of a decision; None where it teaches nothing."""
    held_out = int(hashlib.sha256(verdict.text.encode()).hexdigest(), 16) % 10 < _HELD_OUT
    row = _stacker_row(verdict)
    if row is not None:
        return Sample(f"stacker.{verdict.language}", row, verdict.accepted, held_out)
    found = align(verdict.text, language=verdict.language, frameworks=(verdict.framework,))
    for link in found:
        if link.node == verdict.node and link.basis in (Basis.LEXICON, Basis.MODEL):
            slope_row = (log_odds(link.probability), 1.0)
            return Sample(part_of(link.framework, link.node), slope_row, verdict.accepted, held_out)
    return None


def _stacker_row(verdict: Verdict) -> tuple[float, ...] | None:
    """The features of a goal, then 17 places of which its own is 1; of the portion that speaks most for it."""
    if verdict.framework != "sdg" or verdict.node not in GOALS or verdict.language not in stackers():
        return None
    stacker, known = stackers()[verdict.language], model(verdict.language)
    if known is None or verdict.node in stacker.unheard:
        return None
    place = GOALS.index(verdict.node)
    reading = reader(verdict.language)
    rows = []
    for start, end in portions(verdict.text):
        tokens, denied = reading.read(verdict.text[start:end])
        opinion = known.opinion(tokens, denied)
        if opinion is not None:
            hits = reading.lexicons["sdg"].find(tokens, denied)
            weights = [weigh(hits[goal], goal) if goal in hits else 0.0 for goal in GOALS]
            rows.append(features(opinion.scores, weights)[place])
    if not rows:
        return None
    best = max(rows, key=lambda row: float(row @ stacker.coefficients))
    return (*map(float, best), *(float(goal == verdict.node) for goal in GOALS))


@dataclass(frozen=True)
class _Fitted:
    part: str
    state: str
    before: Array
    after: Array
    taught: int
    held: tuple[Sample, ...] = field(repr=False)

    def _said(self, numbers: Array) -> list[float]:
        """The probability of each held-out decision, as the aligner would tell it."""
        if not self.held:
            return []
        rows = np.array([sample.row for sample in self.held])
        odds = np.clip(rows @ numbers, -30, 30)
        kind, _, language = self.part.partition(".")
        if kind == "stacker":
            stacker = stackers()[language]
            odds = tempered(odds, stacker.even[rows[:, -len(GOALS) :].argmax(axis=1)], stacker.temper)
        return [float(probability) for probability in 1 / (1 + np.exp(-odds))]

    def judged(self) -> list[tuple[float, float, bool]]:
        """Before, after (as it will be used) and the answer, of each held-out decision."""
        used = self.after if self.state == "better" else self.before
        return list(
            zip(self._said(self.before), self._said(used), (s.accepted for s in self.held), strict=True)
        )

    def plain(self) -> dict[str, Any]:
        """As the report tells it."""
        accepted = [sample.accepted for sample in self.held]
        return {
            "state": self.state,
            "taught": self.taught,
            "judged": len(self.held),
            "before": measures(self._said(self.before), accepted),
            "after": measures(self._said(self.after), accepted),
        }


def _fitted(part: str, samples: Sequence[Sample]) -> _Fitted:
    teaching = [sample for sample in samples if not sample.held_out]
    held = tuple(sample for sample in samples if sample.held_out)
    before = _shipped(part)
    accepted = sum(sample.accepted for sample in teaching)
    if not held or len(teaching) < ENOUGH or min(accepted, len(teaching) - accepted) < ENOUGH_EACH:
        return _Fitted(part, "too few", before, before, len(teaching), held)
    rows, answers = np.array([s.row for s in teaching]), np.array([float(s.accepted) for s in teaching])
    after = fit(rows, answers, before, before != 0 if part.startswith("stacker.") else np.ones(2, bool))
    found = _Fitted(part, "better", before, after, len(teaching), held).plain()
    state = "better" if found["after"]["log_loss"] < found["before"]["log_loss"] else "worse"
    return _Fitted(part, state, before, after, len(teaching), held)


def _shipped(part: str) -> Array:
    kind, _, language = part.partition(".")
    if kind != "stacker":
        return np.array([1.0, 0.0])
    stacker = stackers()[language]
    return np.concatenate([stacker.coefficients, stacker.intercepts])


def fit(
    rows: Array, answers: Array, prior: Array, free: npt.NDArray[np.bool_], penalty: float = PENALTY
) -> Array:
    """Logistic regression drawn towards `prior` (ridge), by Newton's method.

    Args:
        rows: n × k; answers: n, each 0 or 1.
        prior: k; what the numbers are without a decision.
        free: k; the numbers that may move.
        penalty: of a number one away from its prior.

    Returns:
        k numbers.
    """

    def loss(numbers: Array) -> float:
        odds = rows @ numbers
        fit_loss = np.logaddexp(0, odds) - answers * odds
        return float(fit_loss.sum() + penalty / 2 * np.square(numbers - prior).sum())

    numbers = prior.copy()
    for _ in range(_STEPS):
        said = _probabilities(rows, numbers)
        slope = rows.T @ (said - answers) + penalty * (numbers - prior)
        bend = (rows * (said * (1 - said))[:, None]).T @ rows + penalty * np.eye(len(prior))
        step = np.zeros_like(numbers)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        # Far from the minimum a whole step can overshoot it.
        while loss(numbers - step) > loss(numbers) and float(np.abs(step).max()) > _TINY:
            step = step / 2
        numbers = numbers - step
        if float(np.abs(step).max()) <= _TINY:
            break
    return numbers


def _probabilities(rows: Array, numbers: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-np.clip(rows @ numbers, -30, 30)))
    return found


def measures(said: Sequence[float], accepted: Sequence[bool]) -> dict[str, float]:
    """log_loss, brier, accuracy (yes from one half on), ece (ten bins) and n; without decisions only n."""
    if not said:
        return {"n": 0, "log_loss": 0.0}
    p, y = np.clip(np.array(said), 1e-6, 1 - 1e-6), np.array(accepted, dtype=float)
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    gaps = [abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    found = {
        "log_loss": float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()),
        "brier": float(np.square(p - y).mean()),
        "accuracy": float(((p >= 0.5) == (y == 1)).mean()),
        "ece": float(sum(gaps)),
    }
    return {"n": len(said), **{name: round(number, 4) for name, number in found.items()}}


def _learned(numbers: Mapping[str, Array]) -> Learned:
    coefficients, intercepts, slants = {}, {}, {}
    for part, found in numbers.items():
        kind, _, language = part.partition(".")
        rounded = tuple(round(float(number), 6) for number in found)
        if kind == "stacker":
            first = len(stackers()[language].coefficients)
            coefficients[language], intercepts[language] = rounded[:first], rounded[first:]
        else:
            slants[part] = Slant(*rounded)
    return Learned(coefficients, intercepts, slants)
