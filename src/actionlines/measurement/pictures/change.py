"""The waterfall of a change: from the earlier score to the later, part by part."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from actionlines.measurement.pictures.parts import node_labels, node_name, parts_of, summed, unit_labels
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import WIDTH, Specification, names_axis, whole
from actionlines.measurement.pictures.words import headings, places_of, said, wording
from actionlines.measurement.profile import place_of
from actionlines.measurement.result import Result
from actionlines.palette import ACCENT, HUES, INK, MUTED, RULE
from actionlines.problems import InputError, Problem, marked

_KEYS = ("part", "name", "added", "from", "to")
_ROUNDING = 1e-9  # of the greatest score: what is less comes of the arithmetic, not of the data


def change(
    result: Result,
    unit: str,
    earlier: str,
    later: str,
    *,
    element: str = "",
    level: int = 0,
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A bar for what each part added to a unit's score between two periods (`Result.change`).

    Indicators with a value in one of the periods only stand apart, and so does what the sum lacks of the whole.

    Args:
        element: '' for the index; level: of the parts, 1 for indicators; 0 for the lowest with at most 12.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: no such unit, period, element or level; no score in either period; a method without decomposition.
    """
    say, tree, code = wording(words), result.tree, element or result.specification.code
    parts = parts_of(tree, code, level)
    found = result.change(earlier, later, code)
    _, place = place_of(result, unit, later)
    before, after = float(found.before[place]), float(found.after[place])
    # The decomposition looks at what is there; whether that is enough for a score the index says.
    ends = [result.scores(code)[result.cube.periods.index(one), place] for one in (earlier, later)]
    if not np.isfinite(ends).all():
        fault = marked("“%(unit)s” has no score in %(earlier)s or in %(later)s.")
        raise InputError([Problem(fault, {"unit": unit, "earlier": earlier, "later": later})])
    added = {
        part: float(value) for part, value in summed(parts, found.indicators, found.parts[place]).items()
    }
    names = node_labels(tree, added, language)
    shown = {part: node_name(tree, part, language) for part in added}
    for extra, value in (("coverage", found.coverage[place]), ("rest", found.rest[place])):
        if abs(value) > _ROUNDING * max(abs(before), abs(after), 1.0):
            added[extra], names[extra], shown[extra] = float(value), say[extra], say[extra]
    rows = _rows(added, shown, before)
    places = places_of(result.specification.rounding)
    best, worst = max(added, key=lambda one: added[one]), min(added, key=lambda one: added[one])
    facts = {
        "name": unit_labels(result, [unit])[unit],
        "element": node_name(tree, code, language),
        "earlier": earlier,
        "later": later,
        "before": f"{before:.{places}f}",
        "after": f"{after:.{places}f}",
        "count": len(added),
        "best": shown[best],
        "worst": shown[worst],
        "most": f"{added[best]:+.{places + 1}f}",
        "least": f"{added[worst]:+.{places + 1}f}",
    }
    marks = [
        (say["score_at"] % {"period": period}, score) for period, score in ((earlier, before), (later, after))
    ]
    title = said(say["change.title"], facts, language)
    return Picture(
        "change",
        title,
        said(say["change.alternative"], facts, language),
        whole(title, language, _drawn(rows, names, marks, say, places)),
        headings(say, *_KEYS),
        tuple(rows),
    )


def _rows(added: Mapping[str, float], shown: Mapping[str, str], before: float) -> list[Row]:
    """Each part with where its bar begins and ends."""
    rows: list[Row] = []
    at = before
    for part, value in added.items():
        rows.append({"part": part, "name": shown[part], "added": value, "from": at, "to": at + value})
        at += value
    return rows


def _drawn(
    rows: list[Row],
    names: Mapping[str, str],
    ends: list[tuple[str, float]],
    say: Mapping[str, str],
    places: int,
) -> Specification:
    bars: list[dict[str, Any]] = [
        {
            "label": names[row["part"]],
            "added": row["added"],
            "from": row["from"],
            "to": row["to"],
            "right": max(row["from"], row["to"]),
            "colour": ACCENT if row["added"] >= 0 else HUES[1],
        }
        for row in rows
    ]
    labels = [ends[0][0], *names.values(), ends[1][0]]
    dots = [{"label": label, "score": score} for label, score in ends]
    # A line from where one bar ends to where the next begins: both stand at one score.
    steps = [
        {"label": one, "next": other, "at": at}
        for one, other, at in zip(
            labels, labels[1:], [ends[0][1], *(row["to"] for row in rows)], strict=False
        )
    ]
    y = names_axis(labels)
    y["scale"] = {"domain": labels}
    scale = {"zero": False, "nice": False, "padding": 44}  # room for the numbers
    axis = {"title": say["score"], "orient": "top", "tickCount": 7, "labelFlush": False}

    def x(field: str) -> Specification:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    signed = {"field": "added", "type": "quantitative", "format": f"+.{places + 1}f"}
    score = {"field": "score", "type": "quantitative", "format": f".{places}f"}
    beside = {"type": "text", "align": "left", "dx": 6}
    return {
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": {"step": 24},
        "encoding": {"y": y},
        "layer": [
            {
                "data": {"values": steps},
                "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 2]},
                "encoding": {"x": x("at"), "y2": {"field": "next"}},
            },
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": {"band": 0.62}, "stroke": RULE, "strokeWidth": 0.5},
                "encoding": {
                    "x": x("from"),
                    "x2": {"field": "to"},
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                },
            },
            {"data": {"values": bars}, "mark": beside, "encoding": {"x": x("right"), "text": signed}},
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 80, "color": INK, "opacity": 1},
                "encoding": {"x": x("score")},
            },
            {
                "data": {"values": dots},
                "mark": {**beside, "dx": 9},
                "encoding": {"x": x("score"), "text": score},
            },
        ],
    }
