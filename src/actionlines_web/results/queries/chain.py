"""Frameworks as the library's chain, and as pages show them: a branch at a time, its figures read from the stored ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from actionlines.results.aggregation import Aggregation
from actionlines.results.aggregation import Measure as LibraryMeasure
from actionlines.results.chain import Chain
from actionlines.results.chain import Indicator as LibraryIndicator
from actionlines.results.chain import Result as LibraryResult
from actionlines.results.progress import ACHIEVED, BEHIND, OFF_TRACK, ON_TRACK, UNKNOWN
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.results.models import (
    Budget,
    Figure,
    Framework,
    Indicator,
    Measure,
    Report,
    Result,
    Target,
)

PAGE_SIZE = 50
RATINGS = (ACHIEVED, ON_TRACK, BEHIND, OFF_TRACK, UNKNOWN)
# Keys that go into one question to the database: SQLite takes no more than some ten thousand.
_CHUNK = 5_000


def frameworks_for(actor: Actor) -> QuerySet[Framework]:
    """The frameworks the actor may see, the newest cycle first."""
    found = Framework.objects.order_by("-cycle", "code")
    return found if is_coordinator(actor) else found.filter(state=Framework.State.PUBLIC)


def framework_for(actor: Actor, code: str) -> Framework | None:
    """The framework, if there is one that the actor may see."""
    return frameworks_for(actor).filter(code=code).first()


@dataclass
class Branch:
    """A result with what stands below it.

    Attributes:
        result: the row.
        children: branches below, in their order.
        own: its own indicators by rating; ratings: those of everything below it too.
    """

    result: Result
    children: list["Branch"] = field(default_factory=list)
    own: Counter[str] = field(default_factory=Counter)
    ratings: Counter[str] = field(default_factory=Counter)

    @property
    def indicators(self) -> int:
        """How many indicators stand in it and below it."""
        return sum(self.ratings.values())


@dataclass(frozen=True, slots=True)
class Tree:
    """The results of a framework, with their indicators counted by rating in a period."""

    roots: Sequence[Branch]
    by_key: Mapping[int, Branch]

    def find(self, code: str) -> Branch | None:
        """The branch of this code."""
        return next((branch for branch in self.by_key.values() if branch.result.code == code), None)

    def above(self, branch: Branch) -> list[Branch]:
        """The branches above, from the top."""
        found: list[Branch] = []
        key = branch.result.parent_id
        while key is not None:
            found.insert(0, self.by_key[key])
            key = self.by_key[key].result.parent_id
        return found

    def organisation_of(self, result: int) -> int | None:
        """The organisation that reports for a result: its own, or that of the nearest above it that has one."""
        key: int | None = result
        while key is not None:
            row = self.by_key[key].result
            if row.organisation_id is not None:
                return row.organisation_id
            key = row.parent_id
        return None


def tree_of(framework: Framework, period: str) -> Tree:
    """The tree in three questions to the database, whatever its size.

    Every indicator counts in each branch it stands in; one without a figure is not rated.
    """
    branches = {row.pk: Branch(row) for row in Result.objects.filter(framework=framework)}
    roots = []
    for branch in branches.values():
        parent = branch.result.parent_id
        (roots if parent is None else branches[parent].children).append(branch)
    every = Indicator.objects.filter(framework=framework).order_by().values_list("result_id")
    numbers: dict[int, Counter[str]] = {
        result: Counter({UNKNOWN: number}) for result, number in every.annotate(Count("pk"))
    }
    rated = Figure.objects.filter(indicator__framework=framework, period=period).order_by()
    for result, rating, number in rated.values_list("indicator__result_id", "rating").annotate(Count("pk")):
        numbers[result] += Counter({rating: number})
        numbers[result][UNKNOWN] -= number
    for result, own in numbers.items():
        branches[result].own = +own
        key: int | None = result
        while key is not None:
            branches[key].ratings += own
            key = branches[key].result.parent_id
    return Tree(roots, branches)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as a list shows it: its figure, target and rating in a period."""

    indicator: Indicator
    figure: Figure | None
    target: Decimal | None


def indicators_of(
    result: Result, period: str, after: tuple[int, int] = (-1, 0)
) -> tuple[list[IndicatorRow], str]:
    """A page of a result's own indicators in their order, and where the next begins ('' on the last)."""
    position, key = after
    found = list(
        Indicator.objects.filter(
            Q(position__gt=position) | Q(position=position, pk__gt=key), result=result
        ).order_by("position", "pk")[: PAGE_SIZE + 1]
    )
    page = found[:PAGE_SIZE]
    keys = [item.pk for item in page]
    figures = {row.indicator_id: row for row in Figure.objects.filter(indicator__in=keys, period=period)}
    targets: dict[int, Decimal] = {}
    due = Target.objects.filter(indicator__in=keys, period__lte=period).order_by("period")
    for target in due:  # the last before the period, or of it, stays
        targets[target.indicator_id] = target.value
    rows = [IndicatorRow(item, figures.get(item.pk), targets.get(item.pk)) for item in page]
    return rows, f"{page[-1].position}.{page[-1].pk}" if len(found) > PAGE_SIZE else ""


