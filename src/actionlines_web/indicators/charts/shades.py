"""The world with a dot for each economy, the darker the higher its value."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actionlines.text import isolate
from actionlines_web.ui.atlas import atlas

_SHADES: Final = (
    *("var(--heat-2, #c6e2e2)", "var(--heat-3, #97cacc)", "var(--heat-4, #62adb2)", "var(--heat-5, #21737d)"),
    "var(--heat-6, #0b4b56)",
)


def bounds(values: Sequence[float]) -> list[float]:
    """The upper ends of the classes, as many economies in each as in the next; fewer where values are equal."""
    ordered = sorted(values)
    if not ordered:
        return []
    ends = [ordered[min(len(ordered) - 1, len(ordered) * part // len(_SHADES))] for part in range(1, 5)]
    return sorted({*ends, ordered[-1]})


def shade_map(values: Mapping[str, float], labels: Mapping[str, str], title: str) -> SafeString:
    """The map; `labels` say a dot's name and number. Economies without a place on the map are in the table alone."""
    world = atlas()
    shown = {code: value for code, value in values.items() if code in world.economies}
    ends = bounds(list(shown.values()))
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="15" fill="{}" stroke="var(--rule-strong, #8d938f)" stroke-width="1.5"><title>{}</title></circle>',
        (
            (*map(round, world.economies[code].world), _shade(value, ends), labels.get(code, code))
            for code, value in sorted(shown.items(), key=lambda one: one[1])
        ),
    )
    return format_html(
        '<svg class="map map-world" viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg" '
        'font-family="sans-serif"><title>{}</title><path class="map-land" d="{}" '
        'fill="var(--map-land, #c9cfc6)" fill-rule="evenodd"/>{}{}</svg>',
        *(world.width, world.height, title),
        mark_safe(world.path),
        dots,
        _legend(ends, world.height),
    )


def _shade(value: float, ends: Sequence[float]) -> str:
    place = next(number for number, end in enumerate(ends) if value <= end)
    return _SHADES[len(_SHADES) - len(ends) + place]


def _legend(ends: Sequence[float], height: int) -> SafeString:
    return format_html_join(
        "",
        '<circle cx="60" cy="{0}" r="15" fill="{1}" stroke="var(--rule-strong, #8d938f)" stroke-width="1.5"/>'
        '<text x="90" y="{2}" font-size="28" fill="currentColor" direction="ltr" aria-hidden="true">{3}</text>',
        (
            (
                height - 50 - 42 * (len(ends) - 1 - place),
                _shade(end, ends),
                height - 41 - 42 * (len(ends) - 1 - place),
                isolate(f"≤ {end:,.4g}" if abs(end) < 1e4 else f"≤ {end:,.0f}"),
            )
            for place, end in enumerate(ends)
        ),
    )
