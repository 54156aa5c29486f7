"""Scores with the interval that holds each with a probability of 90 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actionlines.text import direction, isolate
from actionlines_web.ui.language import library_language

_WIDTH: Final = 720
_NAMES: Final = 210
_ROW: Final = 22
_TOP: Final = 26


@dataclass(frozen=True, slots=True)
class Interval:
    """A name, a score, and the ends of its interval."""

    name: str
    score: float
    low: float
    high: float


def interval_chart(rows: Sequence[Interval], title: str, most: float = 100.0) -> SafeString:
    """A dot with a bar for each row, from 0 to `most`."""
    mirrored = direction(library_language()) == "rtl"
    height = _TOP + _ROW * len(rows) + 8

    def across(score: float) -> float:
        place = _NAMES + (_WIDTH - _NAMES - 24) * score / most
        return round(_WIDTH - place if mirrored else place, 1)

    ticks = [most * part / 4 for part in range(5)]
    return format_html(
        '<svg class="chart chart-intervals" viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg" '
        'font-family="sans-serif" font-size="13" fill="currentColor"><title>{}</title>{}{}</svg>',
        *(_WIDTH, height, title),
        format_html_join(
            "",
            '<path d="M{0} {1}V{2}" stroke="var(--rule, #ddd)" fill="none"/>'
            '<text x="{0}" y="14" text-anchor="middle" direction="ltr" font-size="12">{3}</text>',
            ((across(tick), _TOP - 6, height - 4, isolate(f"{tick:g}")) for tick in ticks),
        ),
        format_html_join(
            "",
            '<text x="{0}" y="{1}" text-anchor="end">{2}</text>'
            '<path d="M{3} {4}H{5}" stroke="var(--heat-3, #97cacc)" stroke-width="6" fill="none"/>'
            '<circle cx="{6}" cy="{4}" r="4.5" fill="var(--accent, #0a5866)"/>',
            (
                (
                    # In text written from the right, "end" is on the left.
                    (_WIDTH - _NAMES + 10) if mirrored else _NAMES - 10,
                    _TOP + _ROW * place + 15,
                    row.name if len(row.name) <= 28 else f"{row.name[:27]}…",
                    *(across(row.low), _TOP + _ROW * place + 11, across(row.high), across(row.score)),
                )
                for place, row in enumerate(rows)
            ),
        ),
    )
