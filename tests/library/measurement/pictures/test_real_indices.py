"""Pictures of the ICT Development Index and of the peer's example, from the shared data."""

import math
from functools import cache

import pytest

import coin
from actionlines.measurement import Index, Result, edition, read_data
from actionlines.measurement.pictures import contributions, ranked, sunburst
from actionlines.measurement.uncertainty import Choice, Uncertainty, uncertainty
from library.measurement.pictures import drawn
from shared import SHARED, needs_shared

pytestmark = needs_shared


@cache
def idi() -> Result:
    specification = edition("idi-2023-2025")
    data = read_data(SHARED / "data" / "ict" / "idi_new_inputs_2023_2025.csv", specification)
    return Index(specification).compute(data.cube)


@cache
def asem() -> Result:
    pooled = [
        {**step, "pooled": True} if step["step"] in ("treat", "normalise") else step for step in coin.EXAMPLE
    ]
    return Index(coin.specification(*pooled)).compute(coin.panel())


def varied(result: Result) -> Uncertainty:
    return uncertainty(result, [Choice.of("mean", "steps.aggregate.method", ["arithmetic", "median"])])


@pytest.mark.parametrize(("index", "unit"), [(idi, "KEN"), (asem, "FRA")])
def test_every_picture_is_vega_lite(index, unit):
    result = index()
    for found in drawn.pictures(result, varied(result), unit, result.cube.periods[0]):
        drawn.check_schema(found)


def test_the_published_order_of_the_idi():
    found = ranked(idi())
    assert len(found.rows) == 115
    assert [row["name"] for row in found.rows[:3]] == ["Saudi Arabia", "Finland", "Kuwait"]
    assert round(found.rows[0]["score"], 1) == 99.2
    assert "rank" not in found.columns


def test_bars_of_the_idi_sum_to_the_scores():
    found = contributions(idi(), period="2024")
    parts = [key for key in found.columns if key not in ("unit", "name", "score")]
    assert len(parts) == 9
    for row in found.rows:
        assert math.fsum(row[part] for part in parts) == pytest.approx(row["score"], rel=1e-12)


def test_the_peers_example_has_three_rings_of_2_8_and_49_pieces():
    layers = sunburst(asem().tree).specification["layer"]
    rings = [len(layer["data"]["values"]) for layer in layers if layer["mark"]["type"] == "arc"]
    assert rings == [2, 8, 49]
