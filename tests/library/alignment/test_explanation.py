"""Why a text has a link: the arithmetic adds up, in every language, and the words said to matter do."""

import math
import string

import pytest

from actionlines.alignment import Decision, align, decide
from actionlines.alignment.collecting import Labelled, collect
from actionlines.alignment.collection import read
from actionlines.alignment.explanation import explain
from actionlines.alignment.explanation_wording import sentences, told
from actionlines.alignment.learned import Learned, Slant
from actionlines.text import LANGUAGES
from collected import SDG, WSIS, texts

LAND = (
    "The project gives smallholder farmers in poor villages weather messages and prices, so that harvests grow and "
    "hunger falls, and it registers land titles of poor families in the new cadastre with the land registry."
)


def step(found, key):
    return next(one.values for one in found.steps if one.key == key)


def test_terms_of_a_goal_and_its_target_give_the_probability_of_the_link():
    found = explain(LAND, "sdg", "1.4", language="en")
    odds = step(found, "stacker")["intercept"] + sum(
        one.values["product"] for one in found.steps if one.key.startswith("stacker_")
    )
    high = step(found, "tempered")
    assert odds == pytest.approx(high["odds"], abs=1e-9)
    assert high["even"] < high["odds"]
    after = high["even"] + high["temper"] * (high["odds"] - high["even"])
    assert after == pytest.approx(high["after"], abs=1e-9)
    assert 1 / (1 + math.exp(-after)) == pytest.approx(step(found, "stacked")["probability"], abs=1e-9)
    part = step(found, "target")
    assert part["part"] == pytest.approx(part["weight"] / (part["weight"] + part["half"]))
    assert found.link.probability == pytest.approx(
        step(found, "stacked")["probability"] * part["part"], abs=1e-4
    )
    assert found.link == next(link for link in align(LAND, language="en") if link.node == "1.4")
    assert found.decision is decide(found.link)


def test_curve_of_a_line_gives_the_probability_of_the_link():
    found = explain(LAND, "wsis", "C7-AGR", language="en")
    curve = step(found, "curve")
    odds = (
        curve["intercept"]
        + curve["slope"] * math.log1p(curve["weight"])
        + curve["share_slope"] * curve["share"]
    )
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(curve["probability"], abs=1e-9)
    assert found.link.probability == pytest.approx(curve["probability"], abs=1e-4)


def test_words_weigh_together_what_they_weigh_alone():
    found = explain(LAND, "sdg", "1.4", language="en")
    weights = [one.values["weight"] for one in found.steps if one.key == "word"]
    assert weights == [3.0, 3.0, 3.0]
    assert step(found, "weight") == {"weight": 9.0}


def test_needed_words_change_the_decision_and_fewer_of_them_do_not():
    found = explain(LAND, "sdg", "1.4", language="en")
    assert [place.text for place in found.needed] == ["cadastre", "land registry", "land titles"]

    def decision(places):
        text = LAND
        for place in places:
            text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
        links = [link for link in align(text, language="en") if link.node == "1.4"]
        return decide(links[0]) if links else Decision.NO

    assert decision(found.needed[:-1]) is found.decision
    assert decision(found.needed) is not found.decision


def test_each_change_is_what_the_link_would_be_without_the_word():
    found = explain(LAND, "sdg", "2", language="en")
    assert found.changes[0].place.text == "hunger"
    assert [change.probability for change in found.changes] == sorted(
        change.probability for change in found.changes
    )


@pytest.mark.parametrize(
    ("said", "asked", "keys"),
    [
        ({"text": "This serves SDG target 9.c."}, ("sdg", "9.c"), ["cited"]),
        ({"text": "", "language": "en", "lines": ["C2"]}, ("wsis", "C2"), ["declared"]),
        ({"text": "", "language": "en", "lines": ["C2"]}, ("sdg", "9.c"), ["matrix"]),
        ({"text": "Nothing here.", "language": "en"}, ("sdg", "9.c"), ["none"]),
        ({"text": "A telemedicine network.", "language": "en"}, ("wsis", "C7"), ["raised", "word"]),
        ({"text": "Надёжный ИИ и этика ИИ.", "language": "ru"}, ("gdc", "5"), ["word"]),
    ],
)
def test_every_basis_has_its_reason(said, asked, keys):
    found = explain(said.pop("text"), *asked, **said)
    assert [one.key for one in found.steps][: len(keys)] == keys


