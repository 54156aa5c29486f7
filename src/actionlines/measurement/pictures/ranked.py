"""Ranked dots: the score of every unit, with its interval where it is uncertain."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from actionlines.measurement.pictures.parts import best_first, node_name, place_of_period, unit_labels
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import STEP, WIDTH, Specification, names_axis, number, whole
from actionlines.measurement.pictures.words import headings, places_of, said, wording
from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty.uncertain import Uncertainty, aligned
from actionlines.palette import ACCENT, MUTED


def ranked(
    result: Result,
    uncertain: Uncertainty | None = None,
    *,
    period: str = "",
    element: str = "",
    level: float = 0.9,
    units: Iterable[str] = (),
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A dot for the score of each unit, the highest first.

    Args:
        uncertain: the same element under its factors; a line through each dot is then its interval.
        period: '' for the latest; element: '' for the index; level: of the intervals; units: only these.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: no such period or unit, or no unit has a score.
        ValueError: `uncertain` is of another element.
    """
    code = element or result.specification.code
    if uncertain is not None and (uncertain.element or result.specification.code) != code:
        raise ValueError(f"uncertainty is of {uncertain.element}, expected of {code}")
    say = wording(words)
    row = place_of_period(result.source.periods, period)
    rows = _rows(result, uncertain, code, row, level, units)
    places = places_of(result.specification.rounding)
    facts = {
        "element": node_name(result.tree, code, language),
        "period": result.source.periods[row],
        "level": f"{level * 100:g}",
        "count": len(rows),
        "best": rows[0]["name"],
        "worst": rows[-1]["name"],
        "high": f"{rows[0]['score']:.{places}f}",
        "low": f"{rows[-1]['score']:.{places}f}",
    }
    keys = ["unit", "name", "score"]
    suffix = ""
    if uncertain is not None:
        suffix = "_intervals"
        keys += ["low", "high"]
        widths = [one["high"] - one["low"] for one in rows if one["low"] is not None]
        facts["width"] = f"{np.median(widths):.{places}f}"
    if result.specification.ranked:
        keys += ["rank"] if uncertain is None else ["rank", "rank_low", "rank_high"]
    title = said(say[f"ranked.title{suffix}"], facts, language)
    return Picture(
        "ranked",
        title,
        said(say[f"ranked.alternative{suffix}"], facts, language),
        whole(title, language, _drawn(rows, say, intervals=uncertain is not None)),
        headings(say, *keys),
        tuple({key: one[key] for key in keys} for one in rows),
    )


def _rows(
    result: Result, uncertain: Uncertainty | None, code: str, row: int, level: float, units: Iterable[str]
) -> list[Row]:
    scores, codes = aligned(result, code)[row], result.source.units
    order = best_first(scores, codes, units)
    labels = unit_labels(result, (codes[place] for place in order))
    ranks = dict(zip(result.cube.units, result.ranks(code)[row], strict=True))
    rows: list[dict[str, Any]] = [
        {
            "unit": codes[place],
            "name": labels[codes[place]],
            "score": float(scores[place]),
            "rank": number(ranks[codes[place]]),
        }
        for place in order
    ]
    if uncertain is not None:
        ends, ranks_ends = uncertain.score_interval(level)[:, row], uncertain.rank_interval(level)[:, row]
        for one, place in zip(rows, order, strict=True):
            one["low"], one["high"] = number(ends[0, place]), number(ends[1, place])
            one["rank_low"], one["rank_high"] = number(ranks_ends[0, place]), number(ranks_ends[1, place])
    return list(rows)


def _drawn(rows: list[Row], say: Mapping[str, str], *, intervals: bool) -> Specification:
    labels = [one["name"] for one in rows]
    keys = ("score", "low", "high") if intervals else ("score",)
    values = [{"label": one["name"], **{key: one[key] for key in keys}} for one in rows]
    axis = {"title": say["score"], "orient": "top", "tickCount": 8, "labelFlush": False}
    scale = {"zero": False, "nice": True}
    dots = {
        "mark": {"type": "point", "filled": True, "color": ACCENT, "size": 44, "opacity": 1},
        "encoding": {"x": {"field": "score", "type": "quantitative", "axis": axis, "scale": scale}},
    }
    line = {
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1.5},
        "encoding": {
            "x": {"field": "low", "type": "quantitative", "axis": axis, "scale": scale},
            "x2": {"field": "high"},
        },
    }
    return {
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": {"step": STEP},
        "data": {"values": values},
        "encoding": {"y": names_axis(labels)},
        "layer": [line, dots] if intervals else [dots],
    }
