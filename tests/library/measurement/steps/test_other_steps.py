"""Denominate, screen, transform, treat, normalise: what they do at their edges."""

import numpy as np
import pytest

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.treat.functions import box_cox_best
from actionlines.problems import InputError
from small_index import LETTERS, compute, cube, document

nan = np.nan


def with_variable(values, people, *steps, **fields):
    whole = document(len(values[0]), *steps, **fields)
    whole["index"]["variables"] = ["people"]
    data = Cube.of(
        np.array(values, float),
        list(LETTERS.upper()[: len(values)]),
        list(LETTERS[: len(values[0])]),
        ["2020"],
        variables={"people": np.array(people)},
    )
    return Index(Specification.of(whole)).compute(data)


def test_denominator_and_scale_are_taken():
    result = with_variable(
        [[10.0]], [4.0], {"step": "denominate"}, denominator=["people"], denominator_scale=[100]
    )
    assert result.cube.values[0, 0, 0] == 250.0


def test_denominator_of_zero_leaves_a_gap_and_a_decision():
    result = with_variable([[10.0], [10.0]], [0.0, 5.0], {"step": "denominate"}, denominator=["people"])
    np.testing.assert_array_equal(result.cube.values[0, :, 0], [nan, 2.0])
    assert [one.message for one in result.stages[0].result.decisions] == [
        "a 2020 of A is missing: its denominator people is 0."
    ]


def test_denominator_nobody_declared_is_refused():
    with pytest.raises(
        InputError, match=r"indicators\[1\].denominator: no indicator and no variable has the code “people”"
    ):
        Specification.of(document(1, {"step": "denominate"}, denominator=["people"]))


SCREENED = [[1.0, 2.0, 3.0, 4.0], [1.0, nan, nan, 4.0], [0.0, 0.0, 0.0, 4.0], [nan, nan, nan, nan]]


@pytest.mark.parametrize(
    ("settings", "stay"),
    [
        ({"available": 0.5}, "ABC"),
        ({"available": 0.51}, "AC"),
        ({"nonzero": 0.5}, "ABD"),
        ({"available": 1.0, "keep": ["D"]}, "ACD"),
        ({"drop": ["A"]}, "BCD"),
        ({"elements": {"X": 0.75}}, "AC"),
        ({"observed": 3}, "AC"),
    ],
)
def test_units_are_screened(settings, stay):
    result = compute(SCREENED, {"step": "screen", **settings})
    assert "".join(result.cube.units) == stay
    assert all(one.message for one in result.stages[0].result.decisions)


def test_screened_unit_is_named_with_its_reason():
    result = compute(SCREENED, {"step": "screen", "available": 0.75}, {"step": "aggregate"})
    first = result.missing()[0]
    assert (first.unit, first.reason) == (
        "B",
        "B is taken out: 0.5 of its indicators have a value, 0.75 are needed.",
    )


def test_unit_screened_in_one_year_is_never_filled_there():
    values = [[[1.0, 2.0], [5.0, 6.0]], [[nan, nan], [7.0, 8.0]]]
    steps = ({"step": "screen", "available": 0.5}, {"step": "impute", "method": "mean"})
    result = compute(values, *steps, periods=("2020", "2021"))
    assert np.isnan(result.cube.values[1, 0]).all()
    assert result.cube.flags[1, 0].tolist() == [int(Flag.MISSING | Flag.EXCLUDED)] * 2


def test_indicators_with_few_units_are_taken_out_and_their_element_goes_on():
    result = compute(SCREENED[:3], {"step": "screen", "indicators_available": 0.7}, {"step": "aggregate"})
    assert result.cube.indicators == ("a", "d", "X")
    assert result.scores()[0].tolist() == [2.5, 2.5, 2.0]


def test_screening_that_leaves_nothing_is_refused():
    with pytest.raises(InputError, match="screening leaves nothing"):
        compute([[nan, 1.0]], {"step": "screen", "available": 0.9})


def test_unit_to_keep_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="the data have no unit “Z”"):
        compute(SCREENED, {"step": "screen", "keep": ["Z"]})


def test_functions_are_applied_to_the_indicators_named():
    result = compute([[np.e, 3.0]], {"step": "transform", "function": "ln", "indicators": ["a"]})
    assert result.cube.values[0, 0].tolist() == [1.0, 3.0]
    assert result.cube.flags[0, 0].tolist() == [int(Flag.TRANSFORMED), 0]


def test_value_outside_the_domain_of_a_log_is_refused_with_unit_and_period():
    with pytest.raises(InputError) as refused:
        compute([[[1.0], [-2.0]]], {"step": "transform", "function": "ln"}, periods=("2020",))
    assert str(refused.value) == (
        "column a: the value -2.0 of B in 2020 cannot be taken under ln. Expected: a value above 0.0."
    )


def test_goalposts_are_transformed_with_the_values():
    step = {"step": "normalise", "method": "goalposts"}
    result = compute([[0.0], [9.0], [99.0]], step, goalposts=[[0, 99]], transform=["log10(x+1)"])
    np.testing.assert_allclose(result.cube.values[0, :, 0], [0.0, 50.0, 100.0], rtol=1e-14)


