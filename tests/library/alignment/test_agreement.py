"""Agreement against values printed by its authors or worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.agreement import Share, bands, calibration_error, cohen_kappa, krippendorff_alpha

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): two observers and ten units; then four
# observers and twelve units, "." where one did not judge.
TWO = ("0100000010", "1110010000")
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(rows: tuple[str, ...]) -> list[list[str]]:
    """What was said of each unit."""
    return [[said for said in unit if said != "."] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "printed"), [(TWO, 0.095), (FOUR, 0.743)])
def test_alpha_is_the_one_its_author_prints(rows: tuple[str, ...], printed: float) -> None:
    alpha = krippendorff_alpha(units(rows))
    assert alpha is not None
    assert round(alpha, 3) == printed


def test_alpha_by_hand_from_four_links_of_two_reviewers() -> None:
    # Values 5 × yes, 3 × no; one pair differs (coincidences 1 + 1). Observed 2/8; expected 2·5·3/(8·7) = 30/56.
    alpha = krippendorff_alpha([(True, True), (True, True), (False, False), (True, False)])
    assert alpha == pytest.approx(float(1 - Fraction(2, 8) / Fraction(30, 56)))


@pytest.mark.parametrize("said", [[], [[True]], [[True, True], [True, True]], [[True], [False]]], ids=str)
def test_alpha_is_not_defined_without_two_values_to_compare(said: list[list[bool]]) -> None:
    assert krippendorff_alpha(said) is None


@given(st.lists(st.lists(st.booleans(), max_size=5), max_size=12))
def test_alpha_is_one_exactly_where_nobody_differs(said: list[list[bool]]) -> None:
    alpha = krippendorff_alpha(said)
    if alpha is not None:
        assert alpha <= 1 + 1e-12
        differs = any(len(set(values)) > 1 for values in said)
        assert (alpha == pytest.approx(1)) == (not differs)


def test_kappa_by_hand_from_fifty_links() -> None:
    # 20 both, 15 neither, 5 and 10 apart: observed 35/50; chance (25·30 + 25·20)/2500 = 1/2; kappa 0.2/0.5.
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [(True, True)] * 3], ids=["nothing judged", "one value throughout"])
def test_kappa_is_not_defined_without_variation(pairs: list[tuple[bool, bool]]) -> None:
    assert cohen_kappa(pairs) is None


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
