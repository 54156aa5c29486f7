"""`actionlines align evaluate`: how good the aligner is on texts somebody has labelled."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from actionlines.alignment import Basis, align
from actionlines.alignment.evaluation import Case, Question, Scores, evaluate_labels, evaluate_questions
from actionlines.alignment.near_duplicates import training_texts
from actionlines.alignment.stacker import balanced, rate
from actionlines.cli.align import add_collection, add_semantic, collection_of
from actionlines.cli.labelled import Row, codes_of, demand, filled, language_of, read_rows
from actionlines.frameworks import Framework, catalogue
from actionlines.problems import InputError, Problem, marked

LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "goal": ("sdg", "goal"),
    "target": ("sdg", "target"),
    "line": ("wsis", ""),
}
_EVEN: Final = 0.5
_YES: Final = frozenset({"true", "yes", "1", "y", "t"})
_NO: Final = frozenset({"false", "no", "0", "n", "f"})


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `align evaluate`."""
    command = subparsers.add_parser(
        "align evaluate",
        help="score the aligner on labelled texts",
        description="Scores on a csv or jsonl file of labelled texts. What the owner declared plays no part.",
        epilog="Exit status: 0 done, 2 bad input, or texts the model was trained on.",
    )
    command.add_argument("dataset", type=Path, metavar="DATASET", help="csv or jsonl, UTF-8")
    command.add_argument("--text", required=True, metavar="COLUMN", help="column of the texts")
    command.add_argument(
        "--labels", metavar="COLUMN", help="column of codes: a list, or separated by semicolons"
    )
    command.add_argument("--probe", metavar="COLUMN", help="column of the code a yes/no question asks about")
    command.add_argument("--answer", metavar="COLUMN", help="column of the right answer: true or false")
    command.add_argument("--framework", choices=("sdg", "wsis"), required=True)
    command.add_argument("--level", choices=tuple(LEVELS), required=True)
    command.add_argument(
        "--lang", default="", metavar="COLUMN|CODE", help="language, or the column that says it"
    )
    command.add_argument(
        "--threshold",
        type=float,
        metavar="P",
        help="where texts have several labels (default: 0.5, or that of the collection)",
    )
    command.add_argument(
        "--skip-known",
        action="store_true",
        help="leave out texts the model was trained on instead of refusing",
    )
    add_semantic(command)
    add_collection(command)
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.set_defaults(func=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    _check(arguments)
    arguments.collection = collection_of(arguments)
    rows = list(read_rows(arguments.dataset))
    columns = [arguments.text, *filter(None, (arguments.labels, arguments.probe, arguments.answer))]
    demand(rows, columns, arguments.dataset.name)
    asked = [row for row in rows if filled(row, columns)]
    kept, known = _unknown(asked, arguments)
    if not kept:
        raise InputError([Problem(marked("has no labelled text to evaluate."), file=arguments.dataset.name)])
    if arguments.probe:
        scores = evaluate_questions([_question(row, arguments) for row in kept])
    else:
        own = arguments.collection.threshold if arguments.collection else _EVEN
        threshold = own if arguments.threshold is None else arguments.threshold
        scores = evaluate_labels([_case(row, arguments) for row in kept], threshold)
    left_out = {"without_label": len(rows) - len(asked), "known_left_out": known}
    if arguments.format == "json":
        json.dump(scores.plain() | left_out, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\n".join(_told(scores, left_out)) + "\n")
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if LEVELS[arguments.level][0] != arguments.framework:
        raise InputError(
            [
                Problem(
                    marked("%(framework)s has no level “%(level)s”."),
                    {"framework": arguments.framework, "level": arguments.level},
                    expected=marked("goal or target with sdg, line with wsis."),
                )
            ]
        )
    if bool(arguments.probe) != bool(arguments.answer) or bool(arguments.probe) == bool(arguments.labels):
        raise InputError([Problem(marked("either --labels or both --probe and --answer are needed."))])


def _unknown(rows: Iterable[Row], arguments: argparse.Namespace) -> tuple[list[Row], int]:
    """The rows the model has not been trained on, and how many it has.

    Raises:
        InputError: it was trained on some, and nobody asked to leave them out.
    """
    trained = [training_texts(), *([arguments.collection.texts] if arguments.collection else [])]
    kept: list[Row] = []
    known: list[Row] = []
    for row in rows:
        text = str(row.fields[arguments.text])
        (known if any(texts.holds(text) for texts in trained) else kept).append(row)
    if known and not arguments.skip_known:
        raise InputError(
            [
                Problem(
                    marked(
                        "The model was trained on %(count)d of these texts, or on near-duplicates of them (first: row "
                        "%(row)d): a score would say nothing."
                    ),
                    {"count": len(known), "row": known[0].number},
                    arguments.dataset.name,
                    expected=marked("texts it has not seen, or --skip-known."),
                )
            ]
        )
    return kept, len(known)


def _raised(code: str, framework: Framework, level: str) -> str:
    return framework.root_of(code).code if level == "goal" else code


def _case(row: Row, arguments: argparse.Namespace) -> Case:
    framework = catalogue().frameworks[arguments.framework]
    codes = codes_of(row, arguments.labels, framework, arguments.dataset.name)
    labels = frozenset(_raised(code, framework, arguments.level) for code in codes)
    said, language = _said(row, arguments)
    return Case(labels, said, language)


def _question(row: Row, arguments: argparse.Namespace) -> Question:
    framework = catalogue().frameworks[arguments.framework]
    (code,) = codes_of(row, arguments.probe, framework, arguments.dataset.name)[:1]
    word = str(row.fields[arguments.answer]).strip().lower()
    if word not in _YES | _NO:
        raise InputError(
            [
                Problem(
                    marked("“%(word)s” is no answer."),
                    {"word": word},
                    arguments.dataset.name,
                    row.number,
                    arguments.answer,
                    marked("true or false."),
                )
            ]
        )
    said, language = _said(row, arguments)
    likely = min(max(said.get(code, 0.0), 1e-6), 1 - 1e-6)
    even = rate(language, code, semantic=arguments.semantic)
    return Question(code, word in _YES, balanced(likely, even), language)


def _said(row: Row, arguments: argparse.Namespace) -> tuple[dict[str, float], str]:
    """Node of the level asked to probability, and the language."""
    text = str(row.fields[arguments.text])
    language = language_of(row, arguments.lang, text)
    kind = LEVELS[arguments.level][1]
    nodes = catalogue().frameworks[arguments.framework]
    found = {
        link.node: link.probability
        for link in align(
            text, language=language, semantic=arguments.semantic, collection=arguments.collection
        )
        if link.framework == arguments.framework
        and link.basis is not Basis.MATRIX
        and (not kind or nodes[link.node].kind == kind)
    }
    if arguments.framework == "wsis":
        found = {
            code: p for code, p in found.items() if not any(other.startswith(f"{code}-") for other in found)
        }
    return found, language


def _told(scores: Scores, left_out: Mapping[str, int]) -> Iterator[str]:
    for name, value in {**scores.figures, **left_out}.items():
        ends = scores.intervals.get(name)
        yield f"{name:16}{'–' if value is None else value}" + (f"  ({ends[0]}–{ends[1]})" if ends else "")
    yield ""
    yield f"{'language':16}accuracy  micro_f1  n"
    for language, row in scores.languages.items():
        yield f"{language:16}{row['accuracy']:8.3f}  {row['micro_f1']:8.3f}  {row['n']}"
    yield ""
    yield f"{'class':16}precision  recall  f1     n"
    for node, row in scores.classes.items():
        yield f"{node:16}{row['precision']:9.3f}  {row['recall']:6.3f}  {row['f1']:.3f}  {row['n']}"
