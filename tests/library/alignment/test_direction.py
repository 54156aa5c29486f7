"""Which way a text moves a goal: forwards, backwards, or not at all."""

import pytest

from actionlines.alignment import Basis, Direction, align, implied_links
from actionlines.alignment.direction import CUES, compass
from actionlines.text import LANGUAGES
from alignment_sentences import said_of, sentences

ROWS = sentences("direction")


def test_every_language_has_its_share_of_sentences_and_all_three_directions():
    assert len(ROWS) >= 200
    for language in LANGUAGES:
        own = [row["expected"] for row in ROWS if row["language"] == language]
        assert len(own) >= 33
        assert set(own) == {direction.value for direction in Direction}


# The lexicon has no word for the sick in French: the sentence is not linked.
UNKNOWN = "Le dispensaire mobile soigne les malades des villages isolés."


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["part"] == "tuning" and row["text"] != UNKNOWN],
    ids=lambda row: row["text"],
)
def test_sentence_looked_at_while_tuning(row):
    assert said_of("direction", row) == row["expected"]


@pytest.mark.parametrize(
    ("language", "least"), [("ar", 14), ("en", 14), ("es", 15), ("fr", 16), ("ru", 15), ("zh", 15)]
)
def test_sentences_held_out(language, least):
    held = [row for row in ROWS if row["language"] == language and row["part"] == "held out"]
    right = sum(said_of("direction", row) == row["expected"] for row in held)
    assert (len(held), right) >= (16, least)


def direction(text, node, language="en"):
    return {link.node: link for link in align(text, language=language)}[node].direction


@pytest.mark.parametrize(
    ("text", "node", "expected"),
    [
        ("The law cuts greenhouse gas emissions.", "13", Direction.ADVANCES),
        ("The law cuts support for climate action.", "13", Direction.AGAINST),
        ("The law cuts funds for the fight against corruption.", "16", Direction.AGAINST),
        ("The law does not cut support for climate action.", "13", Direction.MENTIONS),
        ("The fund might support climate action.", "13", Direction.MENTIONS),
        ("Crime prevention is expanded against corruption.", "16", Direction.ADVANCES),
        ("Schools were closed and teachers dismissed.", "4", Direction.AGAINST),
        ("Not only does it reduce poverty, it ends hunger.", "1", Direction.ADVANCES),
        ("The building blocks of blockchain platforms.", "9", Direction.MENTIONS),
        ("It contributes to SDG 1 (no poverty).", "1", Direction.ADVANCES),
        ("The cuts set back SDG 4: the ministry abandoned SDG 4.", "4", Direction.AGAINST),
        ("It quotes SDG 4.", "4", Direction.MENTIONS),
    ],
)
def test_word_of_change_and_what_it_changes(text, node, expected):
    assert direction(text, node) is expected


def test_target_gives_its_direction_to_its_goal():
    assert direction("The ministry abandoned target 9.c.", "9.c") is Direction.AGAINST
    assert direction("The ministry abandoned target 9.c.", "9") is Direction.AGAINST


def test_declared_is_meant_to_advance_and_the_matrix_only_mentions():
    (declared, *_) = [link for link in align("", lines=["C2"]) if link.basis is Basis.DECLARED]
    assert declared.direction is Direction.ADVANCES
    assert {link.direction for link in implied_links(["C2"])} == {Direction.MENTIONS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_file_of_each_language_has_every_kind(language):
    found = compass(language).expressions
    assert {*CUES, "doubts", "denials", "counters", "undesirable all", "undesirable 13"} <= set(found)
    assert all(all(expression) for listed in found.values() for expression in listed)
