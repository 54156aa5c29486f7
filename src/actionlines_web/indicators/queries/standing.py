"""Where an economy stands: beside its region and groups, its strengths and weaknesses, and what would move its index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

from actionlines.frameworks import Area
from actionlines.measurement import Series, series
from actionlines.measurement.aggregates import Aggregate
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.queries.coverage import coverage_of_economy, latest_values
from actionlines_web.indicators.queries.groups import WORLD, groups_of, populations
from actionlines_web.indicators.queries.indices import (
    data_of,
    edition_names,
    result_of,
    specification_of,
)

if TYPE_CHECKING:
    from actionlines.measurement import Result

# Series in which less is better.
_LESS: Final = frozenset(
    {
        "fixed_bb_basket_pct_gni",
        "mobile_cellular_basket_pct_gni",
        "mobile_data_voice_high_basket_pct_gni",
    }
)
_STRENGTHS: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """An economy's place in a series.

    Attributes:
        rank, ranked: 1 is best; how many economies have a value.
        groups: the world, its region, its income group and its other groups, to their values.
    """

    series: Series
    row: Observation
    rank: int
    ranked: int
    groups: Mapping[str, Aggregate]

    @property
    def share(self) -> float:
        """The share of economies that stand before it, 0 to 1."""
        return (self.rank - 1) / self.ranked


@dataclass(frozen=True, slots=True)
class Gain:
    """What an indicator gives to an index, and what is left to gain by it."""

    code: str
    title: str
    parent: str
    value: float
    score: float
    weight: float
    possible: float


def headline() -> list[Series]:
    """The series by which economies are compared: the SDG indicators of ICT and the inputs of the IDI, as rates."""
    listed = [one for one in series() if {"sdg", "idi-2017", "idi-2023-2025"} & set(one.lists)]
    return [one for one in listed if one.unit_class != "number"]


def standings(economy: Area) -> list[Standing]:
    """The economy's place in every headline series in which it has a value."""
    chosen = headline()
    known = latest_values([one.code for one in chosen])
    people = populations()
    own_rows = {row.series: row.latest for row in coverage_of_economy(economy.iso3)}
    found: list[Standing] = []
    for one in chosen:
        row, values = own_rows.get(one.code), known[one.code]
        if row is None or economy.iso3 not in values:
            continue
        own = values[economy.iso3]
        better = sum(value < own if one.code in _LESS else value > own for value in values.values())
        wanted = [WORLD, economy.region(), economy.income(), *economy.groups()]
        groups = groups_of(values, people, one.unit_class, int(row.period), filter(None, wanted))
        found.append(Standing(one, row, better + 1, len(values), groups))
    return found


def strengths(found: Sequence[Standing]) -> tuple[list[Standing], list[Standing]]:
    """The series in which the economy stands best and worst among at least ten; none is both."""
    telling = sorted((one for one in found if one.ranked >= 10), key=lambda one: one.share)
    half = len(telling) // 2
    best = telling[: min(_STRENGTHS, len(telling) - half)]
    worst = telling[::-1][: min(_STRENGTHS, half)]
    return best, worst


def best_index(iso3: str) -> "tuple[str, Result] | None":
    """The newest edition in which the economy has a score, the demonstration last."""
    for name in edition_names():
        specification = specification_of(name)
        cube = data_of(specification)
        if iso3 not in cube.units:
            continue
        result = result_of(specification, cube)
        if isfinite(float(result.scores()[0, result.cube.units.index(iso3)])):
            return name, result
    return None


def gains(result: "Result", iso3: str, language: str) -> list[Gain]:
    """The indicators of an index by what is left to gain by each, the most first."""
    column = result.cube.units.index(iso3)
    full = full_score(result)
    weights = result.effective_weights()
    found = []
    for one in result.tree.indicators:
        score = float(result.scores(one.code)[0, column])
        value = result.source.series(one.code) if one.code in result.source.column else None
        found.append(
            Gain(
                one.code,
                one.title.get(language),
                result.tree.by_code[one.parent].title.get(language),
                float(value[0, column]) if value is not None else float("nan"),
                score,
                weights[one.code],
                (full - score) * weights[one.code] if isfinite(score) else 0.0,
            )
        )
    return sorted(found, key=lambda one: -one.possible)


def full_score(result: "Result") -> float:
    """The end of the scale of an index: 10 or 100."""
    for step in result.specification.steps:
        if step.kind == "normalise":
            return float(step.values.get("range", (0, 100))[1])
    return 100.0