def test_goalposts_on_the_transformed_scale_are_taken_as_they_are():
    step = {"step": "normalise", "method": "goalposts", "range": [0, 1]}
    result = compute([[1000.0]], step, goalposts=[[0, 6]], transform=["log10"], goalposts_transformed=[True])
    assert result.cube.values[0, 0, 0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("cap", "wanted"), [("both", [0, 100]), ("best", [-10, 100]), ("worst", [0, 110]), ("none", [-10, 110])]
)
def test_ends_of_the_goalposts_clip_as_said(cap, wanted):
    result = compute(
        [[-1.0], [11.0]], {"step": "normalise", "method": "goalposts"}, goalposts=[[0, 10]], cap=[cap]
    )
    np.testing.assert_allclose(result.cube.values[0, :, 0], wanted)


def test_ends_clip_as_said_where_less_is_better():
    result = compute(
        [[11.0], [-1.0]], {"step": "normalise", "method": "goalposts"}, goalposts=[[10, 0]], cap=["best"]
    )
    np.testing.assert_allclose(result.cube.values[0, :, 0], [-10, 100])


def test_capped_values_are_flagged_and_counted():
    result = compute([[-1.0], [5.0]], {"step": "normalise", "method": "goalposts"}, goalposts=[[0, 10]])
    assert result.cube.flags[0, :, 0].tolist() == [int(Flag.CAPPED), 0]
    assert [one.message for one in result.stages[0].result.decisions] == [
        "a: 1 values beyond its goalposts are taken as the goalpost."
    ]


@pytest.mark.parametrize("method", ["minmax", "zscore", "distance_to_max"])
def test_indicator_that_does_not_vary_is_refused_by_name_and_period(method):
    with pytest.raises(InputError) as refused:
        compute([[[1.0, 2.0], [1.0, 3.0]]], {"step": "normalise", "method": method}, periods=("2020",))
    assert str(refused.value) == (
        f"column a: the indicator a cannot be normalised by {method} in 2020: its values do not vary enough."
    )


def test_each_indicator_can_have_its_own_method():
    step = {"step": "normalise", "indicators": {"b": {"method": "rank"}, "c": {"range": [1, 2]}}}
    result = compute([[1.0, 5.0, 0.0], [2.0, 9.0, 4.0], [3.0, 7.0, 2.0]], step)
    assert result.cube.values[0].T.tolist() == [[0, 50, 100], [1, 3, 2], [1, 2, 1.5]]


def test_reference_unit_that_is_not_there_is_refused():
    step = {"step": "normalise", "method": "distance_to_reference", "reference": "Z"}
    with pytest.raises(InputError, match="the reference unit “Z” is not in the data"):
        compute([[1.0], [2.0]], step)


def test_pooled_reference_is_the_units_latest_value():
    step = {"step": "normalise", "method": "distance_to_reference", "reference": "A", "pooled": True}
    values = [[[4.0], [0.0]], [[8.0], [2.0]], [[nan], [4.0]]]
    result = compute(values, step, periods=("2020", "2021", "2022"))
    assert result.cube.values[0, 0, 0] == 0.5
    assert result.cube.values[1, 0, 0] == 1.0


def test_pooled_treatment_judges_all_years_together():
    quiet = [[float(value)] for value in range(10)]
    loud = [[float(value)] for value in range(9)] + [[900.0]]
    alone = compute([quiet, loud], {"step": "treat", "limit": 1, "then": "none"}, periods=("2020", "2021"))
    pooled = compute(
        [quiet, loud], {"step": "treat", "limit": 1, "then": "none", "pooled": True}, periods=("2020", "2021")
    )
    assert alone.cube.values[1].max() == 8.0
    assert pooled.cube.values[1].max() == 9.0
    assert [one.period for one in pooled.stages[0].result.decisions] == [""]
    assert [one.period for one in alone.stages[0].result.decisions] == ["2020", "2021"]


def test_limit_can_be_a_share_of_the_values():
    values = [[float(value)] for value in range(18)] + [[500.0], [900.0]]
    step = {"step": "treat", "then": "none", "limit_share": 0.05}
    assert compute(values, step).cube.values.max() == 500.0
    assert compute(values, {**step, "limit_share": 0.1}).cube.values.max() == 17.0


def test_likeliest_power_of_log_normal_values_is_near_zero():
    values = np.exp(np.random.default_rng(1).normal(size=(1, 2000)))
    found = box_cox_best(values)[0]
    np.testing.assert_allclose(found, np.log(values[0]), atol=0.5)
    assert abs(np.corrcoef(found, np.log(values[0]))[0, 1] - 1) < 1e-3


def test_skipped_indicator_is_left_alone():
    values = [[float(value)] for value in (*range(9), 4000)]
    step = {"step": "treat", "indicators": {"a": {"skip": True}}}
    assert compute(values, step).cube.values.max() == 4000.0


def test_cube_refuses_arrays_that_do_not_fit():
    with pytest.raises(ValueError, match="a code stands twice"):
        Cube.of(np.ones((2, 1)), ["A", "A"], ["a"])
    with pytest.raises(ValueError, match="cannot reshape"):
        Cube.of(np.ones((2, 2)), ["A", "B"], ["a"])


def test_values_of_a_cube_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        cube([[1.0]]).values[0, 0, 0] = 2.0
