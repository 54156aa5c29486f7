"""A long text is read in portions, so that its length finds no goals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment import align
from actionlines.alignment.portions import WHOLE, portions
from shared import SHARED, needs_shared

PARAGRAPHS = [
    "Farmers learn of prices and pests by text message, and their harvests grow.",
    "Girls learn to program computers in after-school clubs run by women engineers.",
    "A telemedicine network connects rural clinics with specialists in the capital.",
    "Fishing boats report their catch, so that stocks in the ocean can recover.",
]


@given(st.lists(st.sampled_from([*"ab. ?\n", "x" * 900, "\n\n", "词。"]), max_size=30).map("".join))
def test_portions_cover_the_text_in_order_without_overlap(text):
    parts = portions(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= WHOLE for start, end in parts)


def test_short_text_is_read_as_a_whole():
    assert portions("One.\n\nTwo.") == [(0, 10)]
    assert portions("") == [(0, 0)]


def goals(text, semantic=False):
    return {
        link.node
        for link in align(text, language="en", semantic=semantic)
        if link.framework == "sdg" and link.probability >= 0.5
    }


STAGES = pytest.mark.parametrize("semantic", [False, True], ids=["core", "semantic"])


@STAGES
def test_goals_of_64_joined_paragraphs_are_those_of_the_paragraphs(semantic):
    union = set().union(*(goals(text, semantic) for text in PARAGRAPHS))
    assert goals("\n\n".join(PARAGRAPHS * 16), semantic) == union


@needs_shared
@STAGES
@pytest.mark.parametrize("first", [0, 7])
def test_goals_of_64_different_paragraphs_joined_are_those_of_the_paragraphs_but_one(first, semantic):
    with (SHARED / "data" / "sdg_text" / "sdgclass_benchmark.jsonl").open(encoding="utf-8") as file:
        texts = [" ".join(json.loads(line)["text"].split()) for line in list(file)[first : 64 * 19 : 19]]
    assert len(texts) == 64
    union = set().union(*(goals(text, semantic) for text in texts))
    assert len(goals("\n\n".join(texts), semantic) ^ union) <= 1


def test_evidence_of_a_later_portion_stands_at_its_place_in_the_whole():
    text = "\n\n".join(["The weather was fine." * 10] * 20 + [PARAGRAPHS[2]])
    (link,) = [link for link in align(text, language="en") if link.node == "C7-HEA"]
    assert "telemedicine" in " ".join(item.text for item in link.evidence)
    assert all(text[item.start : item.end] == item.text for item in link.evidence)
