"""The figures of an evaluation, worked out by hand."""

import pytest

from actionlines.alignment.evaluation import Case, Question, evaluate_labels, evaluate_questions


def case(labels, **said):
    return Case(frozenset(labels), {node.lstrip("g"): p for node, p in said.items()}, "en")


def test_where_every_text_has_one_label_the_first_node_is_the_answer():
    scores = evaluate_labels([case("1", g1=0.4, g2=0.3), case("2", g1=0.9, g2=0.2), case("2", g2=0.95)])
    assert scores.figures == {
        "accuracy": 0.6667,
        "precision": 0.75,
        "recall": 0.75,
        "macro_f1": 0.6667,
        "micro_f1": 0.6667,
        "top1": 0.6667,
        "top3": 1.0,
        "ece": 0.4833,
        "coverage_sure": 0.6667,
        "accuracy_sure": 0.5,
        "n": 3,
    }


def test_where_a_text_has_several_labels_all_from_the_threshold_on_are_the_answer():
    cases = [case("12", g1=0.7, g2=0.6), case("1", g1=0.8, g2=0.5)]
    assert evaluate_labels(cases).figures["accuracy"] == 0.5
    assert evaluate_labels(cases).figures["micro_f1"] == 0.8571
    assert evaluate_labels(cases, threshold=0.55).figures["accuracy"] == 1.0


def test_text_nothing_is_said_about_is_a_miss():
    assert evaluate_labels([case("1"), case("1", g1=0.5)]).figures["recall"] == 0.5


def test_node_that_is_nobodys_label_does_not_enter_the_macro_mean_but_costs_precision():
    scores = evaluate_labels([case("1", g9=0.9, g1=0.1), case("1", g1=0.9)])
    assert (scores.figures["macro_f1"], set(scores.classes)) == (0.6667, {"1"})


def test_accuracy_of_questions_is_the_plain_mean_over_the_nodes():
    questions = [
        Question("1", True, 0.9),
        Question("1", False, 0.1),
        Question("1", False, 0.4),
        Question("2", True, 0.2),
    ]
    assert evaluate_questions(questions).figures["accuracy"] == 0.5


def test_interval_is_the_same_each_time_and_holds_the_figure():
    cases = [case("1", g1=0.9, g2=0.5), case("2", g1=0.6), case("2", g2=0.8)] * 10
    first, second = evaluate_labels(cases), evaluate_labels(cases)
    assert first.intervals == second.intervals
    low, high = first.intervals["accuracy"]
    assert low < first.figures["accuracy"] < high


@pytest.mark.parametrize("evaluate", [evaluate_labels, evaluate_questions])
def test_nothing_to_evaluate_is_a_value_error(evaluate):
    with pytest.raises(ValueError, match="nothing to evaluate"):
        evaluate([])
