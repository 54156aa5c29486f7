"""The results chain: objectives, outcomes, outputs and their performance indicators, with figures that add up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from actionlines.results.aggregation import (
    Aggregation,
    Figure,
    Measure,
    over_parts,
    over_periods,
    over_programmes,
)
from actionlines.results.progress import Progress, RatingRules, progress

LEVELS: Final = ("programme", "priority", "objective", "outcome", "output")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator.

    Attributes:
        code, title, unit: as the plan has them.
        aggregation: how its figures come together.
        node: code of the result it measures.
        baseline: where it began, or None; baseline_period: when.
        targets: period to target.
        measures: period to what was measured for all.
        parts: period to part ('sex=F') to what was measured for it.
        expected_parts: the parts that make up the whole.
        of: code of the indicator of a higher result that this one is a part of, or ''.
    """

    code: str
    title: str
    node: str
    aggregation: Aggregation
    unit: str = ""
    baseline: Decimal | None = None
    baseline_period: str = ""
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)
    expected_parts: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result: its code, its level (one of LEVELS), its title, and the code of the result above it ('' at the top)."""

    code: str
    level: str
    title: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Chain:
    """Results and their indicators.

    Raises:
        ValueError: a code stands twice, something above does not exist or makes a circle, or an indicator and the one
            it is a part of are of different kinds.
    """

    results: tuple[Result, ...]
    indicators: tuple[Indicator, ...]

    def __post_init__(self) -> None:
        _check_tree("result", {result.code: result.parent for result in self.results}, len(self.results))
        _check_tree("indicator", {one.code: one.of for one in self.indicators}, len(self.indicators))
        known = {result.code for result in self.results}
        for indicator in self.indicators:
            if indicator.node not in known:
                raise ValueError(
                    f"indicator “{indicator.code}” measures “{indicator.node}”, which there is not"
                )
            above = self.indicator_by_code.get(indicator.of)
            if above is not None and above.aggregation is not indicator.aggregation:
                raise ValueError(
                    f"indicator “{indicator.code}” ({indicator.aggregation}) is a part of “{above.code}” "
                    f"({above.aggregation}): expected the same aggregation"
                )

    @cached_property
    def indicator_by_code(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def parts_of(self) -> Mapping[str, Sequence[Indicator]]:
        """Indicator to those that are a part of it."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            if indicator.of:
                found.setdefault(indicator.of, []).append(indicator)
        return found

    def figure(self, code: str, until: str | None = None) -> Figure:
        """The figure of an indicator up to a period: its own where it has any, else that of its parts.

        Both never add up: what a programme reports itself and what its projects report is the same thing twice.
        """
        return self._figures(until, {})(code)

    def figures(self, until: str | None = None) -> dict[str, Figure]:
        """The figure of every indicator, each computed once."""
        known: dict[str, Figure] = {}
        figure_of = self._figures(until, known)
        for indicator in self.indicators:
            figure_of(indicator.code)
        return known

    def _figures(self, until: str | None, known: dict[str, Figure]) -> "_FigureOf":
        return _FigureOf(self, until, known)

    def histories(self, periods: Sequence[str]) -> dict[str, dict[str, Figure]]:
        """The figure of every indicator up to each of the periods: what `figures(period)` says, each measure read once.

        Args:
            periods: in their order; they sort as text.
        """
        own = {one.code: list(self.own_measures(one)) for one in self.indicators}
        found: dict[str, dict[str, Figure]] = {one.code: {} for one in self.indicators}
        for period in periods:
            figure_of = _FigureOf(self, period, {}, own)
            for code, history in found.items():
                history[period] = figure_of(code)
        return found

    def own_measures(self, indicator: Indicator) -> Iterator[tuple[str, Figure]]:
        """Each period of the indicator with its own figure: the total reported, or its breakdown brought together."""
        for period in sorted({*indicator.measures, *indicator.parts}):
            yield (
                period,
                over_parts(
                    indicator.aggregation,
                    indicator.measures.get(period),
                    indicator.parts.get(period, {}),
                    indicator.expected_parts,
                ),
            )

    def progress(
        self, code: str, period: str, *, elapsed: Decimal = Decimal(1), rules: RatingRules | None = None
    ) -> Progress:
        """The progress of an indicator in a period, towards the target of that period or of the last before it."""
        indicator = self.indicator_by_code[code]
        due = [known for known in sorted(indicator.targets) if known <= period]
        target = indicator.targets[due[-1]] if due else None
        return progress(
            indicator.baseline, target, self.figure(code, period).value, elapsed=elapsed, rules=rules
        )


def rated(
    indicator: Indicator,
    actual: Decimal | None,
    period: str,
    periods: Sequence[str],
    rules: RatingRules | None = None,
) -> Progress:
    """The progress of an indicator at the end of a period.

    It is held against the target of that period or of the last before it. Where none is due yet, the next target
    counts, and as much of the way to it as periods have passed since the baseline (or, without one, since the first).

    Args:
        indicator: with its baseline and targets.
        actual: its figure up to the period.
        period, periods: the period, and all of the cycle in their order.
        rules: of the rating.
    """
    due = [known for known in sorted(indicator.targets) if known <= period]
    if due:
        return progress(indicator.baseline, indicator.targets[due[-1]], actual, rules=rules)
    later = next((known for known in sorted(indicator.targets) if known > period), None)
    if later is None:
        return progress(indicator.baseline, None, actual, rules=rules)
    way = [known for known in periods if indicator.baseline_period < known <= later]
    passed = [known for known in way if known <= period]
    elapsed = Decimal(len(passed)) / len(way) if way else Decimal(1)
    return progress(indicator.baseline, indicator.targets[later], actual, elapsed=elapsed, rules=rules)


class _FigureOf:
    """Computes figures and keeps them."""

    def __init__(
        self,
        chain: Chain,
        until: str | None,
        known: dict[str, Figure],
        own: Mapping[str, Sequence[tuple[str, Figure]]] | None = None,
    ) -> None:
        self._chain, self._until, self._known, self._own = chain, until, known, own

    def __call__(self, code: str) -> Figure:
        if code not in self._known:
            self._known[code] = self._computed(self._chain.indicator_by_code[code])
        return self._known[code]

    def _computed(self, indicator: Indicator) -> Figure:
        measured = (
            self._chain.own_measures(indicator) if self._own is None else self._own.get(indicator.code, ())
        )
        own = {period: figure for period, figure in measured if self._until is None or period <= self._until}
        if any(figure.value is not None for figure in own.values()):
            measures = {
                period: Measure(figure.value, figure.weight, figure.members) for period, figure in own.items()
            }
            whole = over_periods(indicator.aggregation, measures)
            partial = whole.partial or any(figure.partial for figure in own.values())
            return Figure(whole.value, whole.weight, whole.members, partial)
        parts = self._chain.parts_of.get(indicator.code, ())
        if parts:
            return over_programmes(indicator.aggregation, (self(part.code) for part in parts))
        return Figure()


def _check_tree(kind: str, parents: Mapping[str, str], count: int) -> None:
    if len(parents) < count:
        raise ValueError(f"a code of an {kind} stands twice")
    for code, above in parents.items():
        seen = {code}
        while above:
            if above not in parents:
                raise ValueError(f"{kind} “{code}” stands below “{above}”, which there is not")
            if above in seen:
                raise ValueError(f"{kind} “{code}” stands below itself")
            seen.add(above)
            above = parents[above]
