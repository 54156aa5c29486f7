from hypothesis import given
from hypothesis import strategies as st

from actionlines.alignment.lexicon import Hit, Phrase
from actionlines.alignment.scoring import calibration, probabilities, weigh

WEIGHTS = st.floats(0.5, 100)
PARENTS = {"9": None, "9.c": "9", "4": None}


def hits(*stems):
    return [Hit(Phrase((stem,), {"9": 3.0}), place, place + 1) for place, stem in enumerate(stems)]


def test_expression_that_comes_back_adds_little():
    assert weigh(hits("a"), "9") == 3.0
    assert weigh(hits("a", "b"), "9") == 6.0
    assert weigh(hits("a", "a"), "9") == 3.75
    assert weigh(hits(*"aaaaaaaaaa"), "9") == 6.0


@given(WEIGHTS, WEIGHTS, st.floats(0.1, 50))
def test_more_evidence_is_more_probable(weight, rival, more):
    one = probabilities({"9": weight, "4": rival}, PARENTS, "sdg").get("9", 0.0)
    other = probabilities({"9": weight + more, "4": rival}, PARENTS, "sdg").get("9", 0.0)
    assert one <= other <= calibration().highest


@given(WEIGHTS, WEIGHTS)
def test_target_is_less_probable_than_its_goal(weight, rest):
    found = probabilities({"9": weight + rest, "9.c": weight}, PARENTS, "sdg")
    assert found.get("9.c", 0.0) < found.get("9", 1.0)


@given(WEIGHTS, st.floats(0.1, 50))
def test_a_passage_full_of_something_else_makes_a_node_less_probable(weight, other):
    alone = probabilities({"9": weight}, PARENTS, "sdg").get("9", 0.0)
    assert probabilities({"9": weight, "4": other}, PARENTS, "sdg").get("9", 0.0) <= alone


def test_one_strong_phrase_alone_is_likely_and_one_hint_is_not():
    assert probabilities({"9": 3.0}, PARENTS, "sdg")["9"] > 0.7
    assert probabilities({"9": 0.5}, PARENTS, "sdg").get("9", 0.0) < 0.2


def test_nothing_found_has_no_probabilities():
    assert probabilities({}, PARENTS, "sdg") == {}
