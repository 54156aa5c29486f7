"""The world's picture: closed rings inside its frame, a place for the economies."""

from actionlines.frameworks.shapes import world


def test_land_is_closed_and_inside_the_picture() -> None:
    picture = world()
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in picture.land)
    assert all(
        -5 <= x <= picture.width + 5 and -5 <= y <= picture.height + 5
        for ring in picture.land
        for x, y in ring
    )
    assert len(picture.land) == 345


def test_places_stand_where_the_countries_are() -> None:
    places = world().places
    assert places["FRA"][0] < places["IND"][0] < places["AUS"][0]
    assert places["NOR"][1] < places["KEN"][1] < places["ZAF"][1]
