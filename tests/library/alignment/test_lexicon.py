"""The lexicon's files are sound and full enough; phrases meet inflections, the longest wins, strangers block."""

import pytest

from actionlines.alignment import lexicon
from actionlines.alignment.lexicon import reader
from actionlines.frameworks import catalogue
from actionlines.problems import InputError
from actionlines.text import LANGUAGES

GOALS = [node.code for node in catalogue().frameworks["sdg"].of_kind("goal")]
LINES = [node.code for node in catalogue().frameworks["wsis"].nodes if node.code != "C7"]


def phrases(language, framework):
    counts = {}
    for group in reader(language).lexicons[framework].heads.values():
        for phrase in group:
            for node in phrase.weights:
                counts[node] = counts.get(node, 0) + 1
    return counts


def spoken_for(text, framework="sdg", language="en"):
    reading = reader(language)
    tokens, denied = reading.read(text)
    hits = reading.lexicons[framework].find(tokens, denied)
    return {
        node: [text[tokens.starts[hit.first] : tokens.ends[hit.behind - 1]] for hit in found]
        for node, found in hits.items()
    }


@pytest.mark.parametrize(
    ("language", "least"), [("en", 25), ("fr", 25), ("es", 20), ("ar", 15), ("ru", 15), ("zh", 15)]
)
def test_every_goal_and_every_line_has_words(language, least):
    goals, lines = phrases(language, "sdg"), phrases(language, "wsis")
    assert {goal: goals.get(goal, 0) for goal in GOALS if goals.get(goal, 0) < least} == {}
    assert {line: lines.get(line, 0) for line in LINES if lines.get(line, 0) < least} == {}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "zh"])
def test_no_phrase_is_a_single_letter(language):
    for framework in lexicon.FRAMEWORKS:
        for group in reader(language).lexicons[framework].heads.values():
            assert [phrase.stems for phrase in group if len("".join(phrase.stems)) < 2] == []


@pytest.mark.parametrize(
    ("language", "text", "node"),
    [
        ("en", "schools", "4"),
        ("en", "cities", "11"),
        ("en", "women’s rights", "5"),
        ("fr", "écoles numériques", "4"),
        ("fr", "ÉCOLES", "4"),
        ("fr", "l’accès à l’eau potable", "6.1"),
        ("es", "bibliotecas y escuelas", "4"),
        ("ru", "в школах", "4"),
        ("ru", "для учителей", "4"),
        ("ar", "والمدارس", "4"),
        ("ar", "المَدْرَسَة", "4"),
        ("zh", "乡村学校的学生", "4"),
    ],
)
def test_inflected_word_is_found(language, text, node):
    assert node in spoken_for(text, language=language)


def test_articles_and_prepositions_inside_a_phrase_do_not_matter():
    assert spoken_for("access to the internet")["9.c"] == ["access to the internet"]
    assert spoken_for("accès à l'internet", language="fr")["9.c"] == ["accès à l'internet"]


def test_phrase_does_not_reach_over_the_end_of_a_sentence():
    assert spoken_for("drinking. Water") == {"6": ["Water"]}


def test_accents_tell_apart_what_they_must():
    assert "14" not in spoken_for("La mère", language="fr")
    assert "14" in spoken_for("La mer", language="fr")
    assert "2" not in spoken_for("mais", language="fr")
    assert spoken_for("internet sûr", "wsis", "fr")["C5"] == ["internet sûr"]
    assert "C5" not in spoken_for("sur internet", "wsis", "fr")


def test_longest_phrase_of_a_node_counts_alone():
    assert spoken_for("drinking water supply")["6"] == ["drinking water supply"]


def test_expression_of_no_node_takes_its_words_out():
    assert spoken_for("machine learning")["9"] == ["machine learning"]
    assert "4" not in spoken_for("machine learning")
    assert "4" in spoken_for("online learning")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder of files for English, put in the place of those that ship."""
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "grammar.toml").write_text('skipped = "the"\n', encoding="utf-8")
    for framework in ("gdc", "wsis"):
        (folder / f"{framework}.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    reader.cache_clear()
    yield folder
    reader.cache_clear()


def test_company_and_strangers_are_asked_for(files):
    (files / "sdg.toml").write_text(
        '["8"]\nstrong = "bank ~ account, loan | cloud ! rain"\n', encoding="utf-8"
    )
    assert spoken_for("the bank of the river") == {}
    assert spoken_for("loans of a bank") == {"8": ["bank"]}
    assert spoken_for("a cloud") == {"8": ["cloud"]}
    assert spoken_for("a cloud with rain") == {}


def test_every_fault_of_a_file_is_told(files):
    text = '["99"]\nstrong = "a word"\n["8"]\nsure = "job"\nplain = "job | jobs"\n'
    (files / "sdg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        reader("en")
    assert [str(problem) for problem in refused.value.problems] == [
        "en/sdg.toml, column 99: “99” is not a code of the framework.",
        "en/sdg.toml, column 8: “sure” is not a grade.",
        "en/sdg.toml, column 8: “jobs” is empty or stands there twice.",
    ]


def test_file_that_is_no_toml_is_told(files):
    (files / "sdg.toml").write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match=r"^en/sdg\.toml: cannot be read:"):
        reader("en")
