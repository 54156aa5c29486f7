"""The radar of a unit's profile: its scores on several axes, and the median of all units."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.pictures.parts import node_name, parts_of, unit_labels
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import Specification, number, stacked, whole, wrapped
from actionlines.measurement.pictures.words import headings, places_of, said, wording
from actionlines.measurement.profile import Profile, Standing
from actionlines.measurement.result import Result
from actionlines.palette import ACCENT, GRID, MUTED, PAPER, RULE
from actionlines.problems import InputError, Problem, marked

_RADIUS = 190  # CSS pixels
_HALF = (380, 240)  # half the width and height of the picture


def radar(
    result: Result,
    profile: Profile,
    *,
    level: int = 0,
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A closed line through a unit's scores, one axis for each part of the index, and one through the medians.

    All axes have one scale, from 0 (or the least score of any unit, if that is below) to the greatest of any unit.
    The table has every node of the profile.

    Args:
        profile: of a unit of the result; level: of the axes, 1 for indicators; 0 for the lowest with at most 12.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: fewer than three parts of that level have a score.
    """
    say, tree, row = wording(words), result.tree, result.cube.periods.index(profile.period)
    standings = {one.code: one for one in profile.standings}
    codes = [
        code
        for code in parts_of(tree, result.specification.code, level)
        if code in standings and np.isfinite(standings[code].score)
    ]
    if len(codes) < 3:
        fault = marked("a radar needs three axes with a score, and “%(unit)s” has %(count)d.")
        raise InputError([Problem(fault, {"unit": profile.unit, "count": len(codes)})])
    scores = np.stack([result.scores(code)[row] for code in codes])
    medians = np.nanmedian(scores, axis=1)
    ahead = {code: standings[code].score - medians[place] for place, code in enumerate(codes)}
    places = places_of(result.specification.rounding)
    facts = {
        "name": unit_labels(result, [profile.unit])[profile.unit],
        "element": node_name(tree, result.specification.code, language),
        "period": profile.period,
        "score": f"{profile.standings[0].score:.{places}f}",
        "count": len(codes),
        "best": node_name(tree, max(ahead, key=lambda code: ahead[code]), language),
        "worst": node_name(tree, min(ahead, key=lambda code: ahead[code]), language),
    }
    title = said(say["radar.title"], facts, language)
    names = [node_name(tree, code, language) for code in codes]
    own = np.array([standings[code].score for code in codes])
    drawn = _drawn(names, own, medians, _ticks(scores), (str(facts["name"]), say["median"], places))
    keys = ["level", "part", "name", "score", "median", "rank", "ranked_of", "value", "value_unit"]
    if not result.specification.ranked:
        keys = [key for key in keys if key not in ("rank", "ranked_of")]
    rows = [_row(result, one, row, language) for one in profile.standings]
    return Picture(
        "radar",
        title,
        said(say["radar.alternative"], facts, language),
        whole(title, language, drawn),
        headings(say, *keys),
        tuple({key: one[key] for key in keys} for one in rows),
    )


def _row(result: Result, one: Standing, row: int, language: str) -> Row:
    scores = result.scores(one.code)[row]
    there = scores[~np.isnan(scores)]
    return {
        "level": one.level,
        "part": one.code,
        "name": node_name(result.tree, one.code, language),
        "score": number(one.score),
        "median": float(np.median(there)) if len(there) else None,
        "rank": number(one.rank),
        "ranked_of": one.ranked,
        "value": number(one.value),
        "value_unit": getattr(result.tree.by_code[one.code], "unit", ""),
    }


