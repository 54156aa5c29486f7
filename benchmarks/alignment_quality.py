"""How well texts are aligned, against labelled texts of `../shared`; with `--fit`, the numbers of calibration.toml and nearness.toml.

What was used to make the lexicon and its curves is not used to judge them: the lines were tried out on the projects
of wsis_projects.csv whose description is thin and are judged on those whose description is full; the benchmark
paragraphs were never trained on. How a model is trained: scripts/train_aligner.py.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from figure import Figure

from actionlines.alignment import align
from actionlines.alignment.evaluation import Case, Question, Scores, evaluate_labels, evaluate_questions
from actionlines.alignment.lexicon import reader
from actionlines.alignment.meaning import meaning
from actionlines.alignment.near_duplicates import training_texts
from actionlines.alignment.scoring import calibration, weigh
from actionlines.alignment.stacker import balanced, rate
from actionlines.frameworks import catalogue

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
GOALS = tuple(str(number) for number in range(1, 18))
LINES = tuple(node.code for node in catalogue().frameworks["wsis"].nodes if node.code != "C7")

STAGES = {False: "core", True: "semantic"}

Array = npt.NDArray[np.float64]


def labelled(name: str) -> list[dict[str, Any]]:
    """The rows of one file of labelled texts."""
    with (SHARED / "sdg_text" / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def projects(basis: str) -> list[dict[str, str]]:
    """The projects whose line a source states, with a 'full' or a 'thin' description."""
    folder = SHARED / "projects"
    with (folder / "wsis_projects_notes.csv").open(encoding="utf-8", newline="") as file:
        kept = {row["id"] for row in csv.DictReader(file) if row["fact_basis"] == basis}
    with (folder / "wsis_projects.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["id"] in kept and row["action_line"]]


def goal_labels(rows: Sequence[dict[str, Any]]) -> Array:
    """Texts × goals: 1 where the text is labelled with the goal."""
    return np.array([[float(int(goal) in row["goals"]) for goal in GOALS] for row in rows])


def _ranks(row: dict[str, str], *, title: bool, semantic: bool) -> list[str]:
    text = f"{row['title']}\n\n{row['description']}" if title else row["description"]
    links = align(text, language=row["language"], semantic=semantic)
    found = [link for link in links if link.framework == "wsis" and link.node != "C7"]
    return [link.node for link in sorted(found, key=lambda link: -link.probability)]


def lines_of_projects() -> list[Figure]:
    """Is the line the source states the first, or among the first three, that the words speak for?"""
    rows = projects("full")
    figures = []
    for title, semantic in product((True, False), (False, True)):
        ranks = [(row["action_line"], _ranks(row, title=title, semantic=semantic)) for row in rows]
        first = sum(ranked[:1] == [line] for line, ranked in ranks) / len(rows)
        three = sum(line in ranked[:3] for line, ranked in ranks) / len(rows)
        what = f"Line of a project, {'title and description' if title else 'description only'}, {STAGES[semantic]}"
        how = f"{len(rows)} projects of wsis_projects.csv with full facts and a stated line, 18 lines"
        wanted = "–" if title else "first ≥ 60 %, first three ≥ 85 %"
        figures.append(Figure(what, f"first {first:.0%}, in the first three {three:.0%}", wanted, how))
    return figures


def _said(text: str, language: str, *, semantic: bool) -> dict[str, float]:
    links = align(text, language=language, semantic=semantic)
    return {link.node: link.probability for link in links if link.framework == "sdg" and link.node in GOALS}


def benchmark(*, semantic: bool) -> Figure:
    """SDGClassification benchmark: is goal g in the paragraph? Unweighted mean over the 17 goals."""
    rows = labelled("sdgclass_benchmark.jsonl")
    questions = []
    for row in rows:
        goal = str(row["probe"])
        likely = max(_said(row["text"], "en", semantic=semantic).get(goal, 0.0), 1e-6)
        even = rate("en", goal, semantic=semantic)
        questions.append(Question(goal, bool(row["answer"]), balanced(likely, even)))
    wanted = "accuracy ≥ 87.8 %, macro-F1 ≥ 0.879" if semantic else "accuracy ≥ 85 %"
    how = (
        f"{len(rows):,} English paragraphs, none like them in training; yes and no equally likely beforehand"
    )
    what = f"Goals, SDGClassification benchmark, {STAGES[semantic]}"
    return Figure(what, _told(evaluate_questions(questions)), wanted, how)


def goals_of(
    name: str, title: str, wanted: str, *, semantic: bool, among: frozenset[str] = frozenset(GOALS)
) -> Figure:
    """Scores on one set of labelled texts, without those the model was trained on."""
    training = training_texts()
    rows = [row for row in labelled(name) if not training.holds(row["text"])]
    cases = []
    for row in rows:
        said = _said(row["text"], row["lang"], semantic=semantic)
        kept = {goal: probability for goal, probability in said.items() if goal in among}
        cases.append(Case(frozenset(map(str, row["goals"])), kept, row["lang"]))
    how = f"{len(rows):,} texts the model was not trained on; answers among {len(among)} goals"
    return Figure(f"Goals, {title}, {STAGES[semantic]}", _told(evaluate_labels(cases)), wanted, how)


def _told(scores: Scores) -> str:
    shown = ("accuracy", "precision", "recall", "macro_f1", "micro_f1", "top1", "top3", "ece",
             "coverage_sure", "accuracy_sure")  # fmt: skip
    return ", ".join(
        f"{name} {scores.figures[name]:.3f}" for name in shown if scores.figures[name] is not None
    )


def official_texts() -> list[Figure]:
    """Official texts of targets and indicators: is their goal the first? Of indicators: is their target in five?"""
    found = []
    rows = [row for row in labelled("un_sdg_texts_6lang.jsonl") if row["kind"] != "goal"]
    targets = {node.code for node in catalogue().frameworks["sdg"].nodes if node.kind == "target"}
    for semantic in (False, True):
        goal: dict[str, list[bool]] = {}
        one: dict[str, list[bool]] = {}
        five: dict[str, list[bool]] = {}
        for row in rows:
            links = align(row["text"], language=row["lang"], semantic=semantic)
            ranked = [link.node for link in sorted(links, key=lambda link: -link.probability)]
            first = next((node for node in ranked if node in GOALS), "0")
            if row["lang"] != "en":  # the model has learnt the goals of the English ones
                goal.setdefault(row["lang"], []).append(int(first) in row["goals"])
            if row["kind"] == "indicator" and targets.intersection(row["targets"]):
                likeliest = [node for node in ranked if node in targets]
                one.setdefault(row["lang"], []).append(not set(likeliest[:1]).isdisjoint(row["targets"]))
                five.setdefault(row["lang"], []).append(not set(likeliest[:5]).isdisjoint(row["targets"]))
        stage = STAGES[semantic]
        spread = max(map(np.mean, five.values())) - min(map(np.mean, five.values()))
        found += [
            Figure(
                f"Goal of an official target or indicator text, {stage}", _shares(goal), "–", "first goal"
            ),
            Figure(
                f"Target of an official indicator text, first, {stage}", _shares(one), "–", "of 169 targets"
            ),
            Figure(
                f"Target of an official indicator text, among five, {stage}",
                f"{_shares(five)}; spread {spread:.3f}",
                "≥ 0.75 in each language, spread ≤ 0.10",
                f"{sum(map(len, five.values())):,} texts, of 169 targets; no indicator text in training but for English goals",
            ),
        ]
    return found


def _shares(right: dict[str, list[bool]]) -> str:
    return ", ".join(f"{language} {np.mean(found):.3f}" for language, found in sorted(right.items()))


def measure() -> list[Figure]:
    """All figures."""
    spanish = ("osdg_es.jsonl", "Spanish OSDG, the fifth held out", "macro-F1 ≥ 0.89")
    academy = ("sdg_academy_lectures.jsonl", "SDG Academy lectures (labels of editors)", "–")
    sixteen = frozenset(GOALS[:16])
    return [
        *lines_of_projects(),
        *(benchmark(semantic=semantic) for semantic in (False, True)),
        *(goals_of(*spanish, semantic=semantic, among=sixteen) for semantic in (False, True)),
        *(goals_of(*academy, semantic=semantic) for semantic in (False, True)),
        *official_texts(),
    ]


def _features(weights: Array) -> Array:
    shares = weights / (weights.sum(axis=1, keepdims=True) + calibration().rest)
    exists = weights > 0
    return np.column_stack([np.ones(exists.sum()), np.log1p(weights)[exists], shares[exists]])


def _weights(texts: Iterable[tuple[str, str]], framework: str, nodes: Sequence[str]) -> Array:
    table = []
    for text, language in texts:
        reading = reader(language)
        hits = reading.lexicons[framework].find(*reading.read(text))
        table.append([weigh(hits[node], node) if node in hits else 0.0 for node in nodes])
    return np.array(table)


def _fitted(features: Array, labels: Array) -> Array:
    """Intercept, weight and share of a logistic regression, by Newton's method."""
    numbers = np.zeros(features.shape[1])
    for _ in range(50):
        said = 1 / (1 + np.exp(-features @ numbers))
        curvature = (features.T * (said * (1 - said))) @ features + 1e-3 * np.eye(len(numbers))
        numbers += np.linalg.solve(curvature, features.T @ (labels - said) - 1e-3 * numbers)
    return numbers


