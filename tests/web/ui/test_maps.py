"""Maps: every economy has a shape where it is, pictures hold what they should, projections keep areas."""

import re
from functools import cache
from importlib import resources
from itertools import pairwise
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from actionlines.frameworks.areas import areas
from actionlines_web.ui.atlas import atlas
from actionlines_web.ui.maps import (
    HEIGHT,
    LARGEST_BUBBLE,
    MARGIN,
    SMALLEST_BUBBLE,
    WIDTH,
    country_map,
    world_map,
)
from actionlines_web.ui.projection import EARTH_RADIUS_KM, Azimuthal, equal_earth

SVG = "{http://www.w3.org/2000/svg}"
CODES = [area.iso3 for area in areas()]


@cache
def picture(iso3, title="A country"):
    return etree.fromstring(country_map(iso3, title))


def points(path):
    """The absolute points of path data made of "M x y l dx dy …z" and "M x y h0"."""
    found = []
    for x, y, rest in re.findall(r"M(-?\d+) ?(-?\d+)([^M]*)", path):
        place = (int(x), int(y))
        found.append(place)
        numbers = [int(number) for number in re.findall(r"-?\d+", rest.removesuffix("h0"))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            place = (place[0] + dx, place[1] + dy)
            found.append(place)
    return found


def drawn(iso3, css_class):
    paths = picture(iso3).findall(f"{SVG}path[@class='{css_class}']")
    return [place for path in paths for place in points(path.get("d"))]


def holds(iso3, longitude, latitude):
    """Whether the place is inside an odd number of the economy's rings."""
    crossings = 0
    for ring in atlas().economies[iso3].rings:
        for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
            if (y0 > latitude) != (y1 > latitude):
                crossings += longitude < (x1 - x0) * (latitude - y0) / (y1 - y0) + x0
    return crossings % 2 == 1


# The map file


def test_every_economy_has_a_shape():
    assert sorted(atlas().economies) == CODES


def test_map_file_is_small_and_tells_its_source_and_licence():
    text = (resources.files("actionlines.frameworks") / "data" / "areas" / "world.json").read_text(
        encoding="utf-8"
    )
    assert len(text.encode()) <= 250_000
    assert '"source":"Natural Earth 4.1.0' in text
    assert '"licence":"Natural Earth is in the public domain' in text


@pytest.mark.parametrize(
    ("longitude", "latitude", "iso3", "not_in"),
    [
        (2.35, 48.86, "FRA", "BEL"),
        (-52.5, 4.2, "GUF", "FRA"),
        (34.1, 45.0, "UKR", "RUS"),
        (-13.0, 27.0, "ESH", "MAR"),
        (-7.6, 33.0, "MAR", "ESH"),
        (33.6, 35.25, "CYP", "TUR"),
        (44.1, 9.6, "SOM", "ETH"),
        (178.0, -17.8, "FJI", "WSM"),
        (187.0, 66.5, "RUS", "USA"),
        (28.2, -29.5, "LSO", "ZAF"),
        (23.0, 79.8, "SJM", "NOR"),
    ],
)
def test_place_belongs_to(longitude, latitude, iso3, not_in):
    assert (holds(iso3, longitude, latitude), holds(not_in, longitude, latitude)) == (True, False)


def test_point_of_each_large_economy_lies_inside_it():
    large = [code for code in CODES if len(atlas().economies[code].rings[0]) > 30 and code != "ATA"]
    assert len(large) > 100
    assert [code for code in large if not holds(code, *atlas().economies[code].point)] == []


# The picture of a country


@pytest.mark.parametrize("iso3", CODES)
def test_picture_shows_the_economy_inside_its_frame(iso3):
    here = drawn(iso3, "map-here")
    assert here
    assert all(-MARGIN <= x <= WIDTH + MARGIN and -MARGIN <= y <= HEIGHT + MARGIN for x, y in here)
    west, east = min(x for x, _ in here), max(x for x, _ in here)
    north, south = min(y for _, y in here), max(y for _, y in here)
    assert 0 < (west + east) / 2 < WIDTH
    assert 0 < (north + south) / 2 < HEIGHT


@pytest.mark.parametrize(
    ("iso3", "least", "most"), [("RUS", 850, 1000), ("FJI", 100, 250), ("KIR", 850, 1000)]
)
def test_economy_on_both_sides_of_the_180th_meridian_is_one_piece(iso3, least, most):
    xs = [x for x, _ in drawn(iso3, "map-here")]
    assert least < max(xs) - min(xs) < most


def test_overseas_islands_do_not_shrink_the_mainland():
    xs = [x for x, _ in drawn("CHL", "map-here")]  # Easter Island is 3,500 km off
    assert max(xs) - min(xs) < 150
    ys = [y for _, y in drawn("CHL", "map-here")]
    assert max(ys) - min(ys) > HEIGHT * 0.7


@pytest.mark.parametrize(
    ("iso3", "marked"), [("SGP", True), ("MCO", True), ("VAT", True), ("FRA", False), ("TUV", False)]
)
def test_ring_is_drawn_round_an_economy_that_would_be_overlooked(iso3, marked):
    rings = picture(iso3).findall(f"{SVG}circle[@class='map-here']")
    assert len(rings) == marked


def test_neighbours_are_drawn_beside_the_country():
    assert len(drawn("FRA", "map-land")) > 500
    assert not set(drawn("FRA", "map-land")) >= set(drawn("FRA", "map-here"))


def test_picture_amid_the_ocean_reaches_the_next_land():
    assert len(drawn("TUV", "map-land")) > 50


def test_picture_has_a_name_and_one_role():
    root = picture("FRA", 'France & "Europe" <1>')
    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get("viewBox")) == ("img", "0 0 1200 800")
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == 'France & "Europe" <1>'


