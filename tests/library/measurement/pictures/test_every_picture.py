"""What holds for every picture."""

import json

import pytest

from actionlines.measurement.pictures import ENGLISH, KINDS, ranked
from actionlines.measurement.pictures.style import contrast, wrapped
from actionlines.palette import DIVERGING, HUES, INK, PAPER
from library.measurement.pictures import drawn

SMALL = drawn.pictures(drawn.small(), drawn.varied(), "AAA", "2023")
every_kind = pytest.mark.parametrize("found", SMALL, ids=lambda one: one.kind)


def test_there_is_one_of_each_kind():
    assert tuple(one.kind for one in SMALL) == KINDS


@every_kind
def test_the_schema_of_vega_lite_knows_it(found):
    drawn.check_schema(found)


@every_kind
def test_it_is_json_without_nan(found):
    assert json.loads(json.dumps(found.document, allow_nan=False)) == found.document


@every_kind
def test_rows_have_every_column(found):
    assert found.rows
    assert all(set(found.columns) <= set(row) for row in found.rows)


@every_kind
def test_the_document_says_what_one_sees_and_the_table(found):
    assert found.document["description"] == found.alternative
    assert found.document["usermeta"]["table"]["rows"] == [dict(row) for row in found.rows]
    assert " ".join(found.specification["title"]["text"]) == found.title


def test_it_is_the_same_every_time():
    again = drawn.pictures(drawn.small(), drawn.varied(), "AAA", "2023")
    assert [one.document for one in again] == [one.document for one in SMALL]


def test_titles_are_in_the_language_and_words_are_the_callers():
    words = {key: f"{template}!" for key, template in ENGLISH.items()}
    found = drawn.pictures(drawn.small(), drawn.varied(), "AAA", "2023", words=words, language="fr")
    for one in found:
        assert one.title.startswith(("Petit indice", "Aland, Petit indice"))
        assert one.title.endswith("!")
        assert one.alternative.endswith("!")
        assert all(
            heading.endswith("!") or key in ("P", "Q", *"abcd") for key, heading in one.columns.items()
        )


def test_a_word_no_picture_says_is_refused():
    with pytest.raises(ValueError, match="no picture says nonsense"):
        ranked(drawn.small(), words={"nonsense": "?"})


def test_names_keep_their_direction_in_a_right_to_left_title():
    found = ranked(drawn.small(), language="ar")
    assert found.title == "\u2068Small index\u2069 \u20682024\u2069: scores"
    assert found.specification["title"]["text"] == [f"\u2067{found.title}\u2069"]


def test_text_is_read_on_every_ground():
    assert min(contrast(PAPER, hue) for hue in HUES) >= 4.5
    assert min(contrast(INK, ground) for ground in DIVERGING) >= 4.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("internationalisation", ["internationalisation"]),
        ("信息通信技术", ["信息通信", "技术"]),
        ("", [""]),
    ],
)
def test_lines_break_at_words_or_chinese_characters(text, lines):
    assert wrapped(text, 8) == lines


def test_too_many_lines_end_in_an_ellipsis():
    assert wrapped("aa bb cc dd", 2, 2) == ["aa", "b…"]
