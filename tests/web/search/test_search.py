"""Search finds what a reader would call the same word, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines_web.search import queries
from actionlines_web.search.actions import index_entries, remove_entries
from actionlines_web.search.queries import (
    common_ids,
    expression,
    matching_among,
    ranked_ids,
    some_matching,
)

TEXTS = {
    1: ("Télésanté rurale", "Les dispensaires consultent des médecins."),
    2: ("Broadband for schools", "Telemedicine is not part of it; schools are."),
    3: ("الصحة الإلكترونية", "تحسين الخدمات في البُلدان النامية"),
    4: ("数字健康平台", "为农村地区提供远程医疗服务"),
    5: ("Проекты связи", "Сельские школы подключены к сети"),
    6: ("School radio", "Pupils make programmes."),
}


@pytest.fixture
def indexed(db: None) -> None:
    index_entries((key, title, f"{title}\n{body}") for key, (title, body) in TEXTS.items())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("telesante", [1]),
        ("MÉDECINS", [1]),
        ("البلدان", [3]),
        ("بلدان", [3]),
        ("远程医疗", [4]),
        ("健康", [4]),
        ("проект", [5]),
        ("school", [2, 6]),
        ("schools broad", [2]),
        ("school nothing-like-it", []),
    ],
)
def test_a_word_is_found_in_any_of_the_six_languages(indexed: None, words: str, found: list[int]) -> None:
    assert sorted(ranked_ids(words)) == found


def test_a_word_in_the_title_ranks_before_the_same_word_in_the_text(db: None) -> None:
    index_entries(
        [(1, "A network", "A network for a school."), (2, "A school", "A school for a network of pupils.")]
    )
    assert ranked_ids("school") == [2, 1]
    assert ranked_ids("network") == [1, 2]


def test_an_entry_indexed_again_is_found_under_its_new_words_only(indexed: None) -> None:
    index_entries([(1, "Autre chose", "Autre chose")])
    assert ranked_ids("telesante") == []
    assert ranked_ids("autre") == [1]
    remove_entries([1])
    assert ranked_ids("autre") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_no_text_a_reader_types_breaks_the_search(indexed: None, words: str) -> None:
    assert isinstance(ranked_ids(words) if expression(words) else [], list)


@pytest.mark.django_db
def test_a_word_that_very_many_hold_is_looked_up_as_it_stands(
    indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(ranked_ids("school")) == [2, 6]
    assert sorted(ranked_ids("te")) == []
    # From two entries on a word counts as common: "school" stands in one, "schools" in one, "rurale" in one.
    monkeypatch.setattr(queries, "MOST_FOUND", 0)
    assert sorted(ranked_ids("school")) == [6]
    assert sorted(ranked_ids("schools")) == [2]


@pytest.mark.django_db
def test_matches_of_common_words_come_with_titles_first_and_the_newest_first(db: None) -> None:
    index_entries(
        [
            (1, "A school", "A school for all."),
            (2, "A network", "A network for a school."),
            (3, "Another school", "Pupils."),
            (4, "A village", "A village without."),
        ]
    )
    assert common_ids("school") == [3, 1, 2]
    assert sorted(some_matching("school")) == [1, 2, 3]
    assert matching_among("school", [2, 4]) == [2]
    assert ranked_ids("school", [2, 3]) == [3, 2]
