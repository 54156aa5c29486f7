"""How well texts are aligned, against labelled texts of `../shared`; with `--fit`, the numbers of calibration.toml.

What was used to make the lexicon and its curves is not used to judge them: the lines were tried out on the projects
of wsis_projects.csv whose description is thin and are judged on those whose description is full; the benchmark
paragraphs were never trained on. How a model is trained: scripts/train_aligner.py.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from figure import Figure

from actionlines.alignment import align
from actionlines.alignment.evaluation import Case, Question, Scores, evaluate_labels, evaluate_questions
from actionlines.alignment.lexicon import reader
from actionlines.alignment.near_duplicates import training_texts
from actionlines.alignment.scoring import calibration, weigh
from actionlines.alignment.stacker import balanced, rate
from actionlines.frameworks import catalogue

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
GOALS = tuple(str(number) for number in range(1, 18))
LINES = tuple(node.code for node in catalogue().frameworks["wsis"].nodes if node.code != "C7")

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


def _ranks(row: dict[str, str], *, title: bool) -> list[str]:
    text = f"{row['title']}\n\n{row['description']}" if title else row["description"]
    found = [
        link
        for link in align(text, language=row["language"])
        if link.framework == "wsis" and link.node != "C7"
    ]
    return [link.node for link in sorted(found, key=lambda link: -link.probability)]


def lines_of_projects() -> list[Figure]:
    """Is the line the source states the first, or among the first three, that the words speak for?"""
    rows = projects("full")
    figures = []
    for title in (True, False):
        ranks = [(row["action_line"], _ranks(row, title=title)) for row in rows]
        first = sum(ranked[:1] == [line] for line, ranked in ranks) / len(rows)
        three = sum(line in ranked[:3] for line, ranked in ranks) / len(rows)
        what = f"Line of a project, {'title and description' if title else 'description only'}"
        how = f"{len(rows)} projects of wsis_projects.csv with full facts and a stated line, 18 lines"
        figures.append(Figure(what, f"first {first:.0%}, in the first three {three:.0%}", "–", how))
    return figures


def _said(text: str, language: str) -> dict[str, float]:
    links = align(text, language=language)
    return {link.node: link.probability for link in links if link.framework == "sdg" and link.node in GOALS}


def benchmark() -> Figure:
    """SDGClassification benchmark: is goal g in the paragraph? Unweighted mean over the 17 goals."""
    rows = labelled("sdgclass_benchmark.jsonl")
    questions = []
    for row in rows:
        goal = str(row["probe"])
        likely = max(_said(row["text"], "en").get(goal, 0.0), 1e-6)
        questions.append(Question(goal, bool(row["answer"]), balanced(likely, rate("en", goal))))
    how = (
        f"{len(rows):,} English paragraphs, none like them in training; yes and no equally likely beforehand"
    )
    return Figure(
        "Goals, SDGClassification benchmark", _told(evaluate_questions(questions)), "accuracy 85 %", how
    )


def goals_of(name: str, title: str, wanted: str) -> Figure:
    """Scores on one set of labelled texts, without those the model was trained on."""
    training = training_texts()
    rows = [row for row in labelled(name) if not training.holds(row["text"])]
    cases = [
        Case(frozenset(map(str, row["goals"])), _said(row["text"], row["lang"]), row["lang"]) for row in rows
    ]
    how = f"{len(rows):,} texts the model was not trained on"
    return Figure(f"Goals, {title}", _told(evaluate_labels(cases)), wanted, how)


def _told(scores: Scores) -> str:
    shown = ("accuracy", "precision", "recall", "macro_f1", "micro_f1", "top1", "top3", "ece")
    return ", ".join(
        f"{name} {scores.figures[name]:.3f}" for name in shown if scores.figures[name] is not None
    )


def goals_in_five_languages() -> Figure:
    """Official texts of targets and indicators: is their goal the first? One figure per language."""
    # The model has learnt the English ones.
    rows = [
        row for row in labelled("un_sdg_texts_6lang.jsonl") if row["kind"] != "goal" and row["lang"] != "en"
    ]
    right: dict[str, list[bool]] = {}
    for row in rows:
        found = [link for link in align(row["text"], language=row["lang"]) if link.node in GOALS]
        best = max(found, key=lambda link: link.probability, default=None)
        right.setdefault(row["lang"], []).append(best is not None and int(best.node) in row["goals"])
    measured = ", ".join(f"{language} {np.mean(found):.0%}" for language, found in sorted(right.items()))
    return Figure(
        "Goal of an official target or indicator text", measured, "–", f"{len(rows):,} texts, first goal"
    )


def measure() -> list[Figure]:
    """All figures."""
    return [
        *lines_of_projects(),
        benchmark(),
        goals_of("osdg_es.jsonl", "Spanish OSDG, 16 goals, the fifth held out", "macro-F1 0.89"),
        goals_of("sdg_academy_lectures.jsonl", "SDG Academy lectures (labels of editors)", "–"),
        goals_in_five_languages(),
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the numbers of calibration.toml")
    if parser.parse_args().fit:
        fit()
    else:
        for figure in measure():
            print(f"{figure.what}: {figure.measured}; {figure.how}")
