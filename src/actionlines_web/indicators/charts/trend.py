"""Lines over years, each named at its end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from babel.numbers import format_compact_decimal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actionlines.text import direction, isolate
from actionlines_web.ui.language import library_language

_WIDTH: Final = 720
_HEIGHT: Final = 320
_START: Final = 56  # room for the numbers of the scale
_END: Final = 176  # room for the names of the lines
_TOP: Final = 14
_BOTTOM: Final = 34
_APART: Final = 17  # between two names
_COLOURS: Final = (
    *("var(--accent, #0a5866)", "var(--signal, #94400f)", "var(--ink, #14232a)", "var(--good, #1d6239)"),
    *(
        "var(--bad, #a01c2c)",
        "var(--rule-strong, #6d7370)",
        "var(--heat-4, #3d8f95)",
        "var(--focus, #b8480f)",
    ),
)
_DASHES: Final = ("none", "8 4", "2 3", "10 3 2 3", "5 5", "1 4", "12 5", "4 2")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its name and its points by year."""

    name: str
    points: Sequence[tuple[int, float]]


def trend_chart(lines: Sequence[Line], title: str) -> SafeString:
    """Lines over the years they have values for; '' where none has a value."""
    drawn = [line for line in lines if line.points][: len(_COLOURS)]
    if not drawn:
        return SafeString("")
    years = sorted({year for line in drawn for year, _ in line.points})
    values = [value for line in drawn for _, value in line.points]
    scale = _scale(min(0.0, *values), max(values))
    mirrored = direction(library_language()) == "rtl"
    span = years[-1] - years[0]

    def across(year: int) -> float:
        # One year alone stands beside the names.
        place = _START + (_WIDTH - _START - _END) * ((year - years[0]) / span if span else 1)
        return round(_WIDTH - place if mirrored else place, 1)

    def up(value: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return round(_TOP + height * (1 - (value - scale[0]) / (scale[-1] - scale[0])), 1)

    names = _apart([(up(line.points[-1][1]), place) for place, line in enumerate(drawn)])
    return format_html(
        '<svg class="chart chart-trend" viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg" '
        'font-family="sans-serif" font-size="13" fill="currentColor"><title>{}</title>{}{}{}</svg>',
        *(_WIDTH, _HEIGHT, title),
        _grid(scale, up, mirrored=mirrored),
        _years(years, across),
        format_html_join(
            "",
            '<polyline points="{0}" fill="none" stroke="{1}" stroke-width="2.2" stroke-dasharray="{2}"/>{3}'
            '<text x="{4}" y="{5}" text-anchor="start" fill="{1}">{6}</text>',
            (
                (
                    " ".join(f"{across(year)},{up(value)}" for year, value in line.points),
                    _COLOURS[place],
                    _DASHES[place],
                    _dots(line, across, up, _COLOURS[place]),
                    # In text written from the right, "start" is on the right as well.
                    (_END - 10) if mirrored else _WIDTH - _END + 10,
                    names[place] + 4,
                    _short(line.name),
                )
                for place, line in enumerate(drawn)
            ),
        ),
    )


def _dots(
    line: Line, across: Callable[[int], float], up: Callable[[float], float], colour: str
) -> SafeString:
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="3" fill="{}"/>',
        ((across(year), up(value), colour) for year, value in line.points),
    )


def _grid(scale: Sequence[float], up: Callable[[float], float], *, mirrored: bool) -> SafeString:
    start, end = (_END, _WIDTH - _START) if mirrored else (_START, _WIDTH - _END)
    return format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="var(--rule, #ddd)" fill="none"/>'
        '<text x="{}" y="{}" text-anchor="{}" direction="ltr" font-size="12">{}</text>',
        (
            (
                *(start, up(value), end, end + 8 if mirrored else start - 8, up(value) + 4),
                *("start" if mirrored else "end", isolate(_said(value))),
            )
            for value in scale
        ),
    )


def _years(years: Sequence[int], across: Callable[[int], float]) -> SafeString:
    every = max(1, -(-(years[-1] - years[0] + 1) // 8))
    shown = [year for year in range(years[0], years[-1] + 1) if (year - years[0]) % every == 0]
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" direction="ltr" font-size="12">{}</text>',
        ((across(year), _HEIGHT - 10, isolate(str(year))) for year in shown),
    )


def _scale(least: float, most: float) -> list[float]:
    """Four to eight round numbers that hold all values."""
    span = (most - least) or abs(most) or 1.0
    step = 10.0 ** floor(log10(span / 4))
    step *= next(times for times in (1, 2, 5, 10) if span / (step * times) <= 6)
    first = floor(least / step) * step
    scale = [first]
    while scale[-1] < most:
        scale.append(round(scale[-1] + step, 10))
    return scale if len(scale) > 1 else [first, first + step]


def _said(value: float) -> str:
    # Thousands, millions and billions as the reader's language shortens them.
    return str(format_compact_decimal(value, locale=library_language(), fraction_digits=2))


def _apart(places: list[tuple[float, int]]) -> dict[int, float]:
    """Heights of the names, moved until none stands on another and all stand in the picture."""
    found: dict[int, float] = {}
    last = -_APART * 2.0
    for height, place in sorted(places):
        last = max(height, last + _APART)
        found[place] = last
    below = float(_HEIGHT - _BOTTOM + _APART)
    for place in sorted(found, key=found.__getitem__, reverse=True):
        found[place] = below = min(found[place], below - _APART)
    return found


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
