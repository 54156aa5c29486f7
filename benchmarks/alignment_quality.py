"""How well texts are aligned, against labelled texts of `../shared`; with `--fit`, the numbers of calibration.toml.

What was used to make the lexicon and its curves is not used to judge them: the lines were tried out on the projects
of wsis_projects.csv whose description is thin and are judged on those whose description is full; the benchmark
paragraphs were never looked at.
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
from actionlines.alignment.lexicon import reader
from actionlines.alignment.scoring import calibration, weigh
from actionlines.frameworks import catalogue

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
GOALS = tuple(str(number) for number in range(1, 18))
LINES = tuple(node.code for node in catalogue().frameworks["wsis"].nodes if node.code != "C7")
ACCEPTED = 0.5

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


def goal_table(texts: Iterable[str]) -> Array:
    """Texts × goals: the probability that the text belongs to the goal, 0 where there is no link."""
    found = [
        {link.node: link.probability for link in align(text, language="en") if link.framework == "sdg"}
        for text in texts
    ]
    return np.array([[row.get(goal, 0.0) for goal in GOALS] for row in found])


def goal_labels(rows: Sequence[dict[str, Any]]) -> Array:
    """Texts × goals: 1 where the text is labelled with the goal."""
    return np.array([[float(int(goal) in row["goals"]) for goal in GOALS] for row in rows])


def f1(labels: Array, accepted: npt.NDArray[np.bool_]) -> float:
    """Micro-F1."""
    return float(2 * (labels * accepted).sum() / max(1.0, labels.sum() + accepted.sum()))


def calibration_error(labels: Array, probabilities: Array, bins: int = 10) -> float:
    """Expected calibration error over the links that exist: mean distance of probability and truth, by bins."""
    exists = probabilities > 0
    truth, said = labels[exists], probabilities[exists]
    places = np.minimum((said * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(truth[places == place].mean() - said[places == place].mean()) * (places == place).mean()
            for place in set(places.tolist())
        )
    )


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


def benchmark() -> Figure:
    """SDGClassification benchmark: is goal g in the paragraph? Unweighted mean over the 17 goals."""
    rows = labelled("sdgclass_benchmark.jsonl")
    said = goal_table(row["text"] for row in rows)
    scores = []
    for place, goal in enumerate(GOALS):
        asked = [number for number, row in enumerate(rows) if int(row["probe"]) == int(goal)]
        truth = np.array([bool(rows[number]["answer"]) for number in asked])
        yes = said[asked, place] >= ACCEPTED
        both = (truth & yes).sum()
        scores.append(
            (
                (truth == yes).mean(),
                both / max(1, yes.sum()),
                both / truth.sum(),
                2 * both / (truth.sum() + yes.sum()),
            )
        )
    accuracy, precision, recall, mean_f1 = np.mean(scores, axis=0)
    measured = (
        f"accuracy {accuracy:.1%}, precision {precision:.1%}, recall {recall:.1%}, macro-F1 {mean_f1:.3f}"
    )
    how = f"{len(rows):,} English paragraphs, never looked at; links of at least {ACCEPTED}"
    return Figure("Goals, SDGClassification benchmark", measured, "–", how)


def goals_of(name: str, title: str) -> Figure:
    """Micro-F1, first goal right, calibration on one set of texts with several goals each."""
    rows = labelled(name)
    said, labels = goal_table(row["text"] for row in rows), goal_labels(rows)
    first = np.mean(
        [labels[number, said[number].argmax()] if said[number].any() else 0.0 for number in range(len(rows))]
    )
    precision = labels[said >= ACCEPTED].mean()
    measured = (
        f"micro-F1 {f1(labels, said >= ACCEPTED):.3f} (from 0.3: {f1(labels, said >= 0.3):.3f}), "
        f"precision {precision:.0%}, first goal right {first:.0%}, ECE {calibration_error(labels, said):.3f}"
    )
    return Figure(
        f"Goals, {title}", measured, "–", f"{len(rows):,} English texts; the curve was fitted on them"
    )


def goals_in_six_languages() -> Figure:
    """Official texts of targets and indicators: is their goal the first? One figure per language."""
    rows = [row for row in labelled("un_sdg_texts_6lang.jsonl") if row["kind"] != "goal"]
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
        goals_of("dpg_products.jsonl", "Digital Public Goods registry (labels of the owners)"),
        goals_of("oro_gold.jsonl", "ORO gold set (labels of experts)"),
        goals_in_six_languages(),
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
