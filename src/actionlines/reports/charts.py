"""The charts of reports as Vega-Lite specifications that carry their data; mirrored for right-to-left languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actionlines.frameworks.shapes import world
from actionlines.reports import palette
from actionlines.text import direction

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_WIDTH: Final = 700  # CSS pixels; printed at 170 mm, so 11 px are 7.5 points
_LARGEST_BUBBLE: Final = 900  # square pixels
_LABEL_CHARACTERS: Final = {"zh": 28}
_FONTS: Final = {"ar": "Noto Sans Arabic, Noto Sans", "zh": "Noto Sans CJK SC, Noto Sans"}

# Vega lays out from left to right whatever the letters: the isolate gives each label its own direction.
_RIGHT_TO_LEFT_ISOLATE: Final = "\u2067"
_POP_ISOLATE: Final = "\u2069"

Specification = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label (a code and a title), its value, and the value as the language writes it."""

    label: str
    value: int
    shown: str


@dataclass(frozen=True, slots=True)
class Spot:
    """An economy on a map: its ISO 3166-1 alpha-3 code and its value."""

    code: str
    value: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the interval that holds it: its label, the value, both ends, and the value as it is written."""

    label: str
    value: float
    low: float
    high: float
    shown: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell of a heat chart: row and column labels, value, value as shown, and level from 0 to 5."""

    row: str
    column: str
    value: int
    shown: str
    level: int


def bars(items: Sequence[Bar], *, axis: str, language: str) -> Specification:
    """Horizontal bars in the order given, each with its number at its end."""
    rtl = direction(language) == "rtl"
    values = [
        {"label": _short(bar.label, language), "order": place, "value": bar.value, "shown": bar.shown}
        for place, bar in enumerate(items)
    ]
    y = {
        "field": "label",
        "type": "nominal",
        "sort": {"field": "order"},
        "axis": _label_axis(orient="right" if rtl else "left"),
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"reverse": rtl, "domainMin": 0, "nice": True},
        "axis": {"title": _turned(axis, language), "tickMinStep": 1, "format": "d", "tickCount": 6},
    }
    numbers = {"type": "text", "align": "right" if rtl else "left", "dx": -4 if rtl else 4, "fontSize": 11}
    return _whole(
        language,
        values,
        {
            "height": {"step": 19},
            "encoding": {"y": y, "x": x},
            "layer": [
                {"mark": {"type": "bar", "color": palette.ACCENT, "height": {"band": 0.62}}},
                {"mark": numbers, "encoding": {"text": {"field": "shown"}}},
            ],
        },
    )


def intervals(items: Sequence[Interval], *, axis: str, language: str) -> Specification:
    """A line from end to end of each interval with a point at the value, in the order given."""
    rtl = direction(language) == "rtl"
    values = [
        {
            "label": _short(item.label, language),
            "order": place,
            "value": item.value,
            "low": item.low,
            "high": item.high,
            "shown": item.shown,
        }
        for place, item in enumerate(items)
    ]
    y = {
        "field": "label",
        "type": "nominal",
        "sort": {"field": "order"},
        "axis": _label_axis(orient="right" if rtl else "left"),
    }
    title = {"title": _turned(axis, language)}
    x = {"type": "quantitative", "scale": {"reverse": rtl, "zero": False, "nice": True}, "axis": title}
    return _whole(
        language,
        values,
        {
            "height": {"step": 19},
            "encoding": {"y": y},
            "layer": [
                {
                    "mark": {"type": "rule", "color": palette.ACCENT, "strokeWidth": 2},
                    "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
                },
                {
                    "mark": {"type": "point", "filled": True, "color": palette.INK, "size": 36},
                    "encoding": {"x": {**x, "field": "value"}},
                },
            ],
        },
    )


def world_map(spots: Sequence[Spot], *, language: str) -> Specification:
    """The world with a bubble for each economy, its area in proportion to the value; those without a place are left out.

    A map is not mirrored, whatever the language.
    """
    picture = world()
    land = {
        "type": "Feature",
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [[[list(place) for place in ring]] for ring in picture.land],
        },
    }
    bubbles = [
        {"x": picture.places[spot.code][0], "y": picture.places[spot.code][1], "value": spot.value}
        for spot in sorted(spots, key=lambda spot: -spot.value)
        if spot.code in picture.places
    ]
    largest = max((bubble["value"] for bubble in bubbles), default=1)
    size = {
        "field": "value",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, largest], "range": [0, _LARGEST_BUBBLE]},
    }
    shape = {"type": "geoshape", "fill": palette.LAND, "stroke": palette.PAPER, "strokeWidth": 0.4}
    bubble = {
        "type": "circle",
        "color": palette.ACCENT,
        "opacity": 0.75,
        "stroke": palette.PAPER,
        "strokeWidth": 0.8,
    }
    return _whole(
        language,
        bubbles,
        {
            "height": round(_WIDTH * picture.height / picture.width),
            "projection": {"type": "identity"},
            "layer": [
                {"data": {"values": land}, "mark": shape},
                {
                    "mark": bubble,
                    "encoding": {
                        "longitude": {"field": "x", "type": "quantitative"},
                        "latitude": {"field": "y", "type": "quantitative"},
                        "size": size,
                    },
                },
            ],
        },
    )


