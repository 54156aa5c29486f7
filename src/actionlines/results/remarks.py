"""What strikes the eye in a report before it is handed in: against the baseline, the target, the periods around it.

A fault keeps the report from being taken; a remark (severity 'warning') asks for a word of explanation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from actionlines.problems import Problem, marked
from actionlines.results.aggregation import Aggregation, Figure, Measure, over_parts, over_periods
from actionlines.results.chain import Indicator

_ADDED: Final = (Aggregation.SUM, Aggregation.LATEST, Aggregation.CUMULATIVE)
# Further than so many times the way from the baseline to the target is worth a question.
_BEYOND: Final = Decimal(2)


def faults(indicator: Indicator, measures: Mapping[str, Measure]) -> list[Problem]:
    """What keeps measures (part to measure, '' for all) from being taken for an indicator."""
    return list(_faults(indicator, measures))


def _faults(indicator: Indicator, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    if not any(one.value is not None or one.members for one in measures.values()):
        yield Problem(
            marked("nothing was measured."), column="value", expected=marked("a number, or members.")
        )
    for part, one in measures.items():
        if part and part not in indicator.expected_parts:
            yield Problem(
                marked("the indicator has no part “%(part)s”."),
                {"part": part, "known": ", ".join(indicator.expected_parts) or "–"},
                column="part",
                expected=marked("one of: %(known)s."),
            )
        if one.members and indicator.aggregation is not Aggregation.DISTINCT:
            yield Problem(
                marked("members are counted for a distinct count alone."),
                column="members",
                expected=marked("a number."),
            )
        if one.members and one.value is not None and one.value != len(one.members):
            yield Problem(
                marked("%(value)s is not the number of members, which is %(count)d."),
                {"value": f"{one.value.normalize():f}", "count": len(one.members)},
                column="value",
                expected=marked("that number, or none."),
            )
        if one.weight is not None and one.weight < 0:
            yield Problem(
                marked("“%(said)s” cannot stand here."),
                {"said": f"{one.weight:f}"},
                column="weight",
                expected=marked("a number that is not below 0."),
            )


def remarks(indicator: Indicator, period: str, measures: Mapping[str, Measure]) -> list[Problem]:
    """What asks for an explanation in the measures of a period, given what counts in the others.

    Args:
        indicator: with baseline, targets and what counts in all periods.
        period: of the report.
        measures: part to measure, '' for all.
    """
    return [replace(problem, severity="warning") for problem in _remarks(indicator, period, measures)]


def _remarks(indicator: Indicator, period: str, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    parts = {part: one for part, one in measures.items() if part}
    own = over_parts(indicator.aggregation, measures.get(""), parts, indicator.expected_parts)
    yield from _of_parts(indicator, measures.get(""), parts, own)
    if own.value is None:
        return
    if indicator.aggregation is Aggregation.CUMULATIVE:
        yield from _beside(indicator, period, own.value)
    whole = _until(indicator, period, own)
    if whole is not None:
        yield from _towards(indicator, period, whole)


def _of_parts(
    indicator: Indicator, total: Measure | None, parts: Mapping[str, Measure], own: Figure
) -> Iterator[Problem]:
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN and own.weight is None and own.value is not None:
        yield Problem(
            marked("a share without the size of what it is a share of cannot be brought together."),
            column="weight",
            expected=marked("the size, such as the number of persons asked."),
        )
    missing = [part for part in indicator.expected_parts if part not in parts]
    if parts and missing:
        yield Problem(
            marked("the breakdown is not complete: %(missing)s."),
            {"missing": ", ".join(missing)},
            column="part",
        )
    elif parts and total and total.value is not None and indicator.aggregation in _ADDED:
        added = sum((one.value for one in parts.values() if one.value is not None), Decimal(0))
        if added != total.value:
            yield Problem(
                marked("the parts make %(added)s, the total is %(total)s."),
                {"added": f"{added.normalize():f}", "total": f"{total.value.normalize():f}"},
                column="part",
            )


def _beside(indicator: Indicator, period: str, value: Decimal) -> Iterator[Problem]:
    """A figure that counts from the beginning does not fall."""
    known = {when: one.value for when, one in _counting(indicator).items() if one.value is not None}
    before = [(when, said) for when, said in sorted(known.items()) if when < period]
    after = [(when, said) for when, said in sorted(known.items()) if when > period]
    fallen = [(when, said) for when, said in before[-1:] if value < said]
    risen = [(when, said) for when, said in after[:1] if value > said]
    for when, said in (*fallen, *risen):
        yield Problem(
            marked("the figure counts from the beginning: it was %(other)s in %(when)s."),
            {"other": f"{said.normalize():f}", "when": when},
            column="value",
        )


def _counting(indicator: Indicator) -> dict[str, Measure]:
    """What counts in each period, also where only its parts were reported."""
    found = {}
    for period in {*indicator.measures, *indicator.parts}:
        figure = over_parts(
            indicator.aggregation,
            indicator.measures.get(period),
            indicator.parts.get(period, {}),
            indicator.expected_parts,
        )
        found[period] = Measure(figure.value, figure.weight, figure.members)
    return found


def _until(indicator: Indicator, period: str, own: Figure) -> Decimal | None:
    measures = {**_counting(indicator), period: Measure(own.value, own.weight, own.members)}
    return over_periods(indicator.aggregation, measures, period).value


def _towards(indicator: Indicator, period: str, value: Decimal) -> Iterator[Problem]:
    due = [known for known in sorted(indicator.targets) if known <= period] or sorted(indicator.targets)[:1]
    if not due:
        return
    start, target = indicator.baseline or Decimal(0), indicator.targets[due[-1]]
    told = {
        "value": f"{value.normalize():f}",
        "baseline": f"{start.normalize():f}",
        "target": f"{target.normalize():f}",
    }
    way = target - start
    if way == 0:
        return
    share = (value - start) / way
    if share < 0:
        yield Problem(
            marked("%(value)s leads away from the target %(target)s; the baseline was %(baseline)s."),
            told,
            column="value",
        )
    elif share > _BEYOND:
        yield Problem(
            marked("%(value)s lies far beyond the target %(target)s; the baseline was %(baseline)s."),
            told,
            column="value",
        )
