"""The colours pass WCAG 2.2 AA on their grounds."""

import pytest

from actionlines.reports import palette


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("level", range(6))
def test_numbers_are_readable_on_every_level(level):
    assert contrast(palette.HEAT[level], palette.HEAT_INK[level]) >= 4.5


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.ACCENT])
def test_text_is_readable_on_paper(colour):
    assert contrast(colour, palette.PAPER) >= 4.5


@pytest.mark.parametrize("region", palette.REGIONS)
def test_graphics_stand_out_on_paper(region):
    assert contrast(palette.REGIONS[region], palette.PAPER) >= 3


def test_levels_grow_with_the_value_and_none_is_none():
    assert [palette.level(value, 10) for value in (0, 1, 2, 3, 5, 9, 10)] == [0, 1, 1, 2, 3, 5, 5]
    assert palette.level(0, 0) == 0
    assert [palette.level(value, 3) for value in (1, 2, 3)] == [1, 2, 3]
    assert palette.level(1, 1000) == 1
