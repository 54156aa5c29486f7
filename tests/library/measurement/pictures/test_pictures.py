"""Each picture shows the numbers of the result."""

import math

import numpy as np
import pytest

from actionlines.measurement.pictures import (
    change,
    contributions,
    correlations,
    probabilities,
    radar,
    ranked,
    sunburst,
)
from actionlines.measurement.pictures.parts import parts_of
from actionlines.measurement.profile import profile
from actionlines.measurement.statistics import correlations as correlate
from actionlines.problems import InputError
from library.measurement.pictures import drawn

SMALL, VARIED = drawn.small(), drawn.varied()
ORDER = ("CCC", "AAA", "BBB")  # by their scores of 2024


def scores(code="", period=1):
    return dict(zip(SMALL.cube.units, SMALL.scores(code)[period].tolist(), strict=True))


def test_ranked_dots_are_the_scores_the_highest_first():
    found = ranked(SMALL)
    assert [(row["unit"], row["score"]) for row in found.rows] == [(one, scores()[one]) for one in ORDER]
    assert [row["rank"] for row in found.rows] == [1, 2, 3]
    dots = drawn.values(found, "score")
    assert dots == [{"label": row["name"], "score": row["score"]} for row in found.rows]
    assert found.specification["encoding"]["y"]["sort"] == ["Celand", "Aland", "Beland"]


def test_intervals_are_those_of_the_analysis():
    found = ranked(SMALL, VARIED, level=0.5, period="2023")
    low, high = VARIED.score_interval(0.5)[:, 0]
    best, worst = VARIED.rank_interval(0.5)[:, 0]
    for row in found.rows:
        place = VARIED.units.index(row["unit"])
        assert (row["low"], row["high"]) == (low[place], high[place])
        assert (row["rank_low"], row["rank_high"]) == (best[place], worst[place])
    assert found.title == "Small index 2023: scores and their 50 % intervals"


def test_an_index_published_without_ranks_has_none():
    unranked = type(SMALL)(SMALL.specification.changed(("index.ranked", False)), SMALL.source, SMALL.stages)
    assert list(ranked(unranked).columns) == ["unit", "name", "score"]
    assert "rank" not in radar(unranked, profile(unranked, "AAA"), level=1).columns


def test_intervals_of_another_element_are_refused():
    with pytest.raises(ValueError, match="expected of P"):
        ranked(SMALL, VARIED, element="P")


def test_cells_are_the_rank_probabilities():
    found = probabilities(VARIED)
    chances = VARIED.rank_probabilities[1]
    cells = drawn.values(found, "probability")
    names = {row["name"]: VARIED.units.index(row["unit"]) for row in found.rows}
    assert sum(cell["probability"] for cell in cells) == pytest.approx(3, abs=1e-12)
    for cell in cells:
        assert cell["probability"] == chances[names[cell["label"]], cell["rank"] - 1]
    rings = drawn.values(found, "ink")
    assert {ring["label"]: ring["rank"] for ring in rings} == {"Celand": 1, "Aland": 2, "Beland": 3}


def test_parts_of_a_bar_sum_to_its_score():
    found = contributions(SMALL, level=1)
    assert [row["unit"] for row in found.rows] == list(ORDER)
    for row in found.rows:
        assert math.fsum(row[code] for code in "abcd") == pytest.approx(row["score"], rel=1e-12)
        place = SMALL.cube.units.index(row["unit"])
        assert [row[code] for code in "abcd"] == SMALL.contributions()[1, place].tolist()


def test_a_part_of_several_indicators_is_the_sum_of_theirs():
    found = contributions(SMALL, level=2)
    # The pillars weigh 1 and 3.
    for row in found.rows:
        assert row["P"] == pytest.approx(scores("P")[row["unit"]] / 4, rel=1e-12)
        assert row["Q"] == pytest.approx(scores("Q")[row["unit"]] * 3 / 4, rel=1e-12)


def test_the_map_has_every_correlation_family_by_family():
    codes = ("c", "a", "d", "b")
    table = np.array([[1, 5, 2, 8], [2, 3, 9, 1], [4, 4, 1, 1], [7, 1, 3, np.nan]])
    matrix = correlate(table, codes)
    found = correlations(matrix, SMALL.tree)
    cells = drawn.values(found, "coefficient")
    assert list(dict.fromkeys(cell["label"] for cell in cells)) == ["c", "d", "a", "b"]
    assert len(cells) == 12
    assert all(cell["coefficient"] == matrix.of(cell["label"], cell["other"]) for cell in cells)
    assert [(row["first"], row["second"], row["count"]) for row in found.rows][-1] == ("a", "b", 3)
    assert found.rows[0]["first_family"] == "Q"