def test_portion_of_a_long_text_is_named_and_its_evidence_stands_in_it():
    text = "\n\n".join(["The weather was fine." * 10] * 20 + [LAND])
    found = explain(text, "sdg", "1.4", language="en")
    where = step(found, "portion")
    assert where["start"] <= found.link.evidence[0].start < where["end"]


def test_what_was_learnt_is_a_step_of_its_own():
    slanted = Learned(slants={"sdg.target": Slant(1.0, -1.0)})
    found = explain(LAND, "sdg", "1.4", language="en", learned=slanted)
    assert step(found, "slant") == {"slope": 1.0, "intercept": -1.0}
    assert found.link.probability < explain(LAND, "sdg", "1.4", language="en").link.probability


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_each_language_have_the_places_of_the_english_ones(language):
    own, model = sentences(language), sentences("en")
    assert own.keys() == model.keys()
    assert {key: places(text) for key, text in own.items()} == {
        key: places(text) for key, text in model.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [("sdg", "1.4"), ("sdg", "17"), ("wsis", "C7"), ("gdc", "1")])
def test_explanation_is_told_in_every_language(language, asked):
    lines = list(told(explain(LAND, *asked, language="en"), language))
    assert all(lines)
    assert not any("{" in line or "}" in line for line in lines)


def test_numbers_and_codes_are_isolated_in_arabic():
    lines = list(told(explain(LAND, "sdg", "1.4", language="en"), "ar"))
    assert "\u2066sdg:1.4\u2069" in lines[0] or "\u2068sdg:1.4\u2069" in lines[0]


@pytest.fixture(scope="module", params=[("sdg", SDG, "7", False), ("wsis", WSIS, "C7-AGR", False), ("sdg", SDG, "7", True)])  # fmt: skip
def learnt(request):
    framework, words, node, semantic = request.param
    labelled = [
        Labelled(text, read(text, "en", framework, semantic=semantic), frozenset({label}))
        for text, label in texts(words)
    ]
    return collect(labelled, framework), framework, node


NEW = "The voltaska and quandry and brelmont teams."


def test_terms_of_a_collection_give_the_probability_of_the_link(learnt):
    collection, framework, node = learnt
    found = explain(NEW, framework, node, language="en", collection=collection)
    odds = step(found, "collection_start")["intercept"] + sum(
        one.values["product"] for one in found.steps if one.key.startswith("stacker_")
    )
    assert 0.05 < 1 / (1 + math.exp(-odds)) < 0.99  # no bound has a say
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(step(found, "stacked")["probability"], abs=1e-9)
    assert found.link.probability == pytest.approx(step(found, "stacked")["probability"], abs=1e-4)
    likeness = step(found, "collection")["base"] + step(found, "collection_terms")["value"]
    if collection.semantic:
        likeness += step(found, "collection_meaning")["value"]
    assert step(found, "stacker_likeness")["value"] == pytest.approx(likeness, abs=1e-6)
    assert "voltaska" in [one.values["words"] for one in found.steps if one.key == "collection_word"]
    for language in LANGUAGES:
        assert all(told(found, language))


def test_line_above_a_line_of_a_collection_is_told_by_it():
    labelled = [
        Labelled(text, read(text, "en", "wsis", semantic=False), frozenset({label}))
        for text, label in texts(WSIS)
    ]
    found = explain(NEW, "wsis", "C7", language="en", collection=collect(labelled, "wsis"))
    assert step(found, "raised") == {"node": "C7-AGR"}
    assert step(found, "collection")["node"] == "C7-AGR"
    assert found.link.probability == pytest.approx(step(found, "stacked")["probability"], abs=1e-4)


def test_target_has_its_part_of_the_goal_a_collection_judged():
    labelled = [
        Labelled(text, read(text, "en", "sdg", semantic=False), frozenset({label}))
        for text, label in texts(SDG)
    ]
    text = f"The brelmont programme. {LAND}"
    found = explain(text, "sdg", "2.3", language="en", collection=collect(labelled, "sdg"))
    assert step(found, "collection")["node"] == "2"
    part = step(found, "target")["part"]
    assert found.link.probability == pytest.approx(step(found, "stacked")["probability"] * part, abs=1e-4)


def test_where_a_collection_reads_the_meaning_other_frameworks_say_that_it_counts():
    labelled = [
        Labelled(text, read(text, "en", "sdg", semantic=True), frozenset({label}))
        for text, label in texts(SDG)
    ]
    found = explain(LAND, "wsis", "C7-AGR", language="en", collection=collect(labelled, "sdg"))
    assert "meaning_read" in [one.key for one in found.steps]
