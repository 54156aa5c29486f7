"""Sentences, numbers, dates and plural forms in six languages."""

from datetime import date
from pathlib import Path

import pytest

from actionlines.problems import InputError
from actionlines.reports import wording as module
from actionlines.reports.wording import wording
from actionlines.text import LANGUAGES

ENGLISH = """
title = "A report on {name}"
[count]
one = "{n} entry"
other = "{n} entries"
"""


def words(language):
    return wording("contribution", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(language):
    assert words(language).messages.keys() == words("en").messages.keys()


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "1 entry"),
        ("en", 1234, "1,234 entries"),
        ("fr", 0, "0 initiative"),
        ("fr", 2, "2 initiatives"),
        ("fr", 1_000_000, "1\u202f000\u202f000 d’initiatives"),
        ("es", 1, "1 actividad"),
        ("ru", 21, "21 запись"),
        ("ru", 22, "22 записи"),
        ("ru", 11, "11 записей"),
        ("zh", 1, "1 个条目"),
        ("ar", 0, "لا مبادرة"),
        ("ar", 1, "مبادرة واحدة"),
        ("ar", 2, "مبادرتان"),
        ("ar", 3, "\u20663\u2069 مبادرات"),
        ("ar", 11, "\u206611\u2069 مبادرة"),
        ("ar", 100, "\u2066100\u2069 مبادرة"),
    ],
)
def test_plural_form_follows_the_number(language, number, expected):
    assert words(language).say("count.entries", n=number) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "1 نوفمبر 2026"),
        ("en", "1 November 2026"),
        ("es", "1 de noviembre de 2026"),
        ("fr", "1er novembre 2026"),
        ("ru", "1 ноября 2026\u202fг."),
        ("zh", "2026年11月1日"),
    ],
)
def test_day_is_written_out(language, expected):
    assert words(language).day(date(2026, 11, 1)) == expected


def test_french_day_beyond_the_first_is_a_plain_number():
    assert words("fr").day(date(2026, 11, 11)) == "11 novembre 2026"


def test_lists_join_as_the_language_does():
    assert words("en").list(["a", "b", "c"]) == "a, b and c"
    assert words("ar").list(["ا", "ب"]) == "ا وب"
    assert words("fr").list([]) == ""


def test_decimals_follow_the_language():
    assert words("fr").number(0.5) == "0,5"
    assert words("ar").number(0.5) == "\u20660.5\u2069"


def test_codes_are_isolated_from_right_to_left_text_only():
    assert words("ar").codes(["9.c", "1.4"]) == "\u20669.c\u2069، \u20661.4\u2069"
    assert words("en").codes(["9.c", "1.4"]) == "9.c, 1.4"


def test_name_of_the_other_direction_is_kept_together():
    assert words("ar").name("ITU (Geneva)") == "\u2068ITU (Geneva)\u2069"
    assert words("en").name("وزارة") == "\u2068وزارة\u2069"
    assert words("en").name("ITU") == "ITU"
    assert words("ar").name("") == ""


def test_value_with_braces_is_not_read_as_a_place():
    assert "{n}" in words("en").say("cover.region", region="{n}")


def test_unknown_language_is_refused():
    with pytest.raises(InputError, match="no report in the language 'de'"):
        wording("contribution", "de")


def faults(tmp_path: Path, translated: str, language: str = "fr") -> list[str]:
    for name in ("report.en.toml", f"report.{language}.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "kind.en.toml").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / f"kind.{language}.toml").write_text(translated, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        module.wording("kind", language, tmp_path)
    return [str(problem) for problem in caught.value.problems]


def test_missing_and_surplus_sentences_are_all_told(tmp_path):
    assert faults(
        tmp_path, 'other_title = "x"\n[count]\none = "{n} a"\nmany = "{n} d’a"\nother = "{n} as"\n'
    ) == [
        "kind.fr.toml, column title: the sentence is missing.",
        "kind.fr.toml, column other_title: the sentence is not in the English file.",
    ]


def test_missing_plural_form_is_told(tmp_path):
    assert faults(tmp_path, 'title = "Sur {name}"\n[count]\none = "{n} a"\nother = "{n} as"\n') == [
        "kind.fr.toml, column count: the forms are one, other. Expected: many, one, other."
    ]


def test_wrong_place_is_told(tmp_path):
    assert faults(tmp_path, 'title = "Sur {nom}"\n[count]\none = "un"\nmany = "{n} d’a"\nother = "as"\n') == [
        "kind.fr.toml, column count: the places are none. Expected: n.",
        "kind.fr.toml, column title: the places are nom. Expected: name.",
    ]
