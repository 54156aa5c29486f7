"""How pictures look: what their Vega-Lite specifications have in common."""

import math
from collections.abc import Sequence
from typing import Any, Final

from actionlines.palette import GRID, INK, MUTED, PAPER, RULE

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_FONTS: Final = {"ar": "Noto Sans Arabic, Noto Sans", "zh": "Noto Sans CJK SC, Noto Sans"}

WIDTH: Final = 700  # CSS pixels
STEP: Final = 15  # of one line of a chart with a line for each unit

Specification = dict[str, Any]


def whole(title: str, language: str, body: Specification) -> Specification:
    """A specification of its body, with title, fonts and colours."""
    return {
        "$schema": _SCHEMA,
        "title": {"text": wrapped(title, 88), "anchor": "start", "color": INK, "fontSize": 14, "offset": 12},
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
                "labelLimit": 320,
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
    """A text in lines of at most `width` characters where its words allow, at most `most` of them."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
    return lines


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
