"""`actionlines align`: what documents and tables of entries have to do with action lines, goals and targets."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from actionlines import documents
from actionlines.alignment import align
from actionlines.alignment.language import detect_language
from actionlines.alignment.learned import Learned, read_learned
from actionlines.alignment.lexicon import FRAMEWORKS
from actionlines.cli.aligned import WRITERS, Aligned
from actionlines.cli.whole_file import whole_file
from actionlines.formats.tabular import read_entries
from actionlines.problems import InputError, Problem
from actionlines.text import LANGUAGES

_T = TypeVar("_T")

_TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})

# A passage of this many characters shows its own language; a shorter one is taken to be in that of its document.
_TELLS_ITS_LANGUAGE: Final = 200
_PROGRESS_EVERY: Final = 0.2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `align`."""
    command = subparsers.add_parser(
        "align",
        help="link texts to action lines, goals and targets",
        description=(
            "Documents (txt, md, html, docx, pdf) are read passage by passage, tables (csv, xlsx, ods, xls) row by row: "
            "title and description, or one column of texts. Declared lines and targets of a table are used."
        ),
        epilog="Exit status: 0 done, 1 done without the refused rows, 2 bad input, in which case nothing is written.",
    )
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="documents and tables of entries"
    )
    command.add_argument("--format", choices=tuple(WRITERS), default="json", help="default: json")
    command.add_argument(
        "--lang",
        choices=LANGUAGES,
        default="",
        help="language of the texts (default: what a table says, or detected)",
    )
    command.add_argument(
        "--text-column",
        default="",
        metavar="NAME",
        help="column of a table that holds the text, whatever its name",
    )
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument(
        "--min-probability",
        type=_probability,
        default=0.0,
        metavar="P",
        help="leave out weaker links (0 to 1)",
    )
    command.add_argument("--framework", choices=FRAMEWORKS, help="only links to this framework")
    command.add_argument(
        "--skip-refused",
        action="store_true",
        help="align the rows without errors instead of stopping (status 1)",
    )
    command.add_argument("--model", type=Path, metavar="FOLDER", help="what `align learn` wrote")
    command.set_defaults(func=_align)


def _probability(text: str) -> float:
    try:
        probability = float(text)
    except ValueError:
        probability = -1.0
    if not 0 <= probability <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a probability: expected a number from 0 to 1")
    return probability


def _align(arguments: argparse.Namespace) -> int:
    texts, refused = _texts(arguments)
    with whole_file(arguments.output) as stream:
        WRITERS[arguments.format](stream, _aligned(_with_progress(texts), arguments), arguments.lang or "en")
    return 1 if refused else 0


def _texts(arguments: argparse.Namespace) -> tuple[list[Aligned], bool]:
    """Every passage and row of the files, without links yet; everything is read before anything is written.

    Raises:
        InputError: the faults of all files.
    """
    texts: list[Aligned] = []
    errors: list[Problem] = []
    refused = False
    for path in arguments.files:
        try:
            found, problems = _read(path, arguments.text_column)
        except InputError as error:
            errors += error.problems
            continue
        texts += found
        for problem in problems:
            if problem.severity == "error" and not arguments.skip_refused:
                errors.append(problem)
            else:
                refused = refused or problem.severity == "error"
                sys.stderr.write(f"actionlines: {problem}\n")
    if errors:
        raise InputError(errors)
    return texts, refused


def _read(path: Path, text_column: str) -> tuple[list[Aligned], Sequence[Problem]]:
    if path.suffix.lower() in _TABLES:
        table = read_entries(path, text_column=text_column)
        return [Aligned.of_entry(entry, path.name) for entry in table.entries], table.problems
    document = documents.read(path)
    language = detect_language(document.text)
    return [Aligned.of_passage(passage, path.name, language) for passage in document.passages], ()


def _aligned(texts: Iterable[Aligned], arguments: argparse.Namespace) -> Iterator[Aligned]:
    for item in texts:
        language = _language(item, arguments.lang)
        links = align(
            item.text, language=language, lines=item.lines, targets=item.targets, frameworks=FRAMEWORKS
        )
        yield item.linked(
            (
                link
                for link in links
                if link.probability >= arguments.min_probability
                and arguments.framework in (None, link.framework)
            ),
            language,
        )


def _language(item: Aligned, asked: str) -> str:
    if asked or (item.row is not None and item.language):
        return asked or item.language
    own = detect_language(item.text) if item.row is not None or len(item.text) >= _TELLS_ITS_LANGUAGE else ""
    return own or item.language


def _with_progress(items: Sequence[_T]) -> Iterator[_T]:
    """The items; where people watch, standard error says how far they are."""
    if not sys.stderr.isatty():
        yield from items
        return
    said = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - said > _PROGRESS_EVERY:
            said = time.monotonic()
            sys.stderr.write(f"\r{number:,} of {len(items):,} texts")
    sys.stderr.write("\r\033[K")
