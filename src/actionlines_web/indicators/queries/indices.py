"""Indices computed from the observations of the site, with their uncertainty; kept while the data stay the same."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from actionlines.measurement import find_series
from actionlines_web.indicators.queries.coverage import latest_values
from actionlines_web.indicators.queries.observations import observations_of

if TYPE_CHECKING:
    from actionlines.measurement import Cube, Result, Specification
    from actionlines.measurement.uncertainty import Uncertainty

# A value of so many years before the year of the index still counts.
REACH: Final = 3
DRAWS: Final = 256
DRAWS_AT_ONCE: Final = 128  # where a reader waits for another scenario


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


def data_of(specification: "Specification", year: int | None = None) -> "Cube":
    """The inputs of an index: the latest values, or those of a year and of the years before it within `REACH`.

    Its units are the economies with at least one value.
    """
    import numpy as np

    from actionlines.measurement import Cube

    inputs = inputs_of(specification)
    known = latest_values(inputs.values()) if year is None else _in_year(inputs.values(), year)
    economies = sorted({economy for own in known.values() for economy in own})
    values = np.array(
        [[known[series].get(economy, np.nan) for series in inputs.values()] for economy in economies]
    ).reshape(len(economies), len(inputs))
    return Cube.of(values, economies, tuple(inputs), (str(year or ""),))


def _in_year(series: Iterable[str], year: int) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {code: {} for code in series}
    for code in found:
        rows = observations_of(series=code).filter(period__gt=str(year - REACH), period__lte=str(year))
        for row in rows:  # by period: a later one takes the place of an earlier one
            found[code][row.economy] = float(row.value)
    return found


def changed(cube: "Cube", economy: str, values: Mapping[str, float]) -> "Cube":
    """The data with other values of one economy."""
    from actionlines.measurement import Cube

    cells = cube.values.copy()
    for code, value in values.items():
        cells[0, cube.units.index(economy), cube.column[code]] = value
    return Cube.of(cells, cube.units, cube.indicators, cube.periods)


def reweighted(specification: "Specification", weights: Mapping[str, float]) -> "Specification":
    """The specification with other weights of elements or indicators."""
    kind = {one.code: "indicators" for one in specification.tree.indicators}
    changes = [(f"{kind.get(code, 'elements')}.{code}.weight", weight) for code, weight in weights.items()]
    return specification.changed(*changes) if changes else specification


_results: "dict[tuple[str, str], Result]" = {}
_uncertainties: "dict[tuple[str, str, int], Uncertainty]" = {}
_MOST: Final = 24  # kept of each


def result_of(specification: "Specification", cube: "Cube") -> "Result":
    """The index; the same data and specification give the result that is kept."""
    from actionlines.measurement import Index

    key = (repr(specification.document), cube.fingerprint)
    if key not in _results:
        _make_room(_results)
        _results[key] = Index(specification).compute(cube)
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
    cube = data_of(specification, year)
    return scored(result_of(specification, cube)) if cube.units else []
