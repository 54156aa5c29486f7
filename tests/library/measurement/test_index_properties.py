"""What must hold for every index, whatever its data."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from actionlines.measurement.cube import Cube, Flag
from actionlines.measurement.index import Index
from actionlines.measurement.ranking import ranks
from actionlines.measurement.specification import Specification
from small_index import LETTERS, compute, cube, document

nan = np.nan

# Whole numbers keep the sums of weights and values exact where the order of terms changes.
WHOLE = st.integers(-50, 50).map(float)
GAPPY = st.one_of(WHOLE, st.just(nan))
SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=7)
PIPELINE = (
    {"step": "impute", "method": "mean"},
    {"step": "treat"},
    {"step": "normalise", "method": "rank"},
    {"step": "aggregate"},
)


def tables(elements=GAPPY):
    return arrays(float, SHAPES, elements=elements)


def computed(data, *steps, **fields):
    return Index(Specification.of(document(len(data.indicators), *steps, **fields))).compute(data)


@given(tables(), st.randoms())
def test_the_order_of_units_does_not_matter(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    for method in ("arithmetic", "median", "copeland"):
        steps = (*PIPELINE[:-1], {"step": "aggregate", "method": method})
        whole, shuffled = computed(cube(table), *steps), computed(cube(table[order]), *steps)
        np.testing.assert_allclose(shuffled.scores()[0], whole.scores()[0][order], rtol=1e-12, equal_nan=True)


@given(tables(), st.randoms())
def test_the_order_of_indicators_does_not_matter(table, random):
    order = list(range(table.shape[1]))
    random.shuffle(order)
    data = cube(table)
    codes = [LETTERS[place] for place in order]
    whole = document(table.shape[1], *PIPELINE)
    other = {**whole, "indicators": [whole["indicators"][place] for place in order]}
    first = Index(Specification.of(whole)).compute(data)
    second = Index(Specification.of(other)).compute(data)
    assert second.cube.indicators[:-1] == tuple(codes)
    np.testing.assert_allclose(second.scores(), first.scores(), rtol=1e-12, equal_nan=True)


@given(tables(WHOLE))
def test_a_flipped_direction_mirrors_the_scale(table):
    varying = table[:, np.ptp(table, axis=0) > 0]
    if not varying.shape[1]:
        return
    count = varying.shape[1]
    up = compute(varying, {"step": "normalise"}).cube.values
    down = compute(varying, {"step": "normalise"}, direction=[-1] * count).cube.values
    negated = compute(-varying, {"step": "normalise"}, direction=[-1] * count).cube.values
    np.testing.assert_allclose(up + down, 100.0, rtol=1e-12)
    np.testing.assert_allclose(negated, up, rtol=1e-12)


@given(tables(WHOLE), st.integers(1, 1000), st.integers(-1000, 1000))
def test_minmax_does_not_see_unit_and_origin(table, scale, shift):
    varying = table[:, np.ptp(table, axis=0) > 0]
    if varying.shape[1]:
        first = compute(varying, {"step": "normalise"}).cube.values
        second = compute(varying * scale + shift, {"step": "normalise"}).cube.values
        np.testing.assert_allclose(second, first, rtol=1e-9, atol=1e-9)


@given(
    arrays(float, (4, 3), elements=st.integers(1, 50).map(float)),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(1, 9),
)
def test_a_better_value_never_lowers_a_units_score(table, unit, indicator, gain):
    better = table.copy()
    better[unit, indicator] += gain
    for method in ("arithmetic", "geometric", "harmonic", "median", "copeland", "mean_min"):
        step = {"step": "aggregate", "method": method}
        before, after = compute(table, step).scores()[0, unit], compute(better, step).scores()[0, unit]
        assert after >= before - 1e-12 * abs(before), method


@given(arrays(float, (3, 4), elements=st.one_of(st.integers(1, 9).map(float), st.just(nan))))
def test_a_missing_value_is_never_a_zero(table):
    for method in ("arithmetic", "geometric", "harmonic", "median", "mazziotta_pareto", "mean_min"):
        scores = compute(table, {"step": "aggregate", "method": method, "penalty": 1}).scores()[0]
        for row, score in zip(table, scores, strict=True):
            there = row[~np.isnan(row)]
            if len(there):
                # A mean of positive values over a missing one taken for 0 would fall below the least of them.
                alone = compute([there], {"step": "aggregate", "method": method, "penalty": 1}).scores()[0, 0]
                np.testing.assert_allclose(score, alone, rtol=1e-12)
            else:
                assert np.isnan(score)


@given(
    arrays(float, 5, elements=st.one_of(st.integers(0, 9).map(float), st.just(nan))),
    st.lists(st.integers(1, 9), min_size=5, max_size=5),
)
def test_the_weight_of_absent_cells_is_shared_by_the_others(row, weights):
    found = compute([row], {"step": "aggregate"}, weight=weights).scores()[0, 0]
    there = ~np.isnan(row)
    if there.any():
        wanted = np.average(row[there], weights=np.array(weights)[there])
        np.testing.assert_allclose(found, wanted, rtol=1e-14)
    else:
        assert np.isnan(found)


@given(tables())
def test_every_missing_score_has_a_reason(table):
    result = compute(table, {"step": "aggregate", "availability": 0.5})
    missing = {one.unit for one in result.missing()}
    scores = dict(zip(result.cube.units, result.scores()[0], strict=True))
    assert missing == {unit for unit, score in scores.items() if np.isnan(score)}
    assert all(one.reason for one in result.missing())
    enough = np.ceil(table.shape[1] / 2)
    assert [not np.isnan(score) for score in scores.values()] == (
        (~np.isnan(table)).sum(axis=1) >= enough
    ).tolist()


@given(tables())
def test_a_draw_gives_what_the_same_data_give_alone(table):
    data = cube(table)
    specification = Specification.of(document(table.shape[1], *PIPELINE))
    alone = Index(specification).compute(data).cube.values
    from dataclasses import replace

    done = replace(data, values=np.stack([data.values, data.values + 1, data.values]))
    for step in specification.bound:
        done = step(done).cube
    np.testing.assert_array_equal(done.values[0], alone)
    np.testing.assert_array_equal(done.values[2], alone)


@given(
    tables(st.integers(1, 50).map(float)),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "median", "mazziotta_pareto", "mean_min"]),
)
def test_contributions_sum_to_the_score(table, method):
    result = compute(table, {"step": "aggregate", "method": method})
    np.testing.assert_allclose(result.contributions().sum(axis=-1), result.scores(), rtol=1e-9)


@given(arrays(float, (2, 4, 3), elements=st.one_of(st.integers(1, 50).map(float), st.just(nan))))
def test_parts_of_a_change_sum_to_it(values):
    result = compute(values, {"step": "aggregate"}, periods=("2020", "2021"), weight=[1, 2, 3])
    found = result.change("2020", "2021")
    both = ~np.isnan(found.before) & ~np.isnan(found.after)
    common = (~np.isnan(values).any(axis=0)).any(axis=1)
    chosen = both & common
    total = found.parts.sum(axis=1) + found.coverage
    np.testing.assert_allclose(total[chosen], (found.after - found.before)[chosen], atol=1e-10)
    np.testing.assert_allclose(found.rest[chosen], 0.0, atol=1e-10)


@given(arrays(float, st.integers(1, 12), elements=st.one_of(st.integers(0, 4).map(float), st.just(nan))))
def test_ranks_agree_with_counting(values):
    for place, value in enumerate(values):
        if np.isnan(value):
            assert np.isnan(ranks(values)[place])
            continue
        below, equal = int((values < value).sum()), int((values == value).sum())
        assert ranks(values)[place] == below + 1
        assert ranks(values, ties="max")[place] == below + equal
        assert ranks(values, ties="average")[place] == below + (equal + 1) / 2
        assert ranks(values, descending=True)[place] == int((values > value).sum()) + 1


@given(tables())
def test_flags_say_missing_exactly_where_there_is_no_value(table):
    result = computed(cube(table), *PIPELINE)
    for stage in result.stages:
        missing = (stage.result.cube.flags & int(Flag.MISSING)) != 0
        np.testing.assert_array_equal(missing, np.isnan(stage.result.cube.values))


@given(tables(WHOLE))
def test_equal_data_have_equal_keys_and_other_data_have_others(table):
    first, again = (computed(cube(table.copy()), *PIPELINE) for _ in range(2))
    assert [one.key for one in first.stages] == [one.key for one in again.stages]
    other = table.copy()
    other[0, 0] += 1
    assert computed(cube(other), *PIPELINE).key != first.key


def test_input_cube_is_never_changed():
    data = cube([[1.0, nan], [2.0, 3.0], [90.0, 4.0]])
    before = Cube.of(data.values.copy(), data.units, data.indicators).fingerprint
    computed(data, *PIPELINE)
    assert Cube.of(data.values.copy(), data.units, data.indicators).fingerprint == before
