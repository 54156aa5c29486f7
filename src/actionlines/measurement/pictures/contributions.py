"""Stacked contributions: what the score of every unit is made of."""

from collections.abc import Iterable, Mapping

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.pictures.parts import (
    best_first,
    node_labels,
    node_name,
    parts_of,
    place_of_period,
    summed,
    unit_labels,
)
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import STEP, WIDTH, Specification, names_axis, whole
from actionlines.measurement.pictures.words import headings, places_of, said, wording
from actionlines.measurement.result import Result
from actionlines.palette import HUES, INK, PAPER


def contributions(
    result: Result,
    *,
    period: str = "",
    element: str = "",
    level: int = 0,
    units: Iterable[str] = (),
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A bar for each unit, the highest score first, stacked of what each part gives to the score.

    Parts of a bar sum to its score (`Result.contributions`); a part of several indicators is the sum of theirs.

    Args:
        period: '' for the latest; element: '' for the index; units: only these.
        level: of the parts, 1 for indicators; 0 for the lowest with at most 12.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: no such period, element, level or unit; no unit has a score; a method without contributions.
    """
    say, tree, code = wording(words), result.tree, element or result.specification.code
    parts = parts_of(tree, code, level)
    row = place_of_period(result.cube.periods, period)
    scores = result.scores(code)[row]
    order = best_first(scores, result.cube.units, units)
    given = summed(parts, result.scoring.indicators, result.contributions(code)[row])
    names = node_labels(tree, parts, language)
    labels = unit_labels(result, (result.cube.units[place] for place in order))
    rows: list[Row] = [
        {
            "unit": result.cube.units[place],
            "name": labels[result.cube.units[place]],
            "score": float(scores[place]),
            **{part: float(values[place]) for part, values in given.items()},
        }
        for place in order
    ]
    means: dict[str, Floats] = {part: np.asarray(values[order].mean()) for part, values in given.items()}
    largest = max(means, key=lambda part: float(means[part]))
    places = places_of(result.specification.rounding)
    facts = {
        "element": node_name(tree, code, language),
        "period": result.cube.periods[row],
        "count": len(rows),
        "parts": len(parts),
        "largest": node_name(tree, largest, language),
        "value": f"{float(means[largest]):.{places}f}",
    }
    title = said(say["contributions.title"], facts, language)
    return Picture(
        "contributions",
        title,
        said(say["contributions.alternative"], facts, language),
        whole(title, language, _drawn(rows, names, say, places)),
        headings(say, "unit", "name", "score") | {part: node_name(tree, part, language) for part in parts},
        tuple(rows),
    )


def _drawn(rows: list[Row], names: Mapping[str, str], say: Mapping[str, str], places: int) -> Specification:
    bars = [
        {"label": one["name"], "part": name, "order": order, "value": one[part]}
        for one in rows
        for order, (part, name) in enumerate(names.items())
    ]
    ends = [
        {"label": one["name"], "score": one["score"], "end": sum(max(one[part], 0.0) for part in names)}
        for one in rows
    ]
    axis = {"title": say["score"], "orient": "top", "tickCount": 8, "labelFlush": False}
    shown = list(names.values())
    longest = max(map(len, shown))
    colour = {
        "field": "part",
        "type": "nominal",
        "sort": shown,
        "scale": {"domain": shown, "range": [HUES[place % len(HUES)] for place in range(len(shown))]},
        "legend": {
            "title": None,
            "orient": "bottom",
            "columns": 4 if longest <= 18 else 2 if longest <= 46 else 1,
            "symbolType": "square",
        },
    }
    x = {"field": "value", "type": "quantitative", "stack": "zero", "axis": axis}
    net = {
        "data": {"values": ends},
        "mark": {
            "type": "point",
            "shape": "diamond",
            "filled": True,
            "color": INK,
            "stroke": PAPER,
            "size": 64,
            "opacity": 1,
        },
        "encoding": {"x": {"field": "score", "type": "quantitative"}},
    }
    stacked = {
        "data": {"values": bars},
        "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 0.75, "height": {"band": 0.8}},
        "encoding": {"x": x, "color": colour, "order": {"field": "order", "type": "quantitative"}},
    }
    numbers = {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10},
        "encoding": {
            "x": {"field": "end", "type": "quantitative"},
            "text": {"field": "score", "type": "quantitative", "format": f".{places}f"},
        },
    }
    # With negative parts a bar does not end at its score: a diamond marks it.
    fallen = any(one["value"] < 0 for one in bars)
    return {
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": {"step": STEP},
        "encoding": {"y": names_axis([one["name"] for one in rows])},
        "layer": [stacked, net, numbers] if fallen else [stacked, numbers],
    }
