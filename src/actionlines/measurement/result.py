"""What an index computes: scores, with every step that led to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

import numpy as np

from actionlines.measurement.contributions import Change, Scoring, change
from actionlines.measurement.cube import Cube, Flag, Floats, Labels
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.ranking import ranks
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.aggregate import Aggregate, Group
from actionlines.measurement.steps.step import Decision, Step, StepResult
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class Stage:
    """One step done.

    Attributes:
        step: with its parameters.
        key: digest of the data and of every step up to this one: equal keys, equal numbers.
        result: what the step gave.
    """

    step: Step
    key: str
    result: StepResult


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a unit has no score in a period.

    Attributes:
        unit, period, element: whose score; template, values: the reason, as of a `Decision`.
    """

    unit: str
    period: str
    element: str
    template: str
    values: Mapping[str, Any]

    @property
    def reason(self) -> str:
        """The English sentence."""
        return self.template % self.values


@dataclass(frozen=True, eq=False)
class Result:
    """Scores of an index.

    Attributes:
        specification: what was computed; source: the data it was computed from; stages: the steps, in order.
    """

    specification: Specification
    source: Cube
    stages: tuple[Stage, ...]

    @property
    def cube(self) -> Cube:
        """The data after the last step: indicators first, then every element of the hierarchy."""
        return self.stages[-1].result.cube if self.stages else self.source

    @cached_property
    def tree(self) -> Tree:
        """The hierarchy as computed: without what screening took out, with the weights that were settled."""
        whole = self.specification.tree
        gone = [one.code for one in whole.indicators if one.code not in self.cube.column]
        settled = {code: float(weight) for code, weight in self.cube.weights.items() if np.ndim(weight) == 0}
        return (whole.without(gone) if gone else whole).with_weights(settled)

    @property
    def key(self) -> str:
        """Digest of the data and all steps: two results with one key have equal numbers."""
        return self.stages[-1].key if self.stages else self.source.fingerprint

    def stage(self, name: str) -> Stage:
        """The stage of a step, by its name (the last one of that name).

        Raises:
            KeyError: there is none.
        """
        for stage in reversed(self.stages):
            if stage.step.name == name:
                return stage
        raise KeyError(name)

    def scores(self, code: str = "") -> Floats:
        """Scores (P, U) of an element or indicator ('' for the index), unrounded; NaN where there is none."""
        return self.cube.series(code or self.specification.code)

    def published(self, code: str = "") -> Floats:
        """Scores rounded as the specification says, halves away from 0 as in print; unrounded where it says nothing."""
        scores, places = self.scores(code), self.specification.rounding
        if places is None:
            return scores
        unit = Decimal(1).scaleb(-places)
        rounded = [
            float(Decimal(repr(one)).quantize(unit, ROUND_HALF_UP)) if np.isfinite(one) else one
            for one in scores.ravel().tolist()
        ]
        return np.array(rounded).reshape(scores.shape)

    def ranks(self, code: str = "", ties: str = "min", within: str = "") -> Floats:
        """Ranks (P, U) in each period, the highest score first; NaN without a score.

        Args:
            code: element or indicator, '' for the index.
            ties: 'min' (1 2 2 4), 'max' (1 3 3 4) or 'average'.
            within: a grouping inside which units are ranked, '' for all together; a unit without group has no rank.

        Raises:
            InputError: the data have no such grouping.
        """
        scores = self.scores(code)
        if not within:
            return ranks(scores, ties=ties, descending=True)
        labels = self._labels(within)
        found = np.full(scores.shape, np.nan)
        for label in np.unique(labels[labels != ""]):
            members = labels == label
            own = ranks(np.where(members, scores, np.nan), ties=ties, descending=True)
            found[members] = own[members]
        return found

    def _labels(self, grouping: str) -> Labels:
        if grouping not in self.cube.groups:
            fault = marked("the data have no grouping “%(group)s”.")
            known = ", ".join(self.cube.groups)
            raise InputError(
                [Problem(fault, {"group": grouping, "known": known}, expected=marked("one of: %(known)s."))]
            )
        return self.cube.groups[grouping]

    def ties(self, code: str = "") -> list[tuple[str, tuple[str, ...]]]:
        """Units with equal unrounded scores, by period."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for period, row in zip(self.cube.periods, self.scores(code), strict=True):
            values, counts = np.unique(row[~np.isnan(row)], return_counts=True)
            found += [
                (period, tuple(self.cube.units[place] for place in np.flatnonzero(row == value)))
                for value in values[counts > 1]
            ]
        return found

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """How every element was made, lower levels first.

        Raises:
            InputError: the specification has no step that aggregates.
        """
        for stage in reversed(self.stages):
            if isinstance(stage.step.params, Aggregate):
                return stage.step.params.groups
        fault = marked("no step aggregates the indicators.")
        raise InputError([Problem(fault, file=self.specification.file, column="steps")])

    @cached_property
    def scoring(self) -> Scoring:
        """The scores as a function of the normalised indicators, availability left aside.

        Raises:
            InputError: the specification has no step that aggregates.
        """
        weights = {node.code: node.weight for node in self.tree.nodes}
        leaves = tuple(one.code for one in self.tree.indicators)
        return Scoring(leaves, tuple(replace(group, availability=0.0) for group in self.groups), weights)

    def contributions(self, code: str = "") -> Floats:
        """What each indicator gives to the scores of an element, (P, U, I) in the order of `scoring.indicators`.

        They sum to the score. NaN for a unit without a score.

        Raises:
            InputError: a method that compares units in pairs has no contributions.
        """
        scoring, element = self.scoring, code or self.specification.code
        values = self.cube.values[..., self.cube.columns(scoring.indicators)]
        rows = values.reshape(-1, values.shape[-1])
        parts = scoring.moved(np.where(np.isnan(rows), np.nan, 0.0), rows, element).reshape(values.shape)
        return np.where(np.isnan(self.scores(element))[..., None], np.nan, parts)

    def change(self, earlier: str, later: str, code: str = "") -> Change:
        """Why scores changed between two periods.

        Raises:
            InputError: no such period, or a method without decomposition.
        """
        return change(self.scoring, self.cube, code or self.specification.code, earlier, later)

    def effective_weights(self) -> dict[str, float]:
        """Each node's share in the index were every mean arithmetic and all data present; the index has 1."""
        return self.tree.effective_weights()

    def decisions(self) -> Iterator[tuple[str, Decision]]:
        """Every decision of every step, with the step's name."""
        for stage in self.stages:
            for decision in stage.result.decisions:
                yield stage.step.name, decision

    def missing(self, code: str = "") -> list[Missing]:
        """Every unit and period without a score of an element, with the reason."""
        element = code or self.specification.code
        found: list[Missing] = []
        gone = [unit for unit in self.source.units if unit not in self.cube.units]
        for unit in gone:
            found += [
                Missing(unit, period, element, *self._screened(unit, period))
                for period in self.source.periods
            ]
        for period, unit in np.argwhere(np.isnan(self.scores(element))):
            name, when = self.cube.units[unit], self.cube.periods[period]
            if not self.cube.included[period, unit]:
                found.append(Missing(name, when, element, *self._screened(name, when)))
            else:
                found.append(Missing(name, when, element, *self._lacking(period, unit, element)))
        return found

    def _screened(self, unit: str, period: str) -> tuple[str, Mapping[str, Any]]:
        for _, decision in self.decisions():
            if decision.subject == unit and decision.period in ("", period):
                return decision.template, {**decision.values, "subject": f"{unit} {period}".strip()}
        return marked("screening took it out."), {}

    def _lacking(self, period: int, unit: int, element: str) -> tuple[str, Mapping[str, Any]]:
        """The lowest element that lacks children, and which."""
        group = next(one for one in self.groups if one.element == element)
        children = [code for code in group.children if code in self.cube.column]
        row = self.cube.values[period, unit]
        absent = [code for code in children if np.isnan(row[self.cube.column[code]])]
        deeper = [code for code in absent if code in self.tree.children]
        if deeper:
            return self._lacking(period, unit, deeper[0])
        needed = max(1, int(np.ceil(group.availability * len(group.children) - 1e-9)))
        facts = {
            "element": element,
            "found": len(children) - len(absent),
            "all": len(children),
            "needed": needed,
            "absent": ", ".join(absent),
        }
        if len(children) - len(absent) >= needed:
            return marked(
                "%(element)s is not defined for its values, or those present have no weight."
            ), facts
        return marked("%(element)s has %(found)d of %(all)d, %(needed)d needed; missing: %(absent)s."), facts

    def filled(self) -> Floats:
        """Share of each unit's indicators whose value was imputed, (P, U); NaN where the unit is taken out."""
        leaves = self.cube.columns([one.code for one in self.tree.indicators])
        imputed = (self.cube.flags[..., leaves] & np.uint16(int(Flag.imputed()))) != 0
        return np.where(self.cube.included, imputed.mean(axis=-1), np.nan)
