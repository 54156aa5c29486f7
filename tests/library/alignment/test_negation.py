"""What a text denies is not linked; a text that only holds a negation is."""

import pytest

from actionlines.alignment import align
from actionlines.alignment.lexicon import spelt_out
from actionlines.text import LANGUAGES
from alignment_sentences import said_of, sentences

ROWS = sentences("negation")


def test_every_language_has_its_share_of_sentences():
    assert len(ROWS) >= 200
    assert {row["language"] for row in ROWS} == set(LANGUAGES)
    assert min(sum(row["language"] == language for row in ROWS) for language in LANGUAGES) >= 33


@pytest.mark.parametrize("row", [row for row in ROWS if row["part"] == "tuning"], ids=lambda row: row["text"])
def test_sentence_looked_at_while_tuning(row):
    assert said_of("negation", row) == row["expected"]


@pytest.mark.parametrize(
    ("language", "least"), [("ar", 13), ("en", 15), ("es", 16), ("fr", 15), ("ru", 15), ("zh", 16)]
)
def test_sentences_held_out(language, least):
    held = [row for row in ROWS if row["language"] == language and row["part"] == "held out"]
    right = sum(said_of("negation", row) == row["expected"] for row in held)
    assert (len(held), right) >= (16, least)


def goals(text, language="en"):
    return {link.node for link in align(text, language=language) if link.framework == "sdg"}


@pytest.mark.parametrize(
    "text",
    [
        "Four billion people are not covered by social protection and live in poverty.",
        "Women are excluded from the labour market, and gender equality stays far away.",
        "Girls who are left out of school stay in poverty.",
    ],
)
def test_people_left_out_are_what_a_text_is_about(text):
    assert goals(text)


def test_denial_of_the_whole_clause_ends_at_but():
    assert "1" not in goals("Poverty is not a topic of the workshop but hunger is.")
    assert "2" in goals("Poverty is not a topic of the workshop but hunger is.")


def test_denial_that_opens_a_sentence_ends_at_its_comma():
    assert "4" in goals("Without addressing poverty, the plan builds schools.")
    assert "1" not in goals("Without addressing poverty, the plan builds schools.")


def test_alternatives_in_brackets_are_spelt_out():
    assert list(spelt_out("(out of, beyond) the (scope, plan) .")) == [
        "out of the scope .",
        "out of the plan .",
        "beyond the scope .",
        "beyond the plan .",
    ]
    assert list(spelt_out("nothing")) == ["nothing"]
