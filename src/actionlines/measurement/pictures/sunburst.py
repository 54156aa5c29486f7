"""The sunburst: the hierarchy of an index, each piece as wide as its share."""

import math
from collections.abc import Mapping
from typing import Any

from actionlines.measurement.hierarchy import Indicator, Tree
from actionlines.measurement.pictures.parts import node_name
from actionlines.measurement.pictures.picture import Picture, Row
from actionlines.measurement.pictures.style import (
    Specification,
    blend,
    breadth,
    ink_on,
    stacked,
    whole,
    wrapped,
)
from actionlines.measurement.pictures.words import headings, said, wording
from actionlines.palette import HUES, PAPER

_KEYS = ("level", "part", "name", "parent", "weight", "share")
_RADIUS = 340  # of the picture, CSS pixels
_CENTRE = 58  # radius of the disc in the middle
_LINE = 11.5  # height of a line of a label
_LETTER = 5.6  # mean width of a letter at 10 pixels


def sunburst(tree: Tree, *, words: Mapping[str, str] | None = None, language: str = "en") -> Picture:
    """Rings around the index, one for each step down the hierarchy; angles are effective weights.

    Args:
        tree: such as `Result.tree` (weights as settled) or `Specification.tree`.
        words: templates in place of those of `words.ENGLISH`; language: of titles.
    """
    say = wording(words)
    pieces = _pieces(tree)
    children = ", ".join(
        say["sunburst.child"]
        % {"name": node_name(tree, code, language), "share": f"{piece[1] - piece[0]:.0%}"}
        for code, piece in pieces.items()
        if piece[2] == 1
    )
    facts = {
        "index": node_name(tree, tree.root.code, language),
        "children": children,
        "count": len(tree.indicators),
    }
    title = said(say["sunburst.title"], facts, language)
    return Picture(
        "sunburst",
        title,
        said(say["sunburst.alternative"], facts, language),
        whole(title, language, _drawn(tree, pieces, language)),
        headings(say, *_KEYS),
        tuple(_row(tree, code, piece, language) for code, piece in pieces.items()),
    )


def _pieces(tree: Tree) -> dict[str, tuple[float, float, int]]:
    """Each node's begin and end, in shares of the circle, and its depth; a parent before its children."""
    shares = tree.effective_weights()
    pieces: dict[str, tuple[float, float, int]] = {}

    def lay(code: str, start: float, depth: int) -> None:
        pieces[code] = (start, start + shares[code], depth)
        for child in tree.children.get(code, ()):
            lay(child, start, depth + 1)
            start += shares[child]

    lay(tree.root.code, 0.0, 0)
    return pieces


def _row(tree: Tree, code: str, piece: tuple[float, float, int], language: str) -> Row:
    node = tree.by_code[code]
    return {
        "level": tree.levels[code],
        "part": code,
        "name": node_name(tree, code, language),
        "parent": node.parent,
        "weight": node.weight,
        "share": piece[1] - piece[0],
    }


def _drawn(tree: Tree, pieces: Mapping[str, tuple[float, float, int]], language: str) -> Specification:
    depth = max(piece[2] for piece in pieces.values())
    # Indicators have the longest names: their ring is twice as wide.
    unit = (_RADIUS - _CENTRE) / (depth + 1)
    edges = [0.0, *(_CENTRE + unit * ring for ring in range(depth)), float(_RADIUS)]
    hues = {code: HUES[place % len(HUES)] for place, code in enumerate(tree.children[tree.root.code])}
    layers: list[Specification] = []
    for ring in range(1, depth + 1):
        here = {code: piece for code, piece in pieces.items() if piece[2] == ring}
        layers += _ring(tree, here, (edges[ring], edges[ring + 1]), hues, language)
    middle = stacked(
        [({}, wrapped(node_name(tree, tree.root.code, language), 13, 5), 0.5)],
        16,
        {"mark": {"fontSize": 13}, "encoding": {"x": {"value": _RADIUS}, "y": {"value": _RADIUS}}},
    )
    return {"width": 2 * _RADIUS, "height": 2 * _RADIUS, "layer": [*layers, *middle]}


def _ring(
    tree: Tree,
    here: Mapping[str, tuple[float, float, int]],
    edges: tuple[float, float],
    hues: Mapping[str, str],
    language: str,
) -> list[Specification]:
    """The pieces of one ring and their labels, which run outward."""
    values: list[dict[str, Any]] = []
    texts: list[tuple[dict[str, Any], list[str], float]] = []
    for code, (start, end, _) in here.items():
        lineage = tree.lineage(code)
        fade = 0.0 if len(lineage) == 2 else 0.62 if isinstance(tree.by_code[code], Indicator) else 0.4
        ground = blend(hues[lineage[-2]], PAPER, fade)
        middle = (start + end) / 2
        lines = _label(
            tree, code, (end - start) * math.tau * sum(edges) / 2, edges[1] - edges[0] - 8, language
        )
        values.append({"part": code, "start": start * math.tau, "end": end * math.tau, "ground": ground})
        angle = middle * 360 - 90 if middle <= 0.5 else middle * 360 + 90
        texts.append(({"middle": middle * math.tau, "angle": angle, "ink": ink_on(ground)}, lines, 0.5))
    arcs = {
        "data": {"values": values},
        "mark": {"type": "arc", "stroke": PAPER, "strokeWidth": 1.25},
        "encoding": {
            "theta": {"field": "start", "type": "quantitative", "scale": None, "stack": None},
            "theta2": {"field": "end"},
            "radius": {"value": edges[1]},
            "radius2": {"value": edges[0]},
            "color": {"field": "ground", "type": "nominal", "scale": None},
        },
    }
    labels = {
        "mark": {"fontSize": 10},
        "encoding": {
            "theta": {"field": "middle", "type": "quantitative", "scale": None, "stack": None},
            "radius": {"value": sum(edges) / 2},
            "angle": {"field": "angle", "type": "quantitative", "scale": None},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    return [arcs, *stacked(texts, _LINE, labels)]


def _label(tree: Tree, code: str, across: float, along: float, language: str) -> list[str]:
    """The title in lines that fit the piece, or else the code, or else as much of it as fits; nothing in a sliver."""
    most, width = int(across / _LINE), int(along / _LETTER)
    if most < 1:
        return []
    title = wrapped(node_name(tree, code, language), width)
    if len(title) <= most and max(map(breadth, title)) <= width:
        return title
    return [code if len(code) <= width else f"{code[: width - 1]}…"]