def fit() -> None:
    """Print the curves of calibration.toml anew."""
    features, labels = [], []
    for name in ("dpg_products.jsonl", "oro_gold.jsonl"):
        rows = labelled(name)
        weights = _weights(((f"{row.get('name', '')}. {row['text']}", "en") for row in rows), "sdg", GOALS)
        features.append(_features(weights))
        labels.append(goal_labels(rows)[weights > 0])
    print("sdg: intercept, weight, share =", _fitted(np.vstack(features), np.concatenate(labels)).round(2))
    thin = projects("thin")
    weights = _weights(
        ((f"{row['title']}\n\n{row['description']}", row["language"]) for row in thin), "wsis", LINES
    )
    truth = np.array([[float(row["action_line"] == line) for line in LINES] for row in thin])
    print("wsis: intercept, weight, share =", _fitted(_features(weights), truth[weights > 0]).round(2))
    shares = weights / (weights.sum(axis=1, keepdims=True) + calibration().rest)
    near = np.array([_nearness(f"{row['title']}\n\n{row['description']}", row["language"]) for row in thin])
    everywhere = np.column_stack(
        [np.ones(weights.size), np.log1p(weights).ravel(), shares.ravel(), near.ravel()]
    )
    print("nearness, wsis: intercept, weight, share, near =", _fitted(everywhere, truth.ravel()).round(2))


def _nearness(text: str, language: str) -> list[float]:
    sense = meaning(text, language)
    assert sense is not None
    return [sense.near["wsis"][line] for line in LINES]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the numbers of calibration.toml")
    if parser.parse_args().fit:
        fit()
    else:
        for figure in measure():
            print(f"{figure.what}: {figure.measured}; {figure.how}")
