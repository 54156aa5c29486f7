"""Texts nobody would wish for: an answer or none, never an exception."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.alignment import align
from actionlines.alignment.explanation import explain
from actionlines.alignment.lexicon import FRAMEWORKS
from actionlines.cli import main
from actionlines.text import LANGUAGES, without_controls

SCHOOL = "Girls go to school, teachers are trained and education reaches the villages."


STAGES = pytest.mark.parametrize("semantic", [False, True], ids=["core", "semantic"])


def nodes(text, **said):
    return {f"{link.framework}:{link.node}" for link in align(text, frameworks=FRAMEWORKS, **said)}


@STAGES
@pytest.mark.parametrize("language", ["", "en", "zh"])
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "...", "2030", "👩🏽‍🌾🌍🚀", "\u200b\ufeff", "\x00\x07", "—–―", "🇫🇷"]
)
def test_text_without_a_letter_has_no_link(text, language, semantic):
    assert align(text, language=language, frameworks=FRAMEWORKS, semantic=semantic) == []


@STAGES
@pytest.mark.parametrize(
    ("word", "node"),
    [
        ("Poverty", "sdg:1"),
        ("pauvreté", "sdg:1"),
        ("贫困", "sdg:1"),
        ("бедность", "sdg:1"),
        ("الفقر", "sdg:1"),
        ("pobreza", "sdg:1"),
    ],
)
def test_one_word_has_its_link(word, node, semantic):
    language = {"P": "en", "pa": "fr", "贫": "zh", "б": "ru", "ا": "ar", "po": "es"}
    said = next(code for start, code in language.items() if word.startswith(start))
    assert node in nodes(word, language=said, semantic=semantic)


@STAGES
def test_emoji_alone_among_words_leave_the_first_goal(semantic):
    found = align(
        "👩‍🏫 " + SCHOOL.replace(" ", " 🌍 "), language="en", frameworks=("sdg",), semantic=semantic
    )
    assert max(found, key=lambda link: link.probability).node == "4"


def test_emoji_between_words_change_nothing():
    assert nodes("👩‍🏫 " + SCHOOL.replace(" ", " 🌍 "), language="en") == nodes(SCHOOL, language="en")


def test_ten_megabytes_on_one_line_are_read_in_portions():
    text = (SCHOOL[:-1] + " ") * (10_000_000 // len(SCHOOL))
    assert len(text) > 9_900_000
    part = text[: 2 * 2_500]
    assert nodes(text[:200_000], language="en") == nodes(part, language="en")


@STAGES
def test_long_line_has_the_goals_of_its_portions(semantic):
    text = (SCHOOL[:-1] + " ") * (12_000 // len(SCHOOL))
    assert "sdg:4" in nodes(text, language="en", semantic=semantic)
    assert nodes("x" * 6_000, semantic=semantic, language="en") is not None


def test_line_of_ten_megabytes_without_a_blank_is_read():
    assert nodes("x" * 10_000_000) == set()
    assert nodes("学" * 100_000, language="zh") == set()


@STAGES
def test_mixed_scripts_give_the_links_of_the_language_read(semantic):
    mixed = "Girls go to school والفقر бедность 贫困 and teachers are trained."
    assert "sdg:4" in nodes(mixed, language="en", semantic=semantic)
    assert nodes(mixed, semantic=semantic) is not None


@STAGES
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_declared_language_gives_an_answer(language, semantic):
    for text in (SCHOOL, "不同语言的文本：学校和教师。"):
        for link in align(text, language=language, semantic=semantic):
            assert all(text[span.start : span.end] == span.text for span in link.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Girls go to school, teach-\ners are trained and educa-\ntion reaches the villages.",
        "Girls go to school, teach-\r\ners are trained and educa‐\r\ntion reaches the villages.",
        "Girls go to school, teach\u00aders are trained and edu\u00adca\u00adtion reaches the villages.",
    ],
)
def test_words_broken_by_hyphens_are_read_as_one(text):
    found = {(link.framework, link.node): link for link in align(text, language="en")}
    assert {f"{framework}:{node}" for framework, node in found} == nodes(SCHOOL, language="en")
    assert any("-\n" in span.text or "\u00ad" in span.text or "‐" in span.text or "-\r" in span.text
               for span in found["sdg", "4"].evidence)  # fmt: skip


@STAGES
def test_noise_of_a_scanner_leaves_the_first_goal(semantic):
    noisy = "Girls g0 to sch00l, teach-\ners are tra1ned ~ | and educa-\ntion reaches the vil1ages. ¬ ii"
    found = align(noisy, language="en", frameworks=("sdg",), semantic=semantic)
    assert max(found, key=lambda link: link.probability).node == "4"


def test_hyphen_of_a_compound_stays_a_boundary():
    assert nodes("low-income households", language="en") == nodes("low income households", language="en")


@STAGES
def test_markup_leaves_the_first_goal(semantic):
    marked_up = f"<p class='school'><b>{SCHOOL}</b></p> <script>alert(1)</script> &nbsp; [x](http://a.b)"
    found = align(marked_up, language="en", frameworks=("sdg",), semantic=semantic)
    assert max(found, key=lambda link: link.probability).node == "4"


def test_markup_is_no_word():
    marked_up = f"<p class='school'><b>{SCHOOL}</b></p> <script>alert(1)</script> &nbsp; [x](http://a.b)"
    # The words of the link dilute the text: what was hardly worth telling before may fall below it.
    surer = {
        f"{link.framework}:{link.node}" for link in align(SCHOOL, language="en") if link.probability > 0.1
    }
    assert "sdg:4" in surer
    assert surer <= nodes(marked_up, language="en")


@given(
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.sampled_from(LANGUAGES),
)
@settings(deadline=None, max_examples=200)
def test_no_text_raises(text, language):
    for link in align(text, language=language, frameworks=FRAMEWORKS):
        assert 0 < link.probability < 1
        assert all(text[span.start : span.end] == span.text for span in link.evidence)
    assert explain(text, "sdg", "4", language=language).node == "4"


@given(
    st.text(st.characters(exclude_categories=()), max_size=100),
    st.sampled_from(LANGUAGES),
)
@settings(deadline=None, max_examples=30)
def test_no_text_raises_where_the_meaning_is_read(text, language):
    for link in align(text, language=language, frameworks=FRAMEWORKS, semantic=True):
        assert 0 < link.probability < 1
        assert all(text[span.start : span.end] == span.text for span in link.evidence)


@STAGES
@pytest.mark.parametrize(("text", "language"), [("a", "en"), ("of the", "en"), ("и", "ru"), ("de la", "es")])
def test_nothing_but_small_words_is_linked_to_nothing(text, language, semantic):
    assert align(text, language=language, semantic=semantic) == []


@STAGES
def test_half_a_character_changes_nothing(semantic):
    found = align("\ud800 " + SCHOOL, language="en", frameworks=("sdg",), semantic=semantic)
    assert max(found, key=lambda link: link.probability).node == "4"


def test_controls_become_blanks_and_offsets_stay():
    assert without_controls("a\x00b\x1b[0m\u202ec\td\r\n") == "a b [0m c\td\r\n"


@STAGES
@pytest.mark.parametrize("shape", ["json", "jsonl", "csv", "html"])
def test_controls_stay_out_of_every_output(capsys, tmp_path, shape, semantic):
    path = tmp_path / "a.txt"
    path.write_text(
        "Girls\x1b[31m go to school\x07 and\u202e teachers\x7f are\x9b trained.", encoding="utf-8"
    )
    asked = ["--semantic"] if semantic else []
    assert main(["align", str(path), "--format", shape, "--lang", "en", *asked]) == 0
    out = capsys.readouterr().out
    assert without_controls(out) == out
    assert "\\u001b" not in out
    assert "school" in out


@STAGES
def test_text_with_nothing_to_read_says_so(capsys, tmp_path, semantic):
    path = tmp_path / "a.csv"
    path.write_text("id,title,description\n1,12,🌍\n2,School,Girls go to school.\n", encoding="utf-8")
    assert main(["align", str(path), *(["--semantic"] if semantic else [])]) == 0
    assert [row.get("note") for row in json.loads(capsys.readouterr().out)] == ["not enough text", None]
