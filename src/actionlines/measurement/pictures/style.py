"""How pictures look: what their Vega-Lite specifications have in common."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from actionlines.palette import GRID, INK, MUTED, PAPER, RULE
from actionlines.text import POP_ISOLATE, direction

# Vega lays out from left to right whatever the letters: the isolate gives a title its own direction.
RIGHT_TO_LEFT_ISOLATE: Final = "\u2067"

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_FONTS: Final = {"ar": "Noto Sans Arabic, Noto Sans", "zh": "Noto Sans CJK SC, Noto Sans"}

_CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_WORD: Final = re.compile(rf"(\s*)([{_CJK}]|[^\s{_CJK}]+)")

WIDTH: Final = 700  # CSS pixels
STEP: Final = 15  # of one line of a chart with a line for each unit

Specification = dict[str, Any]


def whole(title: str, language: str, body: Specification) -> Specification:
    """A specification of its body, with title, fonts and colours."""
    lines = wrapped(title, 88)
    if direction(language) == "rtl":
        lines = [f"{RIGHT_TO_LEFT_ISOLATE}{line}{POP_ISOLATE}" for line in lines]
    return {
        "$schema": _SCHEMA,
        "title": {"text": lines, "anchor": "start", "color": INK, "fontSize": 14, "offset": 12},
        "background": PAPER,
        **body,
        "config": {
            "aria": False,  # the picture is described as a whole, its numbers stand in the table beside it
            "font": f"{_FONTS.get(language, 'Noto Sans')}, sans-serif",
            "padding": 8,
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "labelFontSize": 11,
                "labelLimit": 0,
                "titleColor": MUTED,
                "titleFontSize": 11,
                "titleFontWeight": 400,
                "gridColor": GRID,
                "domainColor": RULE,
                "tickColor": RULE,
            },
            "text": {"color": INK, "fontSize": 11},
            "title": {"fontWeight": 400},
            "legend": {
                "labelColor": INK,
                "labelFontSize": 11,
                "labelLimit": 600,
                "titleColor": MUTED,
                "titleFontSize": 11,
                "titleFontWeight": 400,
            },
        },
    }


def names_axis(labels: Sequence[str], *, title: str | None = None) -> Specification:
    """The encoding of the vertical axis that names units or parts, in this order."""
    axis = {"title": title, "ticks": False, "labelPadding": 6, "domain": False}
    return {"field": "label", "type": "nominal", "sort": list(labels), "axis": axis}


def wrapped(text: str, width: int, most: int = 9) -> list[str]:
    """A text in lines of at most `width` letters where its words allow, at most `most` of them.

    Chinese breaks after any character; each is as wide as two letters.
    """
    lines = [""]
    for space, word in _WORD.findall(text.strip()):
        longer = f"{lines[-1]}{' ' if space else ''}{word}"
        if not lines[-1] or breadth(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
    return lines


def breadth(text: str) -> int:
    """Width of a text in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def stacked(
    places: Sequence[tuple[Mapping[str, Any], Sequence[str], float]], height: float, layer: Specification
) -> list[Specification]:
    """Texts of several lines, each line a text of its own: within one text, renderers reorder Arabic over all lines.

    Args:
        places: fields of each text, its lines, and the share of them that stands above its place: 0.5 centres it.
        height: of a line; layer: mark and encoding, without the text itself.
    """
    shifts: dict[float, list[dict[str, Any]]] = {}
    for fields, lines, above in places:
        for number, line in enumerate(lines):
            shift = round((number - above * (len(lines) - 1)) * height, 2)
            shifts.setdefault(shift, []).append({**fields, "text": line})
    return [
        {
            "data": {"values": values},
            "mark": {"type": "text", "baseline": "middle", **layer["mark"], "dy": shift},
            "encoding": {**layer["encoding"], "text": {"field": "text", "type": "nominal"}},
        }
        for shift, values in sorted(shifts.items())
    ]


def number(value: float) -> float | None:
    """A number as JSON knows it: None where there is none."""
    return float(value) if math.isfinite(value) else None


def blend(colour: str, other: str, share: float) -> str:
    """A colour with this share of another."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def contrast(colour: str, ground: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    one, two = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (one + 0.05) / (two + 0.05)


def ink_on(ground: str) -> str:
    """The ink that is read best on a ground."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, ground))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
