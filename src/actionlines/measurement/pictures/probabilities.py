"""Rank probabilities: how probable each rank of each unit is."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.pictures.parts import best_first, node_name, place_of_period, unit_labels
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import Specification, names_axis, number, whole
from actionlines.measurement.pictures.words import headings, said, wording
from actionlines.measurement.uncertainty.uncertain import Uncertainty
from actionlines.palette import GRID, HEAT, INK, PAPER

_KEYS = ("unit", "name", "rank", "rank_low", "rank_high", "likeliest", "probability")


def probabilities(
    uncertain: Uncertainty,
    *,
    period: str = "",
    level: float = 0.9,
    units: Iterable[str] = (),
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A grid of units and ranks, coloured by probability; a ring marks the rank as specified.

    Units stand by the mean of their ranks, the best first. The table has each unit's rank as specified, the ends of
    the interval that holds its rank with probability `level`, and its likeliest rank.

    Args:
        period: '' for the latest; units: only these.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: no such period or unit, or no unit has a rank.
    """
    say, nominal = wording(words), uncertain.nominal
    row = place_of_period(uncertain.periods, period)
    chances = uncertain.rank_probabilities[row]
    held = chances.sum(axis=1)
    with np.errstate(invalid="ignore"):
        mean = chances @ np.arange(1.0, len(chances) + 1) / np.where(held > 0, held, np.nan)
    order = best_first(-mean, uncertain.units, units)
    rows = _rows(uncertain, row, order, level)
    first = max(order, key=lambda place: chances[place, 0])
    facts = {
        "element": node_name(nominal.tree, uncertain.element or nominal.specification.code, language),
        "period": uncertain.periods[row],
        "count": len(order),
        "best": unit_labels(nominal, [uncertain.units[first]])[uncertain.units[first]],
        "probability": f"{chances[first, 0]:.2f}",
    }
    title = said(say["probabilities.title"], facts, language)
    return Picture(
        "probabilities",
        title,
        said(say["probabilities.alternative"], facts, language),
        whole(title, language, _drawn(rows, chances[order], say)),
        headings(say, *_KEYS),
        tuple(rows),
    )


def _rows(uncertain: Uncertainty, row: int, order: list[int], level: float) -> list[Row]:
    labels = unit_labels(uncertain.nominal, (uncertain.units[place] for place in order))
    ends, chances = uncertain.rank_interval(level)[:, row], uncertain.rank_probabilities[row]
    return [
        {
            "unit": uncertain.units[place],
            "name": labels[uncertain.units[place]],
            "rank": number(uncertain.nominal_ranks[row, place]),
            "rank_low": number(ends[0, place]),
            "rank_high": number(ends[1, place]),
            "likeliest": int(chances[place].argmax()) + 1,
            "probability": float(chances[place].max()),
        }
        for place in order
    ]


def _drawn(rows: list[Row], chances: Floats, say: Mapping[str, str]) -> Specification:
    labels = [one["name"] for one in rows]
    last = int(np.flatnonzero(chances.sum(axis=0) > 0).max()) + 1
    cells = [
        {"label": labels[line], "rank": int(rank) + 1, "probability": float(chances[line, rank])}
        for line, rank in zip(*np.nonzero(chances), strict=True)
    ]
    highest = float(chances.max())
    # Rings are light where the cell below is dark.
    rings = [
        {
            "label": one["name"],
            "rank": one["rank"],
            "ink": PAPER if chances[line, int(one["rank"]) - 1] > highest / 3 else INK,
        }
        for line, one in enumerate(rows)
        if one["rank"] is not None
    ]
    ticks = [1, *range(5 if last <= 60 else 10, last + 1, 5 if last <= 60 else 10)]
    axis = {"title": say["rank"], "orient": "top", "labelAngle": 0, "values": ticks, "ticks": False}
    domain = list(range(1, last + 1))
    x: dict[str, Any] = {"field": "rank", "type": "ordinal", "scale": {"domain": domain}, "axis": axis}
    size = max(8, min(20, 620 // last))
    colour = {
        "field": "probability",
        "type": "quantitative",
        "scale": {"domain": [0, highest], "range": list(HEAT[1:]), "type": "sqrt", "interpolate": "rgb"},
        "legend": {"title": say["probability"], "format": ".2~f", "orient": "right", "gradientLength": 160},
    }
    return {
        "width": {"step": size},
        "height": {"step": max(size, 13)},
        "view": {"stroke": GRID},
        "encoding": {"y": names_axis(labels), "x": x},
        "layer": [
            {"data": {"values": cells}, "mark": {"type": "rect"}, "encoding": {"color": colour}},
            {
                "data": {"values": rings},
                "mark": {"type": "point", "size": size * 4, "strokeWidth": 1.25, "opacity": 1},
                "encoding": {"stroke": {"field": "ink", "type": "nominal", "scale": None}},
            },
        ],
    }
