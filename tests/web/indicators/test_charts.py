"""Lines over years: numbers as the reader writes them, names that stand in the picture and apart."""

import re
from itertools import pairwise

import pytest
from django.utils.translation import override

from actionlines_web.indicators.charts.trend import Line, trend_chart

REGIONS = [Line(f"Region {number}", [(2024, number * 1e6)]) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "8B"), ("fr", "8\u202fMd"), ("ru", "8\u00a0млрд"), ("zh-hans", "80亿")]
)
def test_large_numbers_are_shortened_as_the_readers_language_does(language: str, said: str) -> None:
    with override(language):
        picture = str(trend_chart([Line("World", [(2023, 1e9), (2024, 7.9e9)])], "T"))
    assert said.replace("\u202f", "\u00a0") in picture.replace("\u202f", "\u00a0")


def test_names_stand_apart_and_in_the_picture() -> None:
    picture = str(trend_chart([Line("World", [(2024, 8e9)]), *REGIONS], "T"))
    heights = [float(y) for y in re.findall(r'y="([0-9.]+)" text-anchor="start" fill', picture)]
    assert len(heights) == 8
    assert max(heights) <= 320 - 14
    ordered = sorted(heights)
    assert all(lower - upper >= 17 for upper, lower in pairwise(ordered))
