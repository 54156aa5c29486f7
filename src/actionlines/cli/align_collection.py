"""`actionlines align learn` of a labelled collection: a model of its goals or lines, unless it would be no better."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from actionlines.alignment import Basis, align
from actionlines.alignment.collecting import (
    FOLDS,
    Labelled,
    collect,
    figures,
    folds_of,
    joined,
    truths,
    unseen_answers,
)
from actionlines.alignment.collection import nodes_of, read
from actionlines.alignment.meaning import demand_encoder
from actionlines.cli.align import add_semantic
from actionlines.cli.labelled import Row, codes_of, demand, filled, language_of, read_rows
from actionlines.cli.output import answer
from actionlines.cli.whole_file import whole_file
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked

_NOT_BETTER: Final = 1
_EVEN: Final = 0.5
_SHOWN: Final = ("micro_f1", "top1", "log_loss", "ece")


def add_labels(command: argparse.ArgumentParser) -> None:
    """Where the texts of a collection and their labels stand."""
    group = command.add_argument_group("a labelled collection")
    group.add_argument("--text", metavar="COLUMN", help="column of the texts")
    group.add_argument(
        "--labels", metavar="COLUMN", help="column of codes: a list, or separated by semicolons"
    )
    group.add_argument(
        "--among",
        metavar="COLUMN",
        help="column of the codes that were in question for a text (default: all)",
    )
    group.add_argument(
        "--framework", choices=("sdg", "wsis"), default="sdg", help="goals (default), or lines"
    )
    group.add_argument(
        "--lang", default="", metavar="COLUMN|CODE", help="language, or the column that says it"
    )
    add_semantic(command)


def learn_collection(arguments: argparse.Namespace) -> int:
    """Learn, judge in folds, write what is better than the aligner that ships.

    Raises:
        InputError: bad options, texts or labels; the extra of the meaning is missing.
    """
    if not (arguments.text and arguments.labels):
        raise InputError([Problem(marked("a collection needs both --text and --labels."))])
    if arguments.semantic:
        demand_encoder()
    given, left_out = _texts(arguments)
    texts = joined([text for text, _ in given])
    languages = {text.text: language for text, language in given}
    said = [_shipped(text.text, languages[text.text], arguments) for text in texts]
    learnt = collect(texts, arguments.framework)
    before, after = _judged(texts, said, arguments.framework)
    better = after["log_loss"] < before["log_loss"]
    report = {
        "texts": len(texts),
        **left_out,
        "written": better,
        "threshold": learnt.threshold,
        "before": before,
        "after": after,
    }
    if better:
        with whole_file(arguments.out) as stream:
            learnt.save(stream.buffer)
    answer(arguments, report, _told(report))
    if not better:
        sys.stderr.write("actionlines: texts it has not seen would be met no better: nothing is written.\n")
    return 0 if better else _NOT_BETTER


def _texts(arguments: argparse.Namespace) -> tuple[list[tuple[Labelled, str]], dict[str, int]]:
    """The labelled texts with their languages, and how many rows were left out."""
    rows = list(read_rows(arguments.decisions))
    columns = [arguments.text, arguments.labels]
    demand(rows, [*columns, *filter(None, [arguments.among])], arguments.decisions.name)
    asked = [row for row in rows if filled(row, columns)]
    texts = []
    for row in asked:
        text = str(row.fields[arguments.text])
        language = language_of(row, arguments.lang, text)
        reading = read(text, language, arguments.framework, semantic=arguments.semantic) if language else None
        if reading is None:
            continue
        among = _nodes(row, arguments.among, arguments) if arguments.among else frozenset()
        texts.append((Labelled(text, reading, _nodes(row, arguments.labels, arguments), among), language))
    return texts, {"without_label": len(rows) - len(asked), "unread": len(asked) - len(texts)}


def _nodes(row: Row, column: str, arguments: argparse.Namespace) -> frozenset[str]:
    """The goals of the codes of a cell, or its lines.

    Raises:
        InputError: a code that is none, or a line that has sub-lines.
    """
    framework = catalogue().frameworks[arguments.framework]
    nodes = nodes_of(arguments.framework)
    found = set()
    for code in codes_of(row, column, framework, arguments.decisions.name):
        node = framework.root_of(code).code if arguments.framework == "sdg" else code
        if node not in nodes:
            fault = marked("“%(code)s” has sub-lines.")
            expected = marked("the sub-line.")
            file = arguments.decisions.name
            raise InputError([Problem(fault, {"code": code}, file, row.number, column, expected)])
        found.add(node)
    return frozenset(found)


def _shipped(text: str, language: str, arguments: argparse.Namespace) -> dict[str, float]:
    links = align(text, language=language, semantic=arguments.semantic, frameworks=(arguments.framework,))
    return {
        link.node: link.probability
        for link in links
        if link.framework == arguments.framework and link.basis is not Basis.MATRIX
    }


def _judged(
    texts: list[Labelled], shipped: list[dict[str, float]], framework: str
) -> tuple[dict[str, float], dict[str, float]]:
    """The figures of the aligner that ships, and of collections that have not seen the text."""
    nodes, (truth, asked) = nodes_of(framework), truths(texts, framework)
    before = np.array([[said.get(node, 0.0) for node in nodes] for said in shipped]) * asked
    after, answers = np.zeros(truth.shape), np.zeros(truth.shape)
    for place, said, threshold in unseen_answers(texts, framework, folds_of(len(texts))):
        after[place] = np.array(list(said.values())) * asked[place]
        answers[place] = after[place] >= threshold
    return figures(before, before >= _EVEN, truth), figures(after, answers, truth)


def _told(report: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{report['texts']} texts; {report['without_label']} rows without text or label, {report['unread']} without "
        "enough text."
    )
    yield f"{'texts not seen, in folds of ' + str(FOLDS):32}{'before':>8}{'after':>8}"
    for name in _SHOWN:
        yield f"{name:32}{report['before'][name]:8.3f}{report['after'][name]:8.3f}"
    yield f"yes from {report['threshold']:.2f} on"