def columns(
    rows: Sequence[Mapping[str, Any]], *, axis: str, names: Mapping[str, str], language: str
) -> Specification:
    """Stacked columns: rows of {'label': '2020', 'part': 'AFR', 'value': 3}; `names` gives the legend of each part."""
    rtl = direction(language) == "rtl"
    values = [
        {**row, "part": _turned(names[row["part"]], language), "order": list(names).index(row["part"])}
        for row in rows
    ]
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": "descending" if rtl else "ascending",
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": "parity",
            "labelSeparation": 8,
            "labelFontSize": 11,
        },
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "stack": True,
        "axis": {
            "title": _turned(axis, language),
            "tickMinStep": 1,
            "format": "d",
            "orient": "right" if rtl else "left",
        },
    }
    colour = {
        "field": "part",
        "type": "nominal",
        "sort": [_turned(name, language) for name in names.values()],
        "scale": {
            "domain": [_turned(name, language) for name in names.values()],
            "range": [palette.REGIONS[part] for part in names],
        },
        "legend": {
            "title": None,
            "orient": "bottom",
            "columns": 4,
            "symbolType": "square",
            "labelFontSize": 11,
            "labelLimit": 220,
        },
    }
    return _whole(
        language,
        values,
        {
            "height": 230,
            "mark": {"type": "bar", "stroke": palette.PAPER, "strokeWidth": 1},
            "encoding": {"x": x, "y": y, "color": colour, "order": {"field": "order"}},
        },
    )


def heat(tiles: Sequence[Tile], *, axis: str, language: str) -> Specification:
    """A grid coloured by level, with its numbers: rows and columns in the order they first appear."""
    rtl = direction(language) == "rtl"
    rows, heads = (
        dict.fromkeys(tile.row for tile in tiles),
        list(dict.fromkeys(tile.column for tile in tiles)),
    )
    values = [
        {
            "row": _short(tile.row, language),
            "column": tile.column,
            "level": tile.level,
            "shown": tile.shown if tile.value else "",
        }
        for tile in tiles
    ]
    x = {
        "field": "column",
        "type": "nominal",
        "sort": heads[::-1] if rtl else heads,
        "axis": {
            "title": _turned(axis, language),
            "orient": "top",
            "labelAngle": 0,
            "labelFontSize": 11,
            "ticks": False,
            "domain": False,
        },
    }
    y = {
        "field": "row",
        "type": "nominal",
        "sort": [_short(row, language) for row in rows],
        "axis": _label_axis(orient="right" if rtl else "left") | {"domain": False},
    }
    ground = {"field": "level", "type": "ordinal", "legend": None, "scale": _steps(palette.HEAT)}
    ink = {"field": "level", "type": "ordinal", "legend": None, "scale": _steps(palette.HEAT_INK)}
    return _whole(
        language,
        values,
        {
            "height": {"step": 19},
            "encoding": {"x": x, "y": y},
            "layer": [
                {
                    "mark": {"type": "rect", "stroke": palette.RULE, "strokeWidth": 0.5},
                    "encoding": {"color": ground},
                },
                {
                    "mark": {"type": "text", "fontSize": 11},
                    "encoding": {"text": {"field": "shown"}, "color": ink},
                },
            ],
            "resolve": {"scale": {"color": "independent"}},
        },
    )


def _steps(colours: Sequence[str]) -> dict[str, Any]:
    return {"domain": list(range(len(colours))), "range": list(colours)}


def _label_axis(*, orient: str) -> dict[str, Any]:
    return {
        "title": None,
        "orient": orient,
        "labelLimit": 0,
        "labelFontSize": 11,
        "ticks": False,
        "labelPadding": 6,
    }


def _short(label: str, language: str) -> str:
    """One line; what does not fit ends in an ellipsis (the table beside the chart has it all)."""
    width = _LABEL_CHARACTERS.get(language, 54)
    return _turned(label if len(label) <= width else f"{label[: width - 1].rstrip()}…", language)


def _turned(text: str, language: str) -> str:
    return f"{_RIGHT_TO_LEFT_ISOLATE}{text}{_POP_ISOLATE}" if direction(language) == "rtl" else text


def _whole(language: str, values: list[dict[str, Any]], rest: Specification) -> Specification:
    return {
        "$schema": _SCHEMA,
        "width": _WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": palette.PAPER,
        "data": {"values": values},
        **rest,
        "config": {
            "aria": False,  # the picture is described as a whole, its numbers stand in the table beside it
            "font": f"{_FONTS.get(language, 'Noto Sans')}, sans-serif",
            "padding": 4,
            "view": {"stroke": None},
            "axis": {
                "labelColor": palette.INK,
                "titleColor": palette.MUTED,
                # The variable Noto fonts have one weight here; a bolder one would fall back to another font.
                "titleFontWeight": 400,
                "titleFontSize": 11,
                "gridColor": "#e6eaee",
                "domainColor": palette.RULE,
                "tickColor": palette.RULE,
            },
            "text": {"color": palette.INK},
            "legend": {"labelColor": palette.INK},
        },
    }
