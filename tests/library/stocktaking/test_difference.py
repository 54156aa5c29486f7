"""The difference of two texts: nothing is lost on either side, and it reads by words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking.difference import Change, word_changes

texts = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(["a", "bc", " ", "\n", "学", "校", "ش", "-"])).map("".join)
)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(item.before for item in changes) == before
    assert "".join(item.after for item in changes) == after


@given(texts, texts)
def test_stretches_alternate(before: str, after: str) -> None:
    kinds = [item.same for item in word_changes(before, after)]
    assert all(one != other for one, other in pairwise(kinds))


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [item.same for item in word_changes(text, text)] == ([True] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (
            "Nurses on twelve islands",
            "Nurses on fourteen islands",
            [("Nurses on ", "Nurses on "), ("twelve", "fourteen"), (" islands", " islands")],
        ),
        ("one two three", "uno dos three", [("one two", "uno dos"), (" three", " three")]),
        ("", "new", [("", "new")]),
        ("学校上网", "学校联网", [("学校", "学校"), ("上", "联"), ("网", "网")]),
    ],
)
def test_words_change_as_a_reader_sees_them(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert list(word_changes(before, after)) == [Change(*item) for item in changes]