def _ticks(scores: Floats) -> list[float]:
    """Round scores from the middle to the rim: from 0, or less where a score is, to at least the greatest."""
    low, high = min(0.0, float(np.nanmin(scores))), max(0.0, float(np.nanmax(scores)))
    wide = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(wide / 5))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if wide <= 5 * power * factor * (1 + 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def _drawn(
    names: Sequence[str],
    own: Floats,
    medians: Floats,
    ticks: Sequence[float],
    labels: tuple[str, str, int],
) -> Specification:
    unit, median, places = labels
    low, high = ticks[0], ticks[-1]
    shares = [(tick - low) / (high - low) for tick in ticks]
    grid = [{"ring": share, **corner} for share in shares[1:] for corner in _closed(np.full(len(own), share))]
    spokes = [{"x": 0.0, "y": 0.0, "x2": one["x"], "y2": one["y"]} for one in _closed(np.ones(len(own)))[:-1]]
    marks = [{"x": 0.0, "y": share, "score": tick} for share, tick in zip(shares, ticks, strict=True)]
    lines = [
        {"line": line, "score": float(score), **corner}
        for line, values in ((median, medians), (unit, own))
        for score, corner in zip((*values, values[0]), _closed((values - low) / (high - low)), strict=True)
    ]
    return {
        "width": 2 * _HALF[0],
        "height": 2 * _HALF[1],
        "encoding": {"x": _axis("x", _HALF[0]), "y": _axis("y", _HALF[1])},
        "layer": [
            _path(grid, {"color": GRID, "strokeWidth": 1}, {"detail": {"field": "ring", "type": "nominal"}}),
            {
                "data": {"values": spokes},
                "mark": {"type": "rule", "color": RULE},
                "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "text", "align": "right", "dx": -4, "fontSize": 10, "color": MUTED},
                "encoding": {"text": {"field": "score", "type": "quantitative", "format": ".6~g"}},
            },
            *_polygons(lines, unit, median),
            *_axis_labels(names, own, places),
        ],
    }


def _polygons(lines: list[dict[str, Any]], unit: str, median: str) -> list[Specification]:
    colour = {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": [unit, median], "range": [ACCENT, MUTED]},
        "legend": {"title": None, "orient": "bottom", "symbolType": "stroke", "symbolStrokeWidth": 3},
    }
    dash = {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": [unit, median], "range": [[1, 0], [5, 4]]},
    }
    dots = {
        "data": {"values": [one for one in lines if one["line"] == unit]},
        "mark": {"type": "point", "filled": True, "color": ACCENT, "size": 42, "opacity": 1, "stroke": PAPER},
    }
    return [_path(lines, {"strokeWidth": 2.25}, {"color": colour, "strokeDash": dash}), dots]


def _path(values: list[dict[str, Any]], look: Mapping[str, Any], more: Mapping[str, Any]) -> Specification:
    return {
        "data": {"values": values},
        "mark": {"type": "line", **look},
        "encoding": {"order": {"field": "order", "type": "quantitative"}, **more},
    }


def _axis(name: str, half: int) -> Specification:
    """A scale on which the rim is at 1, whatever the picture's proportions."""
    reach = half / _RADIUS
    return {"field": name, "type": "quantitative", "scale": {"domain": [-reach, reach]}, "axis": None}


def _closed(shares: Floats) -> list[dict[str, Any]]:
    """Corners of a closed line: shares of the way from the middle to the rim, clockwise from the top."""
    count = len(shares)
    corners: list[dict[str, Any]] = []
    for order in range(count + 1):
        angle, share = math.tau * order / count, float(shares[order % count])
        corners.append({"order": order, "x": share * math.sin(angle), "y": share * math.cos(angle)})
    return corners


def _axis_labels(names: Sequence[str], own: Floats, places: int) -> list[Specification]:
    """Names and scores at the rim: to the right of it, to its left, or in the middle at top and bottom."""
    sides: dict[str, list[tuple[dict[str, Any], list[str], float]]] = {"left": [], "center": [], "right": []}
    for corner, name, score in zip(_closed(np.full(len(own), 1.07)), names, own, strict=False):
        align = "center" if abs(corner["x"]) < 0.1 else "left" if corner["x"] > 0 else "right"
        lines = [*wrapped(name, 44 if align == "center" else 24, 3), f"{float(score):.{places}f}"]
        # Labels at the top must end, those at the bottom begin, at the rim.
        sides[align].append((corner, lines, (corner["y"] + 1.07) / 2.14))
    layers: list[Specification] = []
    for align, texts in sides.items():
        layers += stacked(texts, 13, {"mark": {"align": align}, "encoding": {}})
    return layers
