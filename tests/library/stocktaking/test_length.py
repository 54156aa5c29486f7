"""How long a description should be."""

import pytest

from actionlines.stocktaking import WordRule, description_words, word_count
from actionlines.stocktaking.length import read_rule


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("", "en", 0),
        ("—…  !", "en", 0),
        ("Nasser’s e-health network reached 1,200 people.", "en", 6),
        ("L’accès à l’information", "fr", 3),
        ("مَدْرَسَةٌ في القرية", "ar", 3),
        ("Школы в деревнях", "ru", 3),
        ("农村学校上网项目", "zh", 5),
        ("农", "zh", 1),
        ("农村学校 wifi 2024", "zh", 4),
        ("The project 农村学校 began", "en", 5),
    ],
)
def test_words_are_counted_as_the_script_writes_them(text, language, count):
    assert word_count(text, language) == count


def test_rule_includes_both_its_bounds():
    rule = WordRule(2, 3)
    assert [rule.check("word " * count, "en") is None for count in range(1, 5)] == [False, True, True, False]


def test_rule_that_ships_asks_for_150_to_200_words_and_warns():
    assert description_words() == WordRule(150, 200, "warning")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"a.toml: \[words\] needs least, most and severity"),
        ("[words]\nleast = 1\nmost = 2", "needs least, most and severity"),
        ("[words]\nleast = '1'\nmost = 2\nseverity = 'off'", "a.toml: words.least = '1'"),
        ("[words]\nleast = 3\nmost = 2\nseverity = 'off'", "3–2 is no range"),
        ("[words]\nleast = 1\nmost = 2\nseverity = 'loud'", "“loud” is not one of warning, error, off"),
        ("[words", "a.toml: "),
    ],
)
def test_broken_rule_file_is_refused_by_name(tmp_path, text, said):
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        read_rule(path, "words")
