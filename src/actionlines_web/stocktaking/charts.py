"""The picture beside the figures of agreement: shares accepted over probabilities, as inline SVG without styles."""

from collections.abc import Iterable
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from actionlines.alignment.agreement import Band
from actionlines.text import direction, isolate
from actionlines_web.ui.language import library_language

_SIDE: Final = 220  # of the square, in units of the picture
_LEFT: Final = 44
_TOP: Final = 12
_GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability_chart(bands: Iterable[Band]) -> SafeString:
    """A dot for each band with decisions at (mean probability, share accepted), its 95 % interval as a bar.

    Dots on the diagonal are an aligner whose probabilities are true. Mirrored for languages written from the right.
    The figures stand in the table beside it, so it is hidden from screen readers.
    """
    mirrored = direction(library_language()) == "rtl"

    def across(probability: float) -> float:
        return _LEFT + _SIDE * (1 - probability if mirrored else probability)

    def up(share: float) -> float:
        return _TOP + _SIDE * (1 - share)

    side = _LEFT + _SIDE if mirrored else _LEFT
    scale = [(value, isolate(f"{value:.0%}")) for value in _GRID]
    grid = format_html_join(
        "",
        '<path class="chart-grid" d="M{0} {1}H{2}M{3} {4}V{5}"/>'
        '<text class="chart-text" x="{6}" y="{7}" text-anchor="end" direction="ltr">{8}</text>'
        '<text class="chart-text" x="{3}" y="{9}" text-anchor="middle" direction="ltr">{8}</text>',
        (
            (
                *(_LEFT, up(value), _LEFT + _SIDE, across(value), _TOP, _TOP + _SIDE),
                *((side + 40 if mirrored else side - 6), up(value) + 4, said, _TOP + _SIDE + 18),
            )
            for value, said in scale
        ),
    )
    dots = format_html_join(
        "",
        '<path class="chart-interval" d="M{0} {1}V{2}"/><circle class="chart-dot" cx="{0}" cy="{3}" r="5"/>',
        (
            (across(band.expected), up(band.share.low), up(band.share.high), up(band.share.share))
            for band in bands
            if band.expected is not None and band.share.share is not None
        ),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">'
        '{}<path class="chart-diagonal" d="M{} {}L{} {}"/>{}'
        '<text class="chart-text" x="{}" y="{}" text-anchor="middle">{}</text></svg>',
        _SIDE + 2 * _LEFT,
        _SIDE + _TOP + 44,
        grid,
        *(across(0), up(0), across(1), up(1)),
        dots,
        *(_LEFT + _SIDE / 2, _TOP + _SIDE + 38),
        gettext("probability"),
    )
