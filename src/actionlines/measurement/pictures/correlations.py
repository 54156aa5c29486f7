"""The correlation map: which indicators go together, family by family."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

from actionlines.measurement.cube import Places
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.pictures.parts import node_labels, node_name
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import Specification, number, whole
from actionlines.measurement.pictures.words import headings, said, wording
from actionlines.measurement.statistics.correlation import Correlations
from actionlines.measurement.statistics.families import families
from actionlines.palette import DIVERGING, GRID, INK, PAPER
from actionlines.problems import InputError, Problem, marked

_KEYS = ("first", "second", "first_family", "second_family", "coefficient", "p_value", "count")
_NUMBERED = 16  # so many indicators leave room for numbers in the cells


def correlations(
    matrix: Correlations,
    tree: Tree,
    *,
    period: str = "",
    level: int = 2,
    words: Mapping[str, str] | None = None,
    language: str = "en",
) -> Picture:
    """A grid of the correlations of all pairs, families of the hierarchy side by side with lines between them.

    Args:
        matrix: of K ≥ 2 nodes of the tree; period: as the title says it, '' for all; level: of the families.
        words: templates in place of those of `words.ENGLISH`; language: of titles.

    Raises:
        InputError: no pair has a correlation.
    """
    say = wording(words)
    grouped = families(tree, matrix.codes, level)
    order = [code for members in grouped.values() for code in members]
    place = np.array([matrix.codes.index(code) for code in order], np.intp)
    rows = _rows(matrix, order, place, {code: one for one, those in grouped.items() for code in those})
    known = [row for row in rows if row["coefficient"] is not None]
    if not known:
        raise InputError([Problem(marked("no two indicators vary over common units."))])
    high, low = (choose(known, key=lambda row: float(row["coefficient"])) for choose in (max, min))
    facts = {
        "index": node_name(tree, tree.root.code, language),
        "period": period or say["all"],
        "method": say[matrix.method],
        "count": len(order),
        "high": f"{high['coefficient']:.2f}",
        "high_pair": _pair(tree, high, say, language),
        "low": f"{low['coefficient']:.2f}",
        "low_pair": _pair(tree, low, say, language),
    }
    title = said(say["correlations.title"], facts, language)
    sizes = [len(members) for members in grouped.values()]
    labels = (
        node_labels(tree, order, language)
        if len(order) <= _NUMBERED
        else dict(zip(order, order, strict=True))
    )
    return Picture(
        "correlations",
        title,
        said(say["correlations.alternative"], facts, language),
        whole(title, language, _drawn(matrix, place, [labels[code] for code in order], sizes, say)),
        headings(say, *_KEYS),
        tuple(rows),
    )


def _pair(tree: Tree, row: Row, say: Mapping[str, str], language: str) -> str:
    names = {end: node_name(tree, row[end], language) for end in ("first", "second")}
    return say["correlations.pair"] % names


def _rows(matrix: Correlations, order: list[str], place: Places, family: Mapping[str, str]) -> list[Row]:
    return [
        {
            "first": one,
            "second": other,
            "first_family": family[one],
            "second_family": family[other],
            "coefficient": number(matrix.coefficients[at, to]),
            "p_value": number(matrix.p_values[at, to]),
            "count": int(matrix.counts[at, to]),
        }
        for (one, at), (other, to) in combinations(zip(order, place, strict=True), 2)
    ]


def _drawn(
    matrix: Correlations, place: Places, labels: list[str], sizes: list[int], say: Mapping[str, str]
) -> Specification:
    count = len(labels)
    step = 38 if count <= _NUMBERED else max(11, min(24, 700 // count))
    cells = [
        {"label": labels[line], "other": labels[column], "coefficient": float(value)}
        for line, at in enumerate(place)
        for column, to in enumerate(place)
        if line != column and np.isfinite(value := matrix.coefficients[at, to])
    ]
    look: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "labelPadding": 5}
    if count > _NUMBERED:
        look["labelFontSize"] = min(11, step - 2)
    y = {"field": "label", "type": "nominal", "sort": labels, "axis": look, "scale": {"domain": labels}}
    across = look | {"orient": "top", "labelAngle": -90 if count > _NUMBERED else -40}
    x = {"field": "other", "type": "nominal", "sort": labels, "axis": across, "scale": {"domain": labels}}
    colour = {
        "field": "coefficient",
        "type": "quantitative",
        "scale": {"domain": [-1, -0.5, 0, 0.5, 1], "range": list(DIVERGING), "interpolate": "rgb"},
        "legend": {"title": say["coefficient"], "format": ".1f", "values": [-1, -0.5, 0, 0.5, 1]},
    }
    layers: list[Specification] = [
        {
            "mark": {"type": "rect", "stroke": PAPER, "strokeWidth": 0.5},
            "encoding": {"x": x, "y": y, "color": colour},
        }
    ]
    if count <= _NUMBERED:
        text = {"field": "coefficient", "type": "quantitative", "format": ".2f"}
        layers.append({"mark": {"type": "text"}, "encoding": {"x": x, "y": y, "text": text}})
    return {
        "width": {"step": step},
        "height": {"step": step},
        "view": {"fill": GRID},
        "data": {"values": cells},
        "layer": layers + _borders(sizes, step, count * step),
    }


def _borders(sizes: list[int], step: int, end: int) -> list[Specification]:
    """Lines between families, in pixels from the corner."""
    mark = {"type": "rule", "color": INK, "strokeWidth": 1.25}
    lines: list[Specification] = []
    for at in (int(sum(sizes[:after])) * step for after in range(1, len(sizes))):
        for one, other in (("x", "y"), ("y", "x")):
            encoding = {one: {"value": at}, other: {"value": 0}, f"{other}2": {"value": end}}
            lines.append({"data": {"values": [{}]}, "mark": mark, "encoding": encoding})
    return lines