def test_a_column_that_does_not_vary_leaves_its_cells_empty():
    matrix = correlate(np.array([[1, 5, 2], [2, 5, 9], [4, 5, 1.0]]), ("a", "b", "c"))
    found = correlations(matrix, SMALL.tree)
    assert {(cell["label"], cell["other"]) for cell in drawn.values(found, "coefficient")} == {
        ("a", "c"),
        ("c", "a"),
    }
    assert [row["coefficient"] is None for row in found.rows] == [True, False, True]


def test_angles_are_effective_weights():
    found = sunburst(SMALL.tree)
    shares = SMALL.effective_weights()
    assert {row["part"]: row["share"] for row in found.rows} == pytest.approx(shares)
    arcs = [one for layer in found.specification["layer"] for one in layer["data"]["values"] if "part" in one]
    assert {one["part"]: (one["end"] - one["start"]) / math.tau for one in arcs} == pytest.approx(
        {code: share for code, share in shares.items() if code != "S"}
    )
    # A child begins where its parent does.
    begin = {one["part"]: one["start"] for one in arcs}
    assert (begin["a"], begin["c"]) == (begin["P"], begin["Q"])


def test_each_ring_is_a_layer_of_arcs():
    layers = sunburst(SMALL.tree).specification["layer"]
    rings = [layer for layer in layers if layer["mark"]["type"] == "arc"]
    assert [[one["part"] for one in ring["data"]["values"]] for ring in rings] == [["P", "Q"], [*"abcd"]]
    inner, outer = (ring["encoding"] for ring in rings)
    assert inner["radius"]["value"] == outer["radius2"]["value"]


def test_corners_of_a_radar_are_as_far_out_as_the_scores():
    found = radar(SMALL, profile(SMALL, "CCC"), level=1)
    corners = [one for one in drawn.values(found, "line", "score") if one["line"] == "Celand"]
    assert [one["score"] for one in corners] == [scores(code)["CCC"] for code in "abcda"]
    # The rim is at 100, or the next round score.
    rim = max(one["score"] for one in drawn.values(found, "x", "y", "score"))
    assert [math.hypot(one["x"], one["y"]) * rim for one in corners] == pytest.approx(
        [one["score"] for one in corners]
    )


def test_a_radar_has_the_whole_profile_beside_it():
    found = radar(SMALL, profile(SMALL, "CCC"), level=1)
    assert [row["part"] for row in found.rows] == ["S", "P", "Q", *"abcd"]
    first = found.rows[3]
    assert (first["value"], first["value_unit"], first["score"], first["rank"]) == (
        55,
        "per cent",
        scores("a")["CCC"],
        1,
    )
    assert first["median"] == 30


def test_a_radar_of_two_axes_is_refused():
    with pytest.raises(InputError, match="three axes"):
        radar(SMALL, profile(SMALL, "CCC"), level=2)


def test_bars_lead_from_the_earlier_to_the_later_score():
    found = change(SMALL, "AAA", "2023", "2024")
    assert [row["part"] for row in found.rows] == [*"abcd"]
    place = SMALL.cube.units.index("AAA")
    assert [row["added"] for row in found.rows] == SMALL.change("2023", "2024").parts[place].tolist()
    assert found.rows[0]["from"] == scores(period=0)["AAA"]
    assert found.rows[-1]["to"] == pytest.approx(scores()["AAA"], rel=1e-12)
    assert all(one["to"] == other["from"] for one, other in zip(found.rows, found.rows[1:], strict=False))


def test_an_indicator_of_one_period_only_stands_apart():
    loose = [
        {**step, "availability": 0.5} if step["step"] == "aggregate" else step
        for step in drawn.DOCUMENT["steps"]
    ]
    result = drawn.small_with(loose, missing=(0, 0, 0))
    found = change(result, "AAA", "2023", "2024")
    assert found.rows[-1]["part"] == "coverage"
    assert found.rows[-1]["to"] == pytest.approx(float(result.scores()[1, 0]), rel=1e-12)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: ranked(SMALL, period="1999"), "no period “1999”"),
        (lambda: ranked(SMALL, units=["XXX"]), "no unit “XXX”"),
        (lambda: contributions(SMALL, units=["AAA", "DDD"]), "“DDD” has no score"),
        (lambda: contributions(SMALL, level=3), "level 3 is not below “S”"),
        (lambda: contributions(SMALL, element="X"), "no element “X”"),
        (lambda: change(SMALL, "DDD", "2023", "2024"), "“DDD” has no score in 2023 or in 2024"),
        (lambda: change(SMALL, "XXX", "2023", "2024"), "no unit “XXX”"),
    ],
)
def test_what_cannot_be_drawn_is_named(draw, said):
    with pytest.raises(InputError, match=said):
        draw()


def test_parts_are_the_lowest_level_that_fits():
    tree = SMALL.tree
    assert list(parts_of(tree, "S")) == [*"abcd"]
    assert parts_of(tree, "S", most=3) == {"P": ("a", "b"), "Q": ("c", "d")}
    assert list(parts_of(tree, "S", most=1)) == ["P", "Q"]
    assert parts_of(tree, "Q") == {"c": ("c",), "d": ("d",)}
