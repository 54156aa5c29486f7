"""What every shipped edition must have."""

import pytest

from actionlines.measurement.files.editions import edition, edition_names
from actionlines.measurement.uncertainty import read_factors
from actionlines.text import LANGUAGES


def test_shipped_editions_are_these() -> None:
    assert edition_names() == (
        "idi-2011",
        "idi-2015",
        "idi-2016",
        "idi-2017",
        "idi-2023-2025",
        "uptake-demonstration",
    )


@pytest.mark.parametrize("name", edition_names())
def test_edition_says_its_sources_and_its_errata(name: str) -> None:
    specification = edition(name)
    assert all("ITU" in source for source in specification.sources)
    assert len(specification.sources) >= 1
    assert len(specification.errata) >= 3


@pytest.mark.parametrize("name", edition_names())
def test_every_title_is_there_in_six_languages(name: str) -> None:
    for node in edition(name).tree.nodes:
        assert set(node.title) == set(LANGUAGES), node.code


@pytest.mark.parametrize("name", edition_names())
def test_edition_names_factors_of_uncertainty(name: str) -> None:
    assert [factor.name.split(" of ")[0] for factor in read_factors(edition(name))] == [
        "weights",
        "weights",
        "mean",
    ]


def test_new_index_is_published_without_ranks_and_the_old_one_with() -> None:
    assert {name: edition(name).ranked for name in edition_names()} == {
        "idi-2011": True,
        "idi-2015": True,
        "idi-2016": True,
        "idi-2017": True,
        "idi-2023-2025": False,
        "uptake-demonstration": True,
    }
