"""Maps as inline SVG: a country in its surroundings, and the world with a bubble per country.

Colours come from custom properties, so that a page sets them for light and dark: `--map-sea`, `--map-line`
(the net of meridians), `--map-land`, `--map-border`, `--map-accent`. Without them the picture is drawn in shades
of the text's colour. There is no style attribute, for the content security policy forbids them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actionlines.frameworks.areas import area
from actionlines.text import isolate
from actionlines_web.ui.atlas import Economy, Place, Ring, atlas
from actionlines_web.ui.projection import Azimuthal

WIDTH: Final = 1200  # units of a country's picture; pages show it at about half of that in pixels
HEIGHT: Final = 800
MARGIN: Final = 30  # shapes are clipped this far outside the picture
WIDTHS_KM: Final = (2600.0, 5200.0)  # what a small country's picture shows at least, and amid the ocean
OCEAN: Final = 0.03  # a picture with less land than this share of it is taken amid the ocean
AIR: Final = 1.35  # how much wider than the country the picture is
REACH_KM: Final = 1000.0  # islands farther than this from a country's main part do not widen the picture
MAINLAND: Final = 0.5  # square degrees; without an island of that size all islands count as the main part
DOT: Final = 7  # units; land smaller than that is drawn as a dot
MARKED: Final = 60  # units; a country smaller than that gets a ring around it
LARGEST_BUBBLE: Final = 62  # radius in units of the world picture
SMALLEST_BUBBLE: Final = 7

_SEA: Final = "var(--map-sea, transparent)"
_LAND: Final = "var(--map-land, color-mix(in srgb, currentColor 22%, transparent))"
_LINE: Final = "var(--map-line, color-mix(in srgb, currentColor 9%, transparent))"
_BORDER: Final = "var(--map-border, Canvas)"
_ACCENT: Final = "var(--map-accent, currentColor)"


def country_map(iso3: str, title: str) -> SafeString:
    """The country in its accent colour among its neighbours, as an `<svg>` with `title` as its name.

    The picture is centred on the country's main part and at least 2,600 km wide; a very small country gets a ring
    around it. The answer is empty for a code without a shape.
    """
    if iso3 not in atlas().economies:
        return mark_safe("")
    return format_html(
        '<svg class="map map-country" viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>{}</svg>",
        WIDTH,
        HEIGHT,
        title,
        _surroundings(iso3),
    )


@lru_cache(maxsize=256)
def _surroundings(iso3: str) -> SafeString:
    """Everything inside the picture of a country; kept, for it takes some hundredths of a second to draw."""
    world = atlas()
    here = world.economies[iso3]
    others = [ring for code, economy in world.economies.items() if code != iso3 for ring in economy.rings]
    for at_least in WIDTHS_KM:
        view = _View.of(here, at_least)
        land, own = view.draw([*others, *world.unnamed]), view.draw(here.rings)
        if land.share + own.share > OCEAN:
            break
    return format_html(
        '<rect class="map-sea" width="100%" height="100%" fill="{}"/>'
        '<path class="map-line" d="{}" fill="none" stroke="{}"/>{}{}{}',
        _SEA,
        view.net(),
        _LINE,
        _land(land, "map-land", _LAND, _BORDER, dot=6),
        _land(own, "map-here", _ACCENT, _ACCENT, dot=9),
        view.marker(here),
    )


def _land(drawing: "_Drawing", css_class: str, fill: str, border: str, dot: int) -> SafeString:
    return format_html(
        '<path class="{}" d="{}" fill="{}" fill-rule="evenodd" stroke="{}" stroke-width="2" stroke-linejoin="round"/>'
        '<path class="{}" d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round"/>',
        *(css_class, drawing.shapes, fill, border),
        *(css_class, drawing.dots, fill, dot),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Path data of land that can be seen, of dots for what is too small for a shape, and the land's share of the picture."""

    shapes: str
    dots: str
    share: float