def test_colours_are_custom_properties_and_no_style_is_inline():
    svg = country_map("EGY", "Egypt") + world_map({"EGY": 1}, "World")
    assert "style=" not in svg
    assert set(re.findall(r"--map-[a-z]+", svg)) == {
        "--map-sea",
        "--map-line",
        "--map-land",
        "--map-border",
        "--map-accent",
    }


@pytest.mark.parametrize("code", ["", "XXX", "fra", "<b>"])
def test_unknown_code_draws_nothing(code):
    assert country_map(code, "Nowhere") == ""


# The world


def world(*arguments, **options):
    return etree.fromstring(world_map(*arguments, **options))


def radii(root):
    return [
        float(circle.get("r")) for circle in root.iter(f"{SVG}circle") if circle.get("class") == "map-bubble"
    ]


def test_area_of_a_bubble_grows_with_its_value():
    assert radii(world({"FRA": 25, "BRA": 100, "EGY": 50}, "World")) == [
        LARGEST_BUBBLE,
        round(LARGEST_BUBBLE * 0.5**0.5, 1),
        LARGEST_BUBBLE / 2,
    ]


def test_smallest_bubble_can_be_seen():
    assert radii(world({"TUV": 1, "BRA": 100_000}, "World")) == [LARGEST_BUBBLE, SMALLEST_BUBBLE]


def test_unknown_codes_and_empty_values_draw_no_bubble():
    root = world({"XXX": 5, "FRA": 0, "EGY": -1}, "World")
    assert radii(root) == []
    assert root.findall(f"{SVG}g") == []


def test_bubble_lies_on_its_country():
    (circle,) = (c for c in world({"EGY": 1}, "World").iter(f"{SVG}circle") if c.get("class") == "map-bubble")
    scale = 1000 / equal_earth(180, 0)[0]
    x, y = equal_earth(30 - 10, 26.5)
    assert abs(float(circle.get("cx")) - (1000 + x * scale)) < 10
    assert abs(float(circle.get("cy")) - (equal_earth(0, 84)[1] - y) * scale) < 10


def test_every_bubble_lies_in_the_picture_but_that_of_antarctica():
    places = {code: economy.world for code, economy in atlas().economies.items()}
    outside = [
        code for code, (x, y) in places.items() if not (0 <= x <= atlas().width and 0 <= y <= atlas().height)
    ]
    assert outside == ["ATA"]


