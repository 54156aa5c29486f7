"""Points are functions of the seed and their number."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.qmc import Sobol

from actionlines.measurement.uncertainty import Errors, Noise
from actionlines.measurement.uncertainty.design import Enumerated, Sampled
from actionlines.measurement.uncertainty.factor import Choice
from actionlines.measurement.uncertainty.points import MOST_DIMENSIONS, Points, streams
from library.measurement.uncertainty import small


def test_points_are_scipys_half_a_step_off_zero() -> None:
    expected = Sobol(3, scramble=True, rng=np.random.default_rng(7)).random(16)
    assert (Points(3, 7).rows(0, 16) == expected + 2.0**-31).all()


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(0, 5))
def test_points_do_not_depend_on_how_they_are_asked_for(sizes: list[int], seed: int) -> None:
    whole = Points(2, seed).rows(0, sum(sizes))
    edges = np.cumsum([0, *sizes])
    one_after_another = Points(2, seed)
    parts = [one_after_another.rows(int(start), int(stop)) for start, stop in pairwise(edges)]
    assert (np.concatenate(parts) == whole).all()
    backwards = Points(2, seed)
    for start, stop in reversed(list(pairwise(edges))):
        assert (backwards.rows(int(start), int(stop)) == whole[start:stop]).all()


def test_another_seed_gives_other_points() -> None:
    assert (Points(2, 1).rows(0, 8) != Points(2, 2).rows(0, 8)).all()


def test_streams_are_one_for_each_row_factor_and_side() -> None:
    rows = np.array([3, 4, 5])
    whole = streams(1, 0, 0, rows, 4)
    assert (streams(1, 0, 0, rows[1:], 4) == whole[1:]).all()
    for other in (streams(2, 0, 0, rows, 4), streams(1, 1, 0, rows, 4), streams(1, 0, 1, rows, 4)):
        assert (other != whole).all()


def test_errors_of_more_cells_than_sobol_points_have_dimensions_are_streamed() -> None:
    computed = small.result(small.cube(np.tile(small.VALUES, (900, 1, 1)), tuple(map(str, range(900)))))
    factors = (Noise("weights", ("P", "Q")), Errors("errors", absolute=1.0))
    one, two = (
        Sampled(factors, computed.source, computed.specification.tree, 5, sides)
        for sides in (((0, 0),), ((0, 0), (1, 1)))
    )
    assert sum(one.widths) == 2 + 900 * 24 > MOST_DIMENSIONS
    assert one.streamed == two.streamed == {1}
    picks = one.picks(2, 4)
    assert picks.movings[0].deviates.shape == (1, 2, 900 * 24)
    assert np.abs(picks.movings[0].deviates).max() < 6
    assert picks.movings[0].deviates.std() == pytest.approx(1, abs=0.02)


def test_combinations_count_up_with_the_last_factor_fastest() -> None:
    factors = (Choice.of("one", "x", [1, 2]), Choice.of("two", "y", [1, 2, 3], [0.5, 0.25, 0.25]))
    design = Enumerated(factors)
    assert design.picks(0, 6).settings.tolist() == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    assert design.picks(4, 5).settings.tolist() == [[1, 1]]
    assert design.probabilities.tolist() == [0.25, 0.125, 0.125, 0.25, 0.125, 0.125]
