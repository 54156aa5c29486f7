"""`actionlines align learn`: decisions of people in, a refitted model out, unless it would be worse."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from actionlines.alignment.learned import FILE
from actionlines.alignment.learning import ENOUGH, ENOUGH_EACH, Lesson, learn
from actionlines.alignment.verdict import agreement, read_verdicts
from actionlines.cli.align_collection import add_labels, learn_collection
from actionlines.cli.output import add_format, answer
from actionlines.cli.whole_file import whole_file
from actionlines.problems import InputError, Problem, marked

REPORT: Final = "report.json"
_NOT_BETTER: Final = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `align learn`."""
    command = subparsers.add_parser(
        "align learn",
        help="refit the aligner on decisions of people",
        description=(
            "Reads JSON Lines with text, language, framework, node, accepted (and probability, basis, model, reviewer, at), "
            f"refits what has at least {ENOUGH} decisions, {ENOUGH_EACH} of each kind, and tells what it does to the three "
            "texts in ten that are held out. With --text and --labels the file is a labelled collection instead, csv or "
            "JSON Lines: a model of its goals or lines is made, for `align --collection`."
        ),
        epilog="Exit status: 0 done, 1 nothing written because it would be no better, 2 bad input.",
    )
    command.add_argument("decisions", type=Path, metavar="DECISIONS", help="JSON Lines, UTF-8")
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help="a folder for `align --model`, made if need be; of a collection a file for `align --collection`",
    )
    add_labels(command)
    add_format(command)
    command.set_defaults(func=_learn)


def _learn(arguments: argparse.Namespace) -> int:
    if arguments.text or arguments.labels:
        return learn_collection(arguments)
    verdicts = read_verdicts(arguments.decisions)
    if not verdicts:
        raise InputError([Problem(marked("holds no decision."), file=arguments.decisions.name)])
    lesson = learn(verdicts)
    report = {
        "decisions": len(verdicts),
        "unused": lesson.unused,
        "written": lesson.better,
        "before": dict(lesson.before),
        "after": dict(lesson.after),
        "parts": dict(lesson.parts),
        "agreement": agreement(verdicts),
    }
    if lesson.better:
        _write(arguments.out, lesson, report)
    answer(arguments, report, _told(report))
    if not lesson.better:
        sys.stderr.write("actionlines: the held-out decisions would be met no better: nothing is written.\n")
    return 0 if lesson.better else _NOT_BETTER


def _write(folder: Path, lesson: Lesson, report: Mapping[str, Any]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = marked("the folder cannot be made (%(reason)s).")
        raise InputError([Problem(fault, {"reason": error.strerror}, str(folder))]) from None
    with whole_file(folder / REPORT) as stream:
        stream.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    with whole_file(folder / FILE) as stream:
        stream.write(lesson.learned.toml())


def _told(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{report['decisions']} decisions, {report['unused']} of them teach nothing."
    yield f"{'part':16}{'state':10}{'taught':>8}{'judged':>8}{'log loss':>20}{'ECE':>18}{'accuracy':>18}"
    whole = {"state": "", "taught": "", "judged": report["before"]["n"], **_both(report)}
    for part, found in {**report["parts"], "all held out": whole}.items():
        if found["judged"]:
            change = [
                f"{found['before'][name]:.3f} → {found['after'][name]:.3f}"
                for name in ("log_loss", "ece", "accuracy")
            ]
            yield (
                f"{part:16}{found['state']:10}{found['taught']!s:>8}{found['judged']:>8}"
                f"{change[0]:>20}{change[1]:>18}{change[2]:>18}"
            )
        else:
            yield f"{part:16}{found['state']:10}{found['taught']!s:>8}{found['judged']:>8}"
    for pair in report["agreement"]:
        first, second = pair["reviewers"]
        yield f"{first} and {second}: {pair['n']} links, agreed {pair['agreed']}, kappa {pair['kappa']}"


def _both(report: Mapping[str, Any]) -> dict[str, Any]:
    return {"before": report["before"], "after": report["after"]}
