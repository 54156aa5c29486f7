"""What speaks for two entries being one project, and how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking import Entry
from actionlines.stocktaking.duplicates import compare, features, weights
from actionlines.stocktaking.duplicates.score import REASONS, signs

words = st.sampled_from(
    [
        "clinics",
        "on",
        "line",
        "for",
        "islands",
        "Nenasala",
        "Friendship",
        "doctors",
        "1250",
        "740",
        "2014",
        "école",
        "умный",
        "学校",
        "عيادات",
    ]
)
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)
entries = st.builds(
    Entry,
    id=st.sampled_from("ab"),
    title=texts,
    description=texts,
    language=st.sampled_from(["", "en", "fr"]),
    organisation=st.one_of(st.just(""), texts),
    country=st.sampled_from(["", "KEN", "FRA"]),
    website=st.sampled_from(["", "https://example.org/a", "https://example.org/b"]),
)
CLINICS = Entry(
    "a",
    "Clinics on line",
    "Doctors advise nurses on 1,250 islands with Friendship.",
    "en",
    "Ministry of Health",
    country="KEN",
    website="https://example.org/clinics",
)


@given(entries, entries)
def test_the_score_is_the_same_both_ways(one: Entry, other: Entry) -> None:
    there, back = compare(features(one), features(other)), compare(features(other), features(one))
    assert there.score == pytest.approx(back.score)
    assert 0 < there.score < 1


@given(entries, entries)
def test_signs_lie_between_none_and_full(one: Entry, other: Entry) -> None:
    found = signs(features(one), features(other))
    assert {
        name for name, value in found.items() if not (-1 if name == "country" else 0) <= value <= 1
    } == set()


def test_an_entry_sent_again_is_likely_the_same_for_reasons_in_words() -> None:
    found = compare(features(CLINICS), features(CLINICS), rare=frozenset({"clinics"}))
    assert found.likely
    assert {str(reason) for reason in found.reasons} == {
        "the titles are alike",
        "both titles hold the rare word clinics",
        "the website is the same",
        "the organisation is the same",
        "the country is the same",
        "both give the figures 1250",
        "both name friendship",
        "the descriptions are alike",
    }


def test_a_general_title_in_another_country_is_not_enough() -> None:
    one = Entry("a", "Telemedicine Project", "Doctors.", "en", "Ministry of Health", country="EGY")
    other = Entry("b", "Telemedicine Project", "Nurses.", "en", "University of Nairobi", country="KEN")
    assert compare(features(one), features(other)).score < weights().possible


def test_sentence_vectors_count_where_there_are_any() -> None:
    one, other = features(CLINICS), features(Entry("b", "Кабинеты", "Врачи.", "ru", country="KEN"))
    without, with_ = compare(one, other), compare(one, other, meaning=0.9)
    assert with_.score > without.score
    assert str(with_.reasons[0]) == "the texts mean the same"


def test_every_sign_has_a_weight_and_words() -> None:
    assert set(weights().signs) == set(REASONS)
