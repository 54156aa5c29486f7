"""How figures of an indicator add up over periods, over parts and over programmes: each kind says it itself.

The classic fault of the field is to add what is cumulative already, or to take the mean of percentages. So nothing
here guesses: an indicator names its kind, and a figure that cannot be built says that it is partial or unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Aggregation(StrEnum):
    """How the figures of an indicator come together."""

    SUM = "sum"  # each period counts what is new in it: persons trained in the year
    LATEST = "latest"  # a state: the number of members at the end of the period
    CUMULATIVE = "cumulative"  # each figure counts from the beginning on: persons trained so far
    WEIGHTED_MEAN = "weighted-mean"  # a share or a mean, with the size of what it is a share of
    MAXIMUM = "maximum"  # the highest level reached
    DISTINCT = "distinct-count"  # different members: countries assisted, each counted once


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured in one period, for all or for one part.

    Attributes:
        value: the number; for DISTINCT it may be left out, `members` are counted.
        weight: the size behind a mean or a share, for WEIGHTED_MEAN.
        members: who or what was counted, for DISTINCT.
    """

    value: Decimal | None = None
    weight: Decimal | None = None
    members: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure brought together.

    Attributes:
        value: None where nothing is known.
        weight, members: to bring it together further.
        partial: a part or a programme that should be in it had nothing to give.
    """

    value: Decimal | None = None
    weight: Decimal | None = None
    members: frozenset[str] = frozenset()
    partial: bool = False


def over_periods(kind: Aggregation, measures: Mapping[str, Measure], until: str | None = None) -> Figure:
    """The figure of one indicator up to and with a period.

    A change of an earlier period changes a sum, a mean and a distinct count, and neither the latest nor a cumulative
    figure, whose last word holds.

    Args:
        kind: of the indicator.
        measures: period to what was measured; periods sort as text ('2024', '2024-Q3').
        until: the last period that counts; None for all.
    """
    known = [measures[period] for period in sorted(measures) if until is None or period <= until]
    if kind in (Aggregation.LATEST, Aggregation.CUMULATIVE):
        last = next((measure for measure in reversed(known) if measure.value is not None), None)
        return Figure(last.value, last.weight) if last else Figure()
    return _together(kind, [Figure(one.value, one.weight, one.members) for one in known])


def over_programmes(kind: Aggregation, figures: Iterable[Figure]) -> Figure:
    """The figure of a programme from those of its parts, each already brought together over its periods.

    States and cumulative figures of different projects add up; shares are weighted; members are counted once.
    """
    found = list(figures)
    if all(figure.value is None and not figure.partial for figure in found):
        return Figure()  # nobody has said anything yet
    whole = _together(
        Aggregation.SUM if kind in (Aggregation.LATEST, Aggregation.CUMULATIVE) else kind, found
    )
    partial = whole.partial or any(figure.partial or figure.value is None for figure in found)
    return Figure(whole.value, whole.weight, whole.members, partial)


def over_parts(
    kind: Aggregation, total: Measure | None, parts: Mapping[str, Measure], expected: Sequence[str]
) -> Figure:
    """The figure of one period from its breakdown (women and men, urban and rural).

    The total that was reported holds. Without one the parts are brought together, and the figure is partial when one
    of those expected is missing: a breakdown that is not complete never passes for the whole.
    """
    if total is not None and (total.value is not None or total.members):
        return _together(kind, [Figure(total.value, total.weight, total.members)])
    found = [Figure(one.value, one.weight, one.members) for one in parts.values()]
    whole = _together(
        Aggregation.SUM if kind in (Aggregation.LATEST, Aggregation.CUMULATIVE) else kind, found
    )
    missing = any(part not in parts or _empty(parts[part]) for part in expected)
    return Figure(whole.value, whole.weight, whole.members, whole.partial or missing or not expected)


def _empty(measure: Measure) -> bool:
    return measure.value is None and not measure.members


def _together(kind: Aggregation, figures: Sequence[Figure]) -> Figure:
    if kind is Aggregation.DISTINCT:
        return _distinct(figures)
    known = [figure for figure in figures if figure.value is not None]
    values = [figure.value for figure in known if figure.value is not None]
    if not values:
        return Figure()
    if kind is Aggregation.MAXIMUM:
        return Figure(max(values))
    if kind is Aggregation.WEIGHTED_MEAN:
        return _mean(known)
    return Figure(sum(values, Decimal(0)))


def _mean(figures: Sequence[Figure]) -> Figure:
    """The mean by weights; without all weights it stands only where there is one figure: nothing is assumed equal."""
    if len(figures) == 1:
        return Figure(figures[0].value, figures[0].weight)
    if any(figure.weight is None for figure in figures):
        return Figure(partial=True)
    weight = sum((figure.weight or Decimal(0) for figure in figures), Decimal(0))
    if weight == 0:
        return Figure(weight=weight)
    added = sum(
        ((figure.value or Decimal(0)) * (figure.weight or Decimal(0)) for figure in figures), Decimal(0)
    )
    return Figure(added / weight, weight)


def _distinct(figures: Sequence[Figure]) -> Figure:
    """Members counted once; numbers without members cannot be told apart, so two of them are no figure."""
    members = frozenset[str]().union(*(figure.members for figure in figures))
    bare = [figure.value for figure in figures if not figure.members and figure.value is not None]
    if not bare:
        return Figure(Decimal(len(members)) if members else None, None, members)
    if len(bare) == 1 and not members:
        return Figure(bare[0])
    return Figure(None, None, members, partial=True)