@dataclass(frozen=True, slots=True)
class _View:
    """A window on the earth.

    Attributes:
        projection: kilometres around the window's country.
        left, top: kilometres of the window's upper left corner.
        scale: units of the picture in a kilometre.
    """

    projection: Azimuthal
    left: float
    top: float
    scale: float

    @classmethod
    def of(cls, economy: Economy, at_least: float) -> "_View":
        """The window on the main part of an economy, with air around it, `at_least` so many kilometres wide."""
        places = [place for ring in _main_part(economy) for place in ring]
        projection = Azimuthal.around(places)
        west, north, east, south = _box([projection.project(*place) for place in places])
        width = max(at_least, AIR * (east - west), AIR * (south - north) * WIDTH / HEIGHT)
        height = width * HEIGHT / WIDTH
        return cls(projection, (west + east - width) / 2, (north + south - height) / 2, WIDTH / width)

    def place(self, longitude: float, latitude: float) -> Place:
        """Units of the picture from its upper left corner."""
        x, y = self.projection.project(longitude, latitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def draw(self, rings: Iterable[Ring]) -> _Drawing:
        """What can be seen of these rings."""
        shapes, dots, area_seen = [], [], 0.0
        for ring in rings:
            if not any(self.projection.is_near(*place) for place in ring[::8]):
                continue
            drawn = [self.place(*place) for place in ring]
            west, north, east, south = _box(drawn)
            if east < -MARGIN or south < -MARGIN or west > WIDTH + MARGIN or north > HEIGHT + MARGIN:
                continue
            if max(east - west, south - north) < DOT:
                dots.append(f"M{(west + east) / 2:.0f} {(north + south) / 2:.0f}h0")
            else:
                shape = _clipped(drawn)
                shapes.append(_path(shape))
                area_seen += _area(shape)
        return _Drawing("".join(shapes), "".join(dots), area_seen / (WIDTH * HEIGHT))

    def net(self) -> str:
        """Path data of the meridians and parallels, every ten degrees."""
        middle, centre = floor(self.projection.longitude / 10) * 10, round(self.projection.latitude)
        meridians = [
            [
                self.place(longitude, latitude)
                for latitude in range(max(-80, centre - 80), min(80, centre + 80) + 1, 2)
            ]
            for longitude in range(middle - 90, middle + 101, 10)
        ]
        parallels = [
            [self.place(longitude, latitude) for longitude in range(middle - 90, middle + 101, 2)]
            for latitude in range(-80, 81, 10)
        ]
        return "".join(_seen(line) for line in meridians + parallels)

    def marker(self, economy: Economy) -> SafeString:
        """A ring around an economy that would be overlooked."""
        west, north, east, south = _box([self.place(*place) for ring in economy.rings for place in ring])
        if max(east - west, south - north) > MARKED:
            return mark_safe("")
        return format_html(
            '<circle class="map-here" cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="4"/>',
            round((west + east) / 2),
            round((north + south) / 2),
            round(max(east - west, south - north) / 2) + 22,
            _ACCENT,
        )


def _box(places: list[Place]) -> tuple[float, float, float, float]:
    """The least x and y, the greatest x and y."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def _main_part(economy: Economy) -> list[Ring]:
    """The largest ring and all that are linked with it by gaps of less than `REACH_KM`."""
    first, *others = economy.rings
    west, south, east, north = _box(list(first))
    if (east - west) * (north - south) < MAINLAND:
        return list(economy.rings)
    part, new = [first], [first]
    while new:
        shores = [place for ring in new for place in _thinned(ring)]
        new = [ring for ring in others if _gap_km(ring, shores) < REACH_KM]
        others = [ring for ring in others if ring not in new]
        part += new
    return part


def _thinned(ring: Ring) -> Ring:
    return ring[:: ceil(len(ring) / 60)]


def _gap_km(ring: Ring, shores: list[Place]) -> float:
    near = Azimuthal(*ring[0])
    return min(sqrt(x * x + y * y) for x, y in (near.project(*place) for place in shores))


def _clipped(ring: list[Place]) -> list[Place]:
    """The part of a closed ring inside the picture and its margin (Sutherland and Hodgman's way, side by side)."""
    for axis, limit, keeps_more in (
        (0, -MARGIN, True),
        (0, WIDTH + MARGIN, False),
        (1, -MARGIN, True),
        (1, HEIGHT + MARGIN, False),
    ):
        kept: list[Place] = []
        for start, end in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
            start_in, end_in = (start[axis] >= limit) == keeps_more, (end[axis] >= limit) == keeps_more
            if start_in != end_in:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            if end_in:
                kept.append(end)
        ring = kept
    return ring


def _area(ring: list[Place]) -> float:
    """Square units of a closed ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))) / 2


def _path(ring: list[Place]) -> str:
    """Path data of a closed ring in whole units, steps of one unit left out; '' when nothing of it is left."""
    steps: list[tuple[int, int]] = []
    for x, y in ring:
        step = (round(x), round(y))
        if not steps or abs(step[0] - steps[-1][0]) > 1 or abs(step[1] - steps[-1][1]) > 1:
            steps.append(step)
    if len(steps) < 3:
        return ""
    moves = " ".join(f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(steps))
    return f"M{steps[0][0]} {steps[0][1]}l{moves}z".replace(" -", "-")


def _seen(line: list[Place]) -> str:
    """Path data of the parts of an open line that are inside the picture."""
    path, drawing = [], False
    for start, end in pairwise(line):
        if all(-200 < x < WIDTH + 200 and -200 < y < HEIGHT + 200 for x, y in (start, end)):
            path.append(
                f"L{end[0]:.0f} {end[1]:.0f}"
                if drawing
                else f"M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}"
            )
            drawing = True
        else:
            drawing = False
    return "".join(path)


def world_map(
    values: Mapping[str, int], title: str, links: Mapping[str, str] | None = None, language: str = "en"
) -> SafeString:
    """The world with a bubble per economy whose area grows with its value, as an `<svg>` named `title`.

    Args:
        values: ISO 3166-1 alpha-3 to a number; codes without a shape and numbers below 1 draw nothing.
        title: the name of the picture.
        links: ISO 3166-1 alpha-3 to the address its bubble leads to.
        language: of the countries' names, which show on a bubble with its number ("zh-hans" will do for "zh").
    """
    world, links = atlas(), links or {}
    shown = sorted(
        ((value, code) for code, value in values.items() if value > 0 and code in world.economies),
        reverse=True,
    )
    most = shown[0][0] if shown else 1
    bubbles = format_html_join(
        "",
        "{}",
        (
            (
                _bubble(
                    world.economies[code].world, value, most, _label(code, value, language), links.get(code)
                ),
            )
            for value, code in shown
        ),
    )
    return format_html(
        '<svg class="map map-world" viewBox="0 0 {} {}" role="{}" xmlns="http://www.w3.org/2000/svg"><title>{}</title>'
        '<path class="map-land" d="{}" fill="{}" fill-rule="evenodd" stroke="{}" stroke-width="1.5" stroke-linejoin="round"/>'
        "{}{}</svg>",
        world.width,
        world.height,
        "group" if links else "img",  # what is inside an "img" cannot be reached, links included
        title,
        mark_safe(world.path),
        _LAND,
        _BORDER,
        bubbles,
        _legend(most, world.height) if shown else "",
    )


def _radius(value: int, most: int) -> float:
    return max(SMALLEST_BUBBLE, LARGEST_BUBBLE * sqrt(value / most))


def _label(code: str, value: int, language: str) -> str:
    return f"{area(code).names.get(language[:2])}: {isolate(str(value))}"


def _bubble(centre: Place, value: int, most: int, label: str, link: str | None) -> SafeString:
    circle = format_html(
        '<circle class="map-bubble" cx="{}" cy="{}" r="{}" fill="{}" fill-opacity="0.6" stroke="{}" stroke-width="2">'
        "<title>{}</title></circle>",
        round(centre[0]),
        round(centre[1]),
        round(_radius(value, most), 1),
        _ACCENT,
        _ACCENT,
        label,
    )
    return format_html('<a href="{}" aria-label="{}">{}</a>', link, label, circle) if link else circle


def _legend(most: int, height: int) -> SafeString:
    """Up to three circles, one in the other, with the numbers they stand for."""
    numbers = sorted({most, ceil(most / 4), 1} if most > 8 else {most}, reverse=True)
    bottom = height - 20
    return format_html(
        '<g class="map-legend" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">{}</g>',
        format_html_join(
            "",
            '<circle cx="110" cy="{}" r="{}"/><text x="185" y="{}" fill="currentColor" stroke="none" font-size="26">{}</text>',
            (
                (round(bottom - radius), round(radius, 1), round(bottom - 2 * radius) + 12, number)
                for number in numbers
                for radius in (_radius(number, most),)
            ),
        ),
    )
