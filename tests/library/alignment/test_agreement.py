"""Shares and bands of decisions against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.agreement import Share, bands, calibration_error


def test_share_has_the_interval_of_wilson_by_hand() -> None:
    # 8 of 10: (0.8 + 0.19207 ± 1.95996·sqrt(0.016 + 0.0096036)) / 1.384146 = 0.4902 … 0.9433.
    share = Share(8, 10)
    assert (share.share, round(share.low, 4), round(share.high, 4)) == (0.8, 0.4902, 0.9433)


def test_share_of_nothing_says_nothing() -> None:
    assert (Share(0, 0).share, Share(0, 0).low, Share(0, 0).high) == (None, 0.0, 1.0)


def test_bands_take_their_start_and_the_last_takes_one() -> None:
    found = bands([(0.0, False), (0.3, True), (0.5, True), (0.5999, False), (1.0, True)])
    assert [band.share.decided for band in found] == [1, 0, 0, 1, 0, 2, 0, 0, 0, 1]
    assert found[5].share.accepted == 1
    assert found[5].expected == pytest.approx(0.54995)
    assert found[1].expected is None


@given(st.integers(0, 100))
def test_every_hundredth_falls_into_the_band_it_is_read_in(hundredth: int) -> None:
    found = bands([(hundredth / 100, True)], count=100)
    assert [place for place, band in enumerate(found) if band.share.decided] == [min(99, hundredth)]


def test_a_probability_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1\.5"):
        bands([(1.5, True)])


def test_calibration_error_by_hand() -> None:
    # Band .5: two of mean .55, one accepted: .05 apart. Band .9: two of .95, both accepted: .05. Together .05.
    assert calibration_error(
        bands([(0.55, True), (0.55, False), (0.95, True), (0.95, True)])
    ) == pytest.approx(0.05)
    assert calibration_error(bands([])) is None
