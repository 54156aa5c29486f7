"""The linear model: what it counts, when it keeps silent, what it shows as evidence; the files that ship."""

import numpy as np
import pytest

from actionlines.alignment import Basis, align
from actionlines.alignment.lexicon import reader
from actionlines.alignment.model import ENOUGH_WORDS, FOLDER, counted, damped, model
from actionlines.alignment.stacker import balanced, stackers, tempered

ROOFS = (
    "Panels on the roofs of the villages feed the grid, and households that burned kerosene and charcoal "
    "now light their rooms with the current that the sun gives them at little cost."
)


def opinion(text, language="en"):
    tokens = reader(language).tokenizer(text)
    return model(language).opinion(tokens), tokens


def test_neighbours_count_whichever_comes_first_and_never_over_a_full_stop():
    words, pairs = counted(("clean", "water", "", "water", "clean", "clean"))
    assert words == {"clean": 3, "water": 2}
    assert pairs == {"clean water": 2, "clean clean": 1}


def test_word_that_comes_three_times_counts_twice():
    assert (damped(1), damped(3)) == (1.0, 2.0)


def test_passage_of_few_known_words_is_left_to_the_lexicon():
    assert opinion("Solar panels on roofs.")[0] is None
    assert opinion(" ".join(["energy"] * 50))[0] is None, "eight different words are asked for"
    assert ENOUGH_WORDS == 8


def test_evidence_is_words_of_the_text_in_reading_order():
    said, tokens = opinion(ROOFS)
    places = said.tokens_for(6, tokens)
    assert places == sorted(set(places))
    assert {"grid", "kerosene"} & {ROOFS[tokens.starts[p] : tokens.ends[p]] for p in places}


def test_denied_words_do_not_count():
    tokens = reader("en").tokenizer(ROOFS)
    whole, half = model("en").opinion(tokens), model("en").opinion(tokens, [(0, 12)])
    assert set(half.words) < set(whole.words)


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru"])
def test_model_of_a_language_ships_with_its_calibration(language):
    held = model(language)
    assert held.weights.shape == (len(held.words) + len(held.pairs), 17)
    assert stackers()[language].intercepts.shape == (17,)


def test_a_short_chinese_text_is_left_to_the_lexicon():
    links = align("医生和患者。", language="zh")
    assert {link.basis for link in links if link.basis is not Basis.MATRIX} <= {Basis.LEXICON}


def test_chinese_has_a_model_that_tells_goals_apart():
    text = "该项目为农村地区的家庭提供清洁饮用水，修建厕所并改善环境卫生，使儿童不再因不安全的水而生病。"
    found = max(
        (link for link in align(text, language="zh") if "." not in link.node),
        key=lambda link: link.probability,
    )
    assert found.node == "6"


def test_model_files_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000


def test_balanced_prior_leaves_the_base_rate_at_one_half():
    assert balanced(0.1, 0.1) == pytest.approx(0.5)
    assert balanced(0.5, 0.5) == pytest.approx(0.5)


def test_goal_nothing_taught_is_left_to_the_lexicon():
    text = "La cooperación internacional y las alianzas entre países movilizan recursos financieros adicionales para el desarrollo sostenible de los países pobres."
    (link,) = [link for link in align(text, language="es") if link.node == "17"]
    assert link.basis is Basis.LEXICON


def test_only_log_odds_above_the_even_ones_are_tempered():
    found = tempered(np.array([-2.0, 0.5, 4.5]), np.array([0.5, 0.5, 0.5]), 0.75)
    assert found.tolist() == [-2.0, 0.5, 3.5]
