"""`actionlines align explain`: the arithmetic of one link, and the words that would change the answer."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from actionlines import documents
from actionlines.alignment.explanation import Explanation, explain
from actionlines.alignment.explanation_wording import told
from actionlines.alignment.learned import Learned, read_learned
from actionlines.alignment.lexicon import FRAMEWORKS
from actionlines.cli.align import add_collection, collection_of
from actionlines.cli.output import add_format, answer
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES, without_controls


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `align explain`."""
    command = subparsers.add_parser(
        "align explain",
        help="say why a text has, or lacks, one link",
        description="The words, weights and terms of one link, and what it would be without each of its words.",
        epilog="Exit status: 0 done, 2 bad input.",
    )
    command.add_argument("text", metavar="FILE|TEXT", help="a document, or the text itself")
    command.add_argument(
        "--link", required=True, metavar="FRAMEWORK:CODE", help="such as sdg:1.4, wsis:C2 or gdc:5"
    )
    command.add_argument(
        "--lang", choices=LANGUAGES, default="", help="language of the text (default: detected)"
    )
    command.add_argument(
        "--in", dest="reader", choices=LANGUAGES, default="en", help="language of the answer"
    )
    command.add_argument("--model", type=Path, metavar="FOLDER", help="what `align learn` wrote")
    add_collection(command)
    add_format(command)
    command.set_defaults(func=_explain, semantic=False)


def _explain(arguments: argparse.Namespace) -> int:
    framework, code = _link(arguments.link)
    learned = read_learned(arguments.model) if arguments.model else Learned()
    found = explain(
        without_controls(_text(arguments.text)),
        framework,
        code,
        language=arguments.lang,
        learned=learned,
        collection=collection_of(arguments),
    )
    answer(arguments, _plain(found, arguments.reader), told(found, arguments.reader))
    return 0


def _link(asked: str) -> tuple[str, str]:
    framework, _, code = asked.partition(":")
    if framework not in FRAMEWORKS or code not in catalogue().frameworks[framework]:
        fault = marked("“%(link)s” is no link.")
        expected = marked("sdg, wsis or gdc, a colon and a code of it, such as sdg:1.4.")
        raise InputError([Problem(fault, {"link": asked}, column="--link", expected=expected)])
    return framework, code


def _text(asked: str) -> str:
    """The text of the document of that name; what is no file is the text itself."""
    try:
        path = Path(asked)
        is_file = path.is_file()
    except (OSError, ValueError):  # longer than a file name may be, or with a zero in it
        return asked
    return documents.read(path).text if is_file else asked


def _plain(explanation: Explanation, language: str) -> dict[str, Any]:
    return {**asdict(explanation), "sentences": list(told(explanation, language))}
