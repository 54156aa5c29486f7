"""`actionlines align`: what documents and tables of entries have to do with action lines, goals and targets."""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from actionlines import __version__
from actionlines.alignment import align
from actionlines.alignment.collection import Collection, read_collection
from actionlines.alignment.language import detect_language
from actionlines.alignment.learned import Learned, read_learned
from actionlines.alignment.lexicon import FRAMEWORKS
from actionlines.alignment.meaning import demand_encoder
from actionlines.alignment.model import VERSION
from actionlines.cli.aligned import SHAPES, Aligned
from actionlines.cli.corpus import CHUNK, Corpus, files_in
from actionlines.cli.journal import journaled
from actionlines.cli.places import add_places, place_of
from actionlines.engine import Progress, stream
from actionlines.problems import InputError
from actionlines.text import LANGUAGES

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
            "title and description, or one column of texts; files of IATI (xml) activity by activity. Declared lines and "
            "targets are used. Of a folder every file of these kinds is read. A run with -o that was killed goes on "
            "where it was when it is started again."
        ),
        epilog="Exit status: 0 done, 1 done without the refused rows, 2 bad input, in which case nothing is written.",
    )
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="documents, tables of entries, folders"
    )
    command.add_argument("--format", choices=tuple(SHAPES), default="json", help="default: json")
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
    add_semantic(command)
    add_collection(command)
    add_places(command)
    command.add_argument("--model", type=Path, metavar="FOLDER", help="what `align learn` wrote")
    command.set_defaults(func=_align)


def add_semantic(command: argparse.ArgumentParser) -> None:
    """Whether the meaning is read too."""
    command.add_argument(
        "--semantic",
        action="store_true",
        help="read the meaning too: slower, needs the extra actionlines[semantic]",
    )


def add_collection(command: argparse.ArgumentParser) -> None:
    """A model of texts like these."""
    command.add_argument(
        "--collection", type=Path, metavar="FILE", help="what `align learn` made of labelled texts"
    )


def collection_of(arguments: argparse.Namespace) -> Collection | None:
    """The collection that is asked for, or None.

    Raises:
        InputError: it cannot be read, or the meaning is to be read and its extra is not installed.
    """
    found = read_collection(arguments.collection) if arguments.collection else None
    if arguments.semantic or (found and found.semantic):
        demand_encoder()
    return found


def _probability(text: str) -> float:
    try:
        probability = float(text)
    except ValueError:
        probability = -1.0
    if not 0 <= probability <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a probability: expected a number from 0 to 1")
    return probability


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run; it travels to the workers.

    Attributes:
        shape: of the output, a key of SHAPES.
        language: of the texts, or ''; also of the titles in a page.
        least: probability below which a link is left out.
        frameworks: to link to.
        only: of these only one is told, or ''.
        learned: numbers that take the place of those that ship.
        semantic: whether the meaning is read too.
        collection: what was learnt from texts like these.
    """

    shape: str
    language: str
    least: float
    only: str
    learned: Learned
    semantic: bool
    collection: Collection | None

    def __call__(self, chunk: tuple[Aligned, ...]) -> list[str]:
        """The pieces of a chunk of texts; those without anything to tell are left out."""
        piece = SHAPES[self.shape].piece
        said = (piece(self._linked(item), self.language or "en") for item in chunk)
        return [text for text in said if text]

    def _linked(self, item: Aligned) -> Aligned:
        language = _language(item, self.language)
        links = align(
            item.text,
            language=language,
            lines=item.lines,
            targets=item.targets,
            frameworks=FRAMEWORKS,
            learned=self.learned,
            semantic=self.semantic,
            collection=self.collection,
        )
        told = (
            link for link in links if link.probability >= self.least and self.only in ("", link.framework)
        )
        return item.linked(told, language)


def _align(arguments: argparse.Namespace) -> int:
    collection = collection_of(arguments)
    learned = read_learned(arguments.model) if arguments.model else Learned()
    corpus = Corpus(files_in(arguments.files), arguments.text_column)
    corpus.survey()
    if corpus.errors and not arguments.skip_refused:
        raise InputError(corpus.errors)
    for problem in corpus.problems:
        sys.stderr.write(f"actionlines: {problem}\n")
    order = Order(
        arguments.format,
        arguments.lang,
        arguments.min_probability,
        arguments.framework or "",
        learned,
        arguments.semantic,
        collection,
    )
    if arguments.output is None:
        for text in _written(corpus, order, arguments, behind=0):
            sys.stdout.write(text)
    else:
        with journaled(arguments.output, _task(corpus, order)) as journal:
            if journal.done:
                sys.stderr.write(f"actionlines: going on behind {journal.done - 1:,} chunks that are done.\n")
            for text in _written(corpus, order, arguments, behind=journal.done):
                journal.write(text)
    return 1 if corpus.errors else 0


def _task(corpus: Corpus, order: Order) -> str:
    """A fingerprint of all that shapes the output."""
    learnt = order.collection.stamp() if order.collection else ""
    rest = asdict(replace(order, collection=None))
    told = [__version__, VERSION, corpus.stamp(), corpus.text_column, rest, learnt]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _written(corpus: Corpus, order: Order, arguments: argparse.Namespace, behind: int) -> Iterator[str]:
    """The output in parts: the head, the pieces of each chunk, the tail; without the first `behind` parts.

    A shape with something between its pieces has a piece for every text: so each chunk but the first begins with it.
    """
    shape = SHAPES[order.shape]
    if not behind:
        yield shape.head
    done = max(0, behind - 1)
    parts = stream(
        order,
        corpus.chunks(done),
        **place_of(arguments).arguments(),
        progress=_progress(corpus.count, done),
        total=corpus.chunk_count - done,
    )
    for number, pieces in enumerate(parts, done):
        yield (shape.between if number else "") + shape.between.join(pieces)
    if behind < corpus.chunk_count + 2:
        yield shape.tail


def _language(item: Aligned, asked: str) -> str:
    if asked or (item.row is not None and item.language):
        return asked or item.language
    own = detect_language(item.text) if item.row is not None or len(item.text) >= _TELLS_ITS_LANGUAGE else ""
    return own or item.language


def _progress(total: int, done_before: int) -> Progress | None:
    """Where people watch, what tells them on standard error how far the work is."""
    if not sys.stderr.isatty():
        return None
    begun = said = time.monotonic()

    def tell(done: int, chunks: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= _PROGRESS_EVERY:
            said = now
            texts = min((done_before + done) * CHUNK, total)
            pace = done * CHUNK / max(now - begun, 1e-9)
            sys.stderr.write(f"\r{texts:,} of {total:,} texts, {pace:,.0f} a second\033[K")
        if done == chunks:
            sys.stderr.write("\r\033[K")

    return tell
