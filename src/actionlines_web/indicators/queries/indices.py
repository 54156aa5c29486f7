"""Indices computed from the observations of the site, with their uncertainty; kept while the data stay the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from actionlines.measurement import find_series
from actionlines_web.indicators.models import Observation
from actionlines_web.indicators.queries.coverage import latest_of
from actionlines_web.indicators.queries.observations import observations_of

if TYPE_CHECKING:
    from actionlines.measurement import Cube, Result, Specification
    from actionlines.measurement.uncertainty import Uncertainty

# A value of so many years before the year of the index still counts.
REACH: Final = 3
DRAWS: Final = 256
DRAWS_AT_ONCE: Final = 128  # where a reader waits for another scenario


@dataclass(frozen=True)
class Data:
    """What an index is computed from.

    Attributes:
        cube: of the inputs the specification reads; its units are economies with at least one value.
        observations: (economy, code of the specification) to the observation behind the value.
    """

    cube: "Cube"
    observations: Mapping[tuple[str, str], Observation]


@lru_cache(maxsize=32)
def specification_of(name: str) -> "Specification":
    """A shipped edition.

    Raises:
        InputError: there is none of that name.
    """
    from actionlines.measurement import edition

    return edition(name)


def edition_names() -> tuple[str, ...]:
    """The names of the shipped editions, the newest of the IDI first, the demonstration last."""
    from actionlines import measurement

    return tuple(
        sorted(measurement.edition_names(), key=lambda name: (name.startswith("idi"), name), reverse=True)
    )


def edition_of(name: str) -> "Specification | None":
    """The edition of that name, None where there is none."""
    return specification_of(name) if name in edition_names() else None


def inputs_of(specification: "Specification") -> dict[str, str]:
    """The codes the specification reads, each with that of the series in the catalogue."""
    from actionlines.measurement.arrangement import series_of

    found = {code: find_series(code) for code in series_of(specification)}
    return {code: one.code for code, one in found.items() if one is not None}


def data_of(specification: "Specification", year: int | None = None) -> Data:
    """The inputs of an index: the latest values, or those of a year and of the `REACH` years before it."""
    import numpy as np

    from actionlines.measurement import Cube

    inputs = inputs_of(specification)
    known = latest_of(inputs.values()) if year is None else _in_year(inputs, year)
    economies = sorted({economy for _, economy in known})
    behind = {
        (economy, code): known[series, economy]
        for economy in economies
        for code, series in inputs.items()
        if (series, economy) in known
    }
    values = np.full((len(economies), len(inputs)), np.nan)
    for row, economy in enumerate(economies):
        for column, code in enumerate(inputs):
            one = behind.get((economy, code))
            if one is not None:
                values[row, column] = float(one.value)
    return Data(Cube.of(values, economies, tuple(inputs), (str(year or ""),)), behind)


def _in_year(inputs: Mapping[str, str], year: int) -> dict[tuple[str, str], Observation]:
    found: dict[tuple[str, str], Observation] = {}
    for series in set(inputs.values()):
        rows = observations_of(series=series).filter(period__gt=str(year - REACH), period__lte=str(year))
        for row in rows:  # by period: a later one takes the place of an earlier one
            found[row.series, row.economy] = row
    return found


def changed(data: Data, economy: str, values: Mapping[str, float]) -> Data:
    """The data with other values of one economy."""
    cube = data.cube
    if not values or economy not in cube.units:
        return data
    cells = cube.values.copy()
    row = cube.units.index(economy)
    for code, value in values.items():
        cells[0, row, cube.column[code]] = value
    from actionlines.measurement import Cube

    return Data(Cube.of(cells, cube.units, cube.indicators, cube.periods), data.observations)


def reweighted(specification: "Specification", weights: Mapping[str, float]) -> "Specification":
    """The specification with other weights of elements or indicators."""
    kind = {one.code: "indicators" for one in specification.tree.indicators}
    changes = [(f"{kind.get(code, 'elements')}.{code}.weight", weight) for code, weight in weights.items()]
    return specification.changed(*changes) if changes else specification


_results: "dict[tuple[str, str], Result]" = {}
_uncertainties: "dict[tuple[str, str, int], Uncertainty]" = {}
_MOST: Final = 24  # kept of each


def result_of(specification: "Specification", data: Data) -> "Result":
    """The index; the same data and specification give the result that is kept."""
    from actionlines.measurement import Index

    key = (repr(specification.document), data.cube.fingerprint)
    if key not in _results:
        _make_room(_results)
        _results[key] = Index(specification).compute(data.cube)
    return _results[key]


def uncertainty_of(result: "Result", draws: int = DRAWS) -> "Uncertainty":
    """How uncertain the index is under the factors its specification names."""
    from actionlines.measurement.uncertainty import uncertainty

    key = (repr(result.specification.document), result.key, draws)
    if key not in _uncertainties:
        _make_room(_uncertainties)
        _uncertainties[key] = uncertainty(result, draws=draws)
    return _uncertainties[key]


def _make_room(kept: dict) -> None:  # type: ignore[type-arg]
    while len(kept) >= _MOST:
        kept.pop(next(iter(kept)), None)


def scored(result: "Result") -> list[dict[str, Any]]:
    """A row for each economy with a score, the highest first: rounded and exact, with its intervals."""
    spread = uncertainty_of(result)
    low, high = spread.score_interval()[:, 0]
    best, worst = spread.rank_interval()[:, 0]
    scores, published, ranks = result.scores()[0], result.published()[0], result.ranks()[0]
    parts = [node.code for node in result.tree.nodes if node.parent == result.specification.code]
    own = {code: result.published(code)[0] for code in parts}
    place = {unit: at for at, unit in enumerate(result.source.units)}
    rows = [
        {
            "economy": unit,
            "score": float(published[at]),
            "exact": float(scores[at]),
            "rank": int(ranks[at]),
            "low": float(low[place[unit]]),
            "high": float(high[place[unit]]),
            "best": int(best[place[unit]]),
            "worst": int(worst[place[unit]]),
            "parts": {code: float(own[code][at]) for code in parts},
        }
        for at, unit in enumerate(result.cube.units)
        if isfinite(float(scores[at]))
    ]
    return sorted(rows, key=lambda row: -row["exact"])


def scores(specification: "Specification", year: int | None = None) -> list[dict[str, Any]]:
    """The rows of an edition on the figures of the site."""
    data = data_of(specification, year)
    return scored(result_of(specification, data)) if data.cube.units else []