def test_bubble_names_its_country_and_number_in_the_language_asked_for():
    (circle,) = (c for c in world({"EGY": 12}, "World", language="ar").iter(f"{SVG}circle") if len(c))
    assert circle[0].text == "مصر: \u206612\u2069"
    (circle,) = (c for c in world({"EGY": 12}, "World", language="zh-hans").iter(f"{SVG}circle") if len(c))
    assert circle[0].text == "埃及: \u206612\u2069"


def test_linked_bubble_can_be_reached_and_has_a_name():
    root = world({"EGY": 12, "FRA": 3}, "World", {"EGY": "/entries/?country=EGY&year=2020"})
    assert root.get("role") == "group"
    (link,) = root.findall(f"{SVG}a")
    assert link.get("href") == "/entries/?country=EGY&year=2020"
    assert link.get("aria-label") == "Egypt: \u206612\u2069"


def test_picture_without_links_is_one_image():
    root = world({"EGY": 12}, 'The "World"')
    assert (root.get("role"), root[0].text) == ("img", 'The "World"')


@pytest.mark.parametrize(
    ("values", "numbers"), [({"FRA": 100, "EGY": 1}, ["100", "25", "1"]), ({"FRA": 3}, ["3"])]
)
def test_legend_says_what_circles_stand_for(values, numbers):
    legend = world(values, "World").find(f"{SVG}g[@class='map-legend']")
    assert [text.text for text in legend.findall(f"{SVG}text")] == numbers


# The projections


def test_equal_earth_has_its_published_extent():
    assert equal_earth(180, 0) == pytest.approx((2.70663, 0), abs=1e-5)
    assert equal_earth(0, 90) == pytest.approx((0, 1.31736), abs=1e-5)
    assert equal_earth(-180, 0)[0] == -equal_earth(180, 0)[0]


@given(st.floats(-179, 179), st.floats(-85, 85))
def test_equal_earth_keeps_areas(longitude, latitude):
    assert growth(equal_earth, longitude, latitude) == pytest.approx(1, rel=2e-4)


places = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(places, st.floats(-80, 80), st.floats(-80, 80))
def test_azimuthal_keeps_areas(centre, turn, latitude):
    view = Azimuthal(*centre)
    scaled = lambda x, y: tuple(value / EARTH_RADIUS_KM for value in view.project(x, y))  # noqa: E731
    assert abs(growth(scaled, centre[0] + turn, latitude)) == pytest.approx(1, rel=1e-3)


def growth(project, longitude, latitude, step=1e-3):
    """How many times a small patch's area grows by a projection of the unit sphere."""
    (x0, y0), (x1, y1), (x2, y2) = (
        project(longitude, latitude),
        project(longitude + step, latitude),
        project(longitude, latitude + step),
    )
    patch = radians(step) ** 2 * cos(radians(latitude + step / 2))
    return ((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / patch


@given(places, st.integers(-2, 2))
def test_azimuthal_does_not_mind_whole_turns(place, turns):
    view = Azimuthal(10.0, 20.0)
    assert view.project(place[0] + 360 * turns, place[1]) == pytest.approx(view.project(*place), abs=1e-6)


def test_azimuthal_puts_places_at_their_chord_from_the_centre():
    view = Azimuthal(0.0, 0.0)
    assert view.project(0, 0) == (0, 0)
    assert hypot(*view.project(90, 0)) == pytest.approx(2 * EARTH_RADIUS_KM * sin(radians(45)))
    assert view.project(0, 45)[1] < 0  # north is up
    assert view.project(180, 0) == (0, 2 * EARTH_RADIUS_KM)


def test_middle_of_places_on_both_sides_of_180_lies_between_them():
    view = Azimuthal.around([(179.0, -17.0), (-179.0, -17.0)])
    assert abs(view.longitude) == pytest.approx(180)
    assert view.latitude == pytest.approx(-17, abs=0.01)


@pytest.mark.parametrize(("longitude", "near"), [(0, True), (89, True), (91, False), (180, False)])
def test_half_of_the_earth_is_near(longitude, near):
    assert Azimuthal(0.0, 0.0).is_near(longitude, 0) is near
