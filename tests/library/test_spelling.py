"""Misspelt words: candidates by trigrams, distances, words as they are written, Chinese runs."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actionlines.spelling import distance, likeness, nearest, slips, trigrams, without_each, written_words

WORDS = st.text(alphabet="abcdeé", max_size=9)


def recursive_distance(first: str, second: str) -> int:
    """The definition, as slow as it is plain."""
    if not first or not second:
        return len(first) + len(second)
    least = min(
        recursive_distance(first[:-1], second) + 1,
        recursive_distance(first, second[:-1]) + 1,
        recursive_distance(first[:-1], second[:-1]) + (first[-1] != second[-1]),
    )
    if first[-2:] == second[-2:][::-1] and len(first) > 1 and len(second) > 1:
        least = min(least, recursive_distance(first[:-2], second[:-2]) + 1)
    return least


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5), st.integers(0, 6))
def test_distance_is_that_of_the_definition(first: str, second: str, most: int) -> None:
    assert distance(first, second, most) == min(recursive_distance(first, second), most + 1)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(first: str, second: str) -> None:
    assert distance(first, second, 9) == distance(second, first, 9)


@given(WORDS, st.lists(WORDS))
def test_the_nearest_are_within_the_slips_and_in_order(word: str, candidates: list[str]) -> None:
    found = nearest(word, candidates)
    away = [distance(word, other, 9) for other in found]
    assert away == sorted(away)
    assert set(found) == {
        other for other in candidates if other != word and distance(word, other, 9) <= slips(word)
    }


@given(st.text(alphabet="abcdefgh", min_size=5, max_size=12), st.integers(0, 11), st.sampled_from("abcdefgh"))
def test_a_word_with_one_wrong_letter_shares_a_trigram(word: str, place: int, letter: str) -> None:
    assume(place < len(word))
    wrong = word[:place] + letter + word[place + 1 :]
    assert trigrams(word) & trigrams(wrong)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Télésanté rurale, 2024", {"telesante": "télésanté", "rurale": "rurale"}),
        ("الصحة في البُلدان", {"صحه": "الصحة", "بلدان": "البُلدان"}),
        ("Сельские школы", {"сельские": "сельские", "школы": "школы"}),
        ("数字健康平台 ICT4D", {}),
        ("Niñez y ÑANDÚ", {"ninez": "niñez", "nandu": "ñandú"}),
        ("a" * 41, {}),
    ],
)
def test_words_of_a_title_are_kept_as_they_are_written(title: str, words: dict[str, str]) -> None:
    assert written_words(title) == words


def test_a_chinese_run_is_found_with_one_character_exchanged() -> None:
    assert likeness("数字建康平台", "国家数字健康平台项目") == "数字健康平台"
    assert likeness("数字健康平台", "国家数字健康平台项目") == ""
    assert likeness("教育公平项目", "国家数字健康平台项目") == ""


def test_the_pairs_without_each_character() -> None:
    assert list(without_each("数字健康")) == [("字健", "健康"), ("健康",), ("数字",), ("数字", "字健")]