def parsed_cursor(text: str) -> tuple[int, int]:
    """'12.345' → where a page of indicators begins; what makes no sense is the start."""
    position, _, key = text.partition(".")
    if position.isdecimal() and key.isdecimal() and len(position) < 10 and len(key) < 18:
        return int(position), int(key)
    return -1, 0


@dataclass(frozen=True, slots=True)
class Money:
    """What was planned and spent in a currency."""

    currency: str
    planned: Decimal | None
    spent: Decimal | None


def money_of(results: Iterable[int], period: str) -> list[Money]:
    """What was planned and spent for these results in a period, a row for each currency: nothing is converted."""
    found = (
        Budget.objects.filter(result__in=list(results), period=period)
        .order_by("currency")
        .values_list("currency")
        .annotate(planned=Sum("planned"), spent=Sum("spent"))
    )
    return [Money(*row) for row in found]


def below(branch: Branch) -> list[int]:
    """The keys of a branch's results, its own first."""
    return [branch.result.pk, *(key for child in branch.children for key in below(child))]


def related(indicator: Indicator) -> list[int]:
    """The keys of the indicators whose figures hang together with this one's: up to the whole, and all its parts."""
    top = indicator
    while top.part_of_id is not None:
        top = Indicator.objects.get(pk=top.part_of_id)
    found = level = [top.pk]
    while level:
        level = list(Indicator.objects.filter(part_of__in=level).values_list("pk", flat=True))
        found = [*found, *level]
    return found


def chain_of(framework: Framework, keys: Sequence[int] | None = None) -> tuple[Chain, dict[str, int]]:
    """The library's chain of a framework's approved figures, and the key of each indicator by its code.

    Args:
        framework: whose results and indicators.
        keys: of the indicators wanted; None for all. One whose whole is not among them stands for itself.
    """
    results = list(Result.objects.filter(framework=framework).values("pk", "code", "level", "parent__code"))
    indicators = _rows(
        Indicator.objects.filter(framework=framework).order_by("position", "pk"),
        "pk",
        keys,
        *("pk", "code", "result__code", "aggregation", "unit", "baseline", "baseline_period", "parts"),
        "part_of__code",
    )
    targets: dict[int, dict[str, Decimal]] = {}
    for key, period, value in _rows(
        Target.objects.filter(indicator__framework=framework),
        "indicator",
        keys,
        *("indicator_id", "period", "value"),
    ):
        targets.setdefault(key, {})[period] = value
    whole, parts = _measures(framework, keys)
    codes = {row[1] for row in indicators}
    made = [
        LibraryIndicator(
            code,
            "",
            result,
            Aggregation(kind),
            unit,
            baseline,
            baseline_period,
            targets.get(key, {}),
            whole.get(key, {}),
            parts.get(key, {}),
            tuple(expected),
            of if of in codes else "",
        )
        for key, code, result, kind, unit, baseline, baseline_period, expected, of in indicators
    ]
    chain = Chain(
        tuple(LibraryResult(row["code"], row["level"], "", row["parent__code"] or "") for row in results),
        tuple(made),
    )
    return chain, {row[1]: row[0] for row in indicators}


Whole = dict[int, dict[str, LibraryMeasure]]
Parts = dict[int, dict[str, dict[str, LibraryMeasure]]]


def _measures(framework: Framework, keys: Sequence[int] | None) -> tuple[Whole, Parts]:
    whole: Whole = {}
    parts: Parts = {}
    approved = Measure.objects.filter(
        report__indicator__framework=framework, report__state=Report.State.APPROVED
    )
    fields = ("report__indicator_id", "report__period", "part", "value", "weight", "members")
    for key, period, part, value, weight, members in _rows(approved, "report__indicator", keys, *fields):
        measure = LibraryMeasure(value, weight, frozenset(members))
        if part:
            parts.setdefault(key, {}).setdefault(period, {})[part] = measure
        else:
            whole.setdefault(key, {})[period] = measure
    return whole, parts


def _rows(rows: QuerySet[Any], name: str, keys: Sequence[int] | None, *fields: str) -> list[tuple[Any, ...]]:
    if keys is None:
        return list(rows.values_list(*fields))
    return [
        row
        for start in range(0, len(keys), _CHUNK)
        for row in rows.filter(**{f"{name}__in": keys[start : start + _CHUNK]}).values_list(*fields)
    ]


def figures_of(indicator: Indicator) -> dict[str, Figure]:
    """The stored figures of an indicator by period."""
    return {row.period: row for row in Figure.objects.filter(indicator=indicator)}


def targets_of(indicator: Indicator) -> dict[str, Decimal]:
    """The targets of an indicator by period."""
    return dict(Target.objects.filter(indicator=indicator).values_list("period", "value"))


def results_of(framework: Framework) -> QuerySet[Result]:
    """The results of a framework, those above before those below."""
    return Result.objects.filter(framework=framework).select_related("parent").order_by("position", "pk")


def indicators_after(framework: Framework, after: int, limit: int) -> list[Indicator]:
    """Indicators behind a key with their targets and figures, for the interface for programs."""
    found = Indicator.objects.filter(framework=framework, pk__gt=after).select_related("result", "part_of")
    return list(found.prefetch_related("targets", "figures").order_by("pk")[:limit])
