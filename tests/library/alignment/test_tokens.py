import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.alignment.language import detect_language
from actionlines.alignment.lexicon import reader
from actionlines.alignment.morphology import STEMMERS
from actionlines.alignment.tokens import BREAK
from actionlines.text import LANGUAGES, fold


@settings(deadline=None)  # the first text of a language loads its lexicon
@given(st.sampled_from(LANGUAGES), st.text(max_size=80))
def test_places_are_in_order_and_inside_the_text(language, text):
    tokens = reader(language).tokenizer(text)
    assert len(tokens.stems) == len(tokens.starts) == len(tokens.ends)
    edges = [edge for pair in zip(tokens.starts, tokens.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_words_written_with_separate_accents_are_one_word():
    assert reader("fr").tokenizer("e\u0301cole").stems == reader("fr").tokenizer("école").stems == ("ecol",)


def test_decimals_do_not_end_a_sentence():
    assert BREAK not in reader("en").tokenizer("9.c and 3.5 per cent").stems


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["city", "cities"]),
        ("en", ["class", "classes"]),
        ("en", ["farmer", "farmers"]),
        ("fr", ["professionnel", "professionnelle", "professionnels", "professionnelles"]),
        ("fr", ["régional", "régionale", "régionaux"]),
        ("fr", ["actif", "active", "actifs"]),
        ("es", ["rural", "rurales"]),
        ("es", ["niño", "niña", "niños", "niñas"]),
        ("es", ["red", "redes"]),
        ("ru", ["школа", "школы", "школе", "школу", "школах", "школами"]),
        ("ru", ["цифровой", "цифровая", "цифровые", "цифровых"]),
        ("ar", ["مدرسة", "المدرسة", "والمدرسة", "للمدرسة"]),
        ("ar", ["معلم", "معلمين", "المعلمون", "معلمات"]),
    ],
)
def test_forms_of_a_word_meet(language, forms):
    assert len({STEMMERS[language](fold(form)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "news", "new"), ("en", "bus", "bu"), ("fr", "mère", "mer"), ("en", "status", "statu")],
)
def test_different_words_stay_apart(language, one, other):
    assert STEMMERS[language](fold(one)) != STEMMERS[language](fold(other))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The village has a telecentre.", "en"),
        ("Le village a un télécentre.", "fr"),
        ("El pueblo tiene un telecentro.", "es"),
        ("В селе есть телецентр.", "ru"),
        ("في القرية مركز اتصالات.", "ar"),
        ("村里有一个信息中心。", "zh"),
        ("", ""),
        ("12 345 – …", ""),
    ],
)
def test_language_is_detected_among_the_six(text, language):
    assert detect_language(text) == language
