"""The band of probabilities in which people are asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment import Basis, Decision, Direction, Link, decide
from actionlines.alignment.decision import Band, band, bands

LINK = Link("sdg", "1", Basis.LEXICON, 0.5)


@pytest.mark.parametrize("framework", ["sdg", "wsis", "gdc"])
def test_band_is_met_exactly(framework):
    held = band(framework)
    found = [
        decide(replace(LINK, framework=framework, probability=p))
        for p in (held.no - 1e-9, held.no, held.yes - 1e-9, held.yes)
    ]
    assert found == [Decision.NO, Decision.ASK, Decision.ASK, Decision.YES]


def test_framework_without_numbers_has_those_of_any():
    assert band("itu-d-2020") == bands()["any"]


@given(st.floats(0.3, 1))
def test_setback_and_suggestion_always_go_to_people(probability):
    link = replace(LINK, probability=probability)
    assert decide(replace(link, direction=Direction.AGAINST)) is Decision.ASK
    assert decide(replace(link, basis=Basis.MATRIX)) is Decision.ASK
    assert decide(replace(link, basis=Basis.DECLARED)) is Decision.YES


def test_band_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no band"):
        Band(yes=0.2, no=0.3)
