"""Agreement against values printed by its authors or worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.agreement import cohen_kappa, interval, krippendorff_alpha

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


def test_alpha_of_values_on_a_scale_is_the_one_its_author_prints() -> None:
    """The same four observers with squared differences: 0.849."""
    values = [[float(said) for said in unit] for unit in units(FOUR)]
    alpha = krippendorff_alpha(values, interval)
    assert alpha is not None
    assert round(alpha, 3) == 0.849


def test_alpha_on_a_scale_forgives_small_differences() -> None:
    near, far = [[1.0, 2.0], [9.0, 10.0]], [[1.0, 10.0], [2.0, 9.0]]
    # Expected of 1, 2, 9, 10: 2·4·65 = 520. Observed, twice the square in each pair: 2 + 2, or 162 + 98.
    assert krippendorff_alpha(near, interval) == pytest.approx(1 - 3 * 4 / 520)
    assert krippendorff_alpha(far, interval) == pytest.approx(1 - 3 * 260 / 520)
    assert krippendorff_alpha(near) == krippendorff_alpha(far)


@pytest.mark.parametrize(
    "said", [[], [[3.0, 3.0], [3.0, 3.0]], [[0.1] * 3, [0.1] * 3], [[1.0, 2.0]]], ids=str
)
def test_alpha_on_a_scale_is_not_defined_without_two_units_that_differ(said: list[list[float]]) -> None:
    assert krippendorff_alpha(said, interval) is None


@pytest.mark.parametrize(
    "said", [[], [[True]], [[True, False]], [[True, True], [True, True]], [[True], [False]]], ids=str
)
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
