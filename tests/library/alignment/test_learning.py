"""Learning from decisions: near what ships without them, better with them, never worse."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionlines.alignment import Basis, Link, align
from actionlines.alignment.learned import FILE, Learned, Slant, log_odds, part_of, read_learned
from actionlines.alignment.learning import ENOUGH, fit, learn, measures
from actionlines.alignment.stacker import rate, stackers
from actionlines.alignment.verdict import Verdict, agreement, read_verdicts
from actionlines.problems import InputError

VILLAGES = "Farmers of village {n} read the prices of maize on their phones, so that harvests and incomes rise at last."


def verdicts(accepted, count=200, node="C7-AGR", framework="wsis"):
    return [
        Verdict(VILLAGES.format(n=n), "en", framework, node, accepted(n), reviewer="a") for n in range(count)
    ]


def test_slant_learnt_from_refusals_lowers_the_links_of_its_part_only():
    lesson = learn(verdicts(lambda n: n % 10 == 0))
    assert lesson.better
    assert set(lesson.learned.slants) == {"wsis.sub-line"}
    before = {(link.framework, link.node): link for link in align(VILLAGES, language="en")}
    after = {
        (link.framework, link.node): link for link in align(VILLAGES, language="en", learned=lesson.learned)
    }
    assert after["wsis", "C7-AGR"].probability < before["wsis", "C7-AGR"].probability
    assert after["sdg", "2"] == before["sdg", "2"]
    assert lesson.after["log_loss"] < lesson.before["log_loss"]


def test_stacker_learnt_from_acceptances_raises_its_goal_in_its_language():
    lesson = learn(verdicts(lambda n: n % 10 != 0, node="9", framework="sdg"))
    assert lesson.better
    assert set(lesson.learned.coefficients) == set(lesson.learned.intercepts) == {"en"}

    def goal(**said):
        return next(
            (link.probability for link in align(VILLAGES, language="en", **said) if link.node == "9"), 0.0
        )

    assert goal(learned=lesson.learned) > goal()


def test_decisions_that_say_what_is_known_teach_nothing_and_are_not_written():
    lesson = learn(verdicts(lambda _: True))
    (part,) = lesson.parts.values()
    assert part["state"] == "too few", "acceptances alone are no lesson"
    assert not lesson.better
    assert lesson.learned == Learned()
    assert lesson.before == lesson.after


def test_part_that_would_do_worse_on_the_held_out_texts_stays_as_it_ships():
    # What teaches is refused, what is held out is accepted.
    from actionlines.alignment import learning

    held = {
        verdict.text: learning._sample(replace(verdict, accepted=True)).held_out
        for verdict in verdicts(lambda _: True)
    }
    lesson = learn(verdicts(lambda n: held[VILLAGES.format(n=n)] or n % 5 == 0))
    (part,) = lesson.parts.values()
    assert part["state"] == "worse"
    assert not lesson.better
    assert lesson.learned == Learned()


def test_likely_goals_are_judged_by_what_the_aligner_tells():
    from actionlines.alignment import learning

    told = verdicts(lambda _: True, count=20, node="2", framework="sdg")
    held = [verdict.text for verdict in told if learning._sample(verdict).held_out]
    said = [
        link.probability
        for text in held
        for link in align(text, language="en")
        if (link.node, link.framework) == ("2", "sdg")
    ]
    assert len(said) == len(held) > 0
    assert min(said) > rate("en", "2"), "so likely that they are tempered"
    assert learn(told).before["log_loss"] == pytest.approx(-np.log(said).mean(), abs=1e-3)


def test_too_few_decisions_teach_nothing():
    assert not learn(verdicts(lambda n: n % 2 == 0, count=ENOUGH - 1)).better


def test_decision_on_a_citation_is_counted_as_unused():
    lesson = learn([Verdict("It serves SDG 9.", "en", "sdg", "9", accepted=True)])
    assert lesson.unused == 1


@given(st.lists(st.tuples(st.floats(-3, 3), st.booleans()), min_size=1, max_size=30))
@settings(deadline=None, max_examples=50)
def test_fit_is_the_minimum_of_its_penalised_loss(given_rows):
    rows = np.array([(x, 1.0) for x, _ in given_rows])
    answers = np.array([float(y) for _, y in given_rows])
    prior, free = np.array([1.0, 0.0]), np.ones(2, bool)
    found = fit(rows, answers, prior, free)
    said = 1 / (1 + np.exp(-(rows @ found)))
    assert rows.T @ (said - answers) + 4.0 * (found - prior) == pytest.approx(0, abs=1e-6)


def test_fit_agrees_with_scikit_learn():
    linear_model = pytest.importorskip("sklearn.linear_model")
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(300, 3))
    answers = (draw.random(300) < 1 / (1 + np.exp(-(rows @ [1.0, -2.0, 0.5])))).astype(float)
    peer = linear_model.LogisticRegression(C=1 / 4.0, fit_intercept=False, tol=1e-10, max_iter=1000).fit(
        rows, answers
    )
    assert fit(rows, answers, np.zeros(3), np.ones(3, bool)) == pytest.approx(peer.coef_[0], abs=1e-5)


def test_number_that_may_not_move_stays():
    found = fit(np.ones((9, 2)), np.ones(9), np.array([0.0, 0.0]), np.array([False, True]))
    assert found[0] == 0
    assert found[1] > 0


def test_measures_of_four_decisions():
    assert measures([0.9, 0.9, 0.1, 0.6], [True, False, False, True]) == {
        "n": 4,
        "log_loss": 0.756,
        "brier": 0.2475,
        "accuracy": 0.75,
        "ece": 0.325,
    }
    assert measures([], []) == {"n": 0, "log_loss": 0.0}


@given(st.floats(0.001, 0.999))
def test_slant_of_one_and_nought_changes_nothing(probability):
    assert Slant().probability(probability) == pytest.approx(probability)
    assert Slant(1.0, 1.0).probability(probability) > probability
    assert log_odds(0.5) == 0


def test_link_that_becomes_too_weak_is_not_told():
    weak = Learned(slants={"sdg.target": Slant(1.0, -20.0)})
    link = Link("sdg", "1.4", Basis.LEXICON, 0.6)
    assert weak.slanted(link) is None
    assert weak.slanted(replace(link, basis=Basis.CITED)) == replace(link, basis=Basis.CITED)
    assert weak.slanted(replace(link, node="1")) == replace(link, node="1")
    assert part_of("sdg", "1.4") == "sdg.target"


def test_learnt_numbers_come_back_from_their_file(tmp_path):
    shipped = stackers()["en"]
    learned = Learned(
        {"en": tuple(float(number) + 0.25 for number in shipped.coefficients)},
        {"en": tuple(float(number) for number in shipped.intercepts)},
        {"wsis.line": Slant(0.75, -0.5)},
    )
    (tmp_path / FILE).write_text(learned.toml(), encoding="utf-8")
    assert read_learned(tmp_path) == learned


@pytest.mark.parametrize(
    "page",
    [
        None,
        "[",
        "[stacker.xx]\ncoefficients = []\nintercepts = []",
        "[stacker.en]\ncoefficients = [1]\nintercepts = [2]",
        '[slant."sdg.goal"]\nslope = 1',
        "slant = 3",
    ],
)
def test_file_that_is_no_learnt_model_is_refused(tmp_path, page):
    if page is not None:
        (tmp_path / FILE).write_text(page, encoding="utf-8")
    with pytest.raises(InputError, match=r"learned\.toml: the file is no learnt model"):
        read_learned(tmp_path)


LINE = {"text": "A school.", "language": "en", "framework": "sdg", "node": "4", "accepted": True}


def test_decisions_are_read_with_and_without_what_is_optional(tmp_path):
    path = tmp_path / "d.jsonl"
    more = {
        **LINE,
        "probability": 0.6,
        "basis": "lexicon",
        "model": "1",
        "reviewer": "r1",
        "at": "2026-11-25T10:00:00Z",
    }
    path.write_text("\n".join(map(json.dumps, (LINE, more))) + "\n\n", encoding="utf-8")
    assert read_verdicts(path) == [
        Verdict("A school.", "en", "sdg", "4", accepted=True),
        Verdict(
            "A school.",
            "en",
            "sdg",
            "4",
            accepted=True,
            probability=0.6,
            basis="lexicon",
            model="1",
            reviewer="r1",
            at="2026-11-25T10:00:00Z",
        ),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"text": " "}, "column text"),
        ({"language": "de"}, "column language"),
        ({"framework": "abc"}, "column framework"),
        ({"node": "99"}, "column node"),
        ({"accepted": "yes"}, "column accepted"),
        ({"basis": "guess"}, "column basis"),
    ],
)
def test_faulty_decision_is_told_with_its_line(tmp_path, change, fault):
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps({**LINE, **change}) + "\n[]\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_verdicts(path)
    assert [problem.row for problem in refused.value.problems] == [2, 3]
    assert fault in str(refused.value.problems[0])


def test_agreement_of_two_reviewers_is_cohens_kappa():
    # The example of the literature: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give kappa 0.4.
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    given_verdicts = [
        Verdict(f"text {n}", "en", "sdg", "1", accepted=answer, reviewer=reviewer)
        for n, pair in enumerate(pairs)
        for reviewer, answer in zip("ab", pair, strict=True)
    ]
    assert agreement(given_verdicts) == [{"reviewers": ["a", "b"], "n": 50, "agreed": 0.7, "kappa": 0.4}]
    assert agreement(given_verdicts[:18]) == []
