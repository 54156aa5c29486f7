"""`actionlines align --by file`: what each document or table as a whole has to do with the nodes."""

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any, Final

from actionlines.alignment import Link
from actionlines.alignment.roll_up import RollUp
from actionlines.cli.aligned import Aligned
from actionlines.cli.corpus import Corpus, Filed
from actionlines.cli.places import place_of
from actionlines.engine import Pool, Progress, stream
from actionlines.formats.tabular.table import guarded
from actionlines.problems import InputError, Problem, marked

SHAPES: Final = ("json", "jsonl", "csv")
_NODE: Final = ("framework", "node", "share", "probability", "counted", "against")

Said = tuple[int, list[tuple[int, tuple[Link, ...]]]]


@dataclass(frozen=True, slots=True)
class OfFiles:
    """What a worker says of a chunk: the number of its file, and length and links of each text."""

    linked: Callable[[Aligned], Aligned]

    def __call__(self, chunk: Filed) -> Said:
        """Align a chunk."""
        return chunk[0], [(len(item.text), self.linked(item).links) for item in chunk[1]]


def demand_shape(shape: str) -> None:
    """Raise an InputError where files cannot be told in a format."""
    if shape not in SHAPES:
        fault = marked("files as a whole are not told as %(shape)s.")
        raise InputError(
            [Problem(fault, {"shape": shape}, column="--format", expected=marked("json, jsonl or csv."))]
        )


def told_of_files(
    corpus: Corpus,
    order: OfFiles,
    arguments: argparse.Namespace,
    pool: Pool | None,
    progress: Progress | None,
) -> Iterator[str]:
    """The output in parts: each file once its last text is aligned; the same bytes wherever the work is done."""
    parts = stream(
        order,
        corpus.filed(),
        **place_of(arguments).arguments(),
        pool=pool,
        progress=progress,
        total=corpus.filed_count,
    )
    rolled = ((corpus.files[number].name, roll_up) for number, roll_up in _rolled(parts, len(corpus.files)))
    if arguments.format == "csv":
        yield _lines([("file", "passages", "characters", *_NODE)])
        yield from (_lines(_rows(name, roll_up)) for name, roll_up in rolled)
        return
    pieces = (json.dumps(_plain(name, roll_up), ensure_ascii=False) for name, roll_up in rolled)
    if arguments.format == "jsonl":
        yield from (f"{piece}\n" for piece in pieces)
        return
    yield "["
    for number, piece in enumerate(pieces):
        yield f"{',' if number else ''}\n{piece}"
    yield "\n]\n"


def _rolled(parts: Iterable[Said], count: int) -> Iterator[tuple[int, RollUp]]:
    """Each file with its passages added up; those without one too."""
    number, held = 0, RollUp()
    for file, texts in parts:
        while number < file:
            yield number, held
            number, held = number + 1, RollUp()
        for length, links in texts:
            held.add(length, links)
    while number < count:
        yield number, held
        number, held = number + 1, RollUp()


def _plain(name: str, roll_up: RollUp) -> Mapping[str, Any]:
    return {
        "file": name,
        "passages": roll_up.passages,
        "characters": roll_up.characters,
        "nodes": [asdict(node) for node in roll_up.nodes()],
    }


def _rows(name: str, roll_up: RollUp) -> Iterator[tuple[object, ...]]:
    for node in roll_up.nodes():
        said = asdict(node)
        yield name, roll_up.passages, roll_up.characters, *(said[column] for column in _NODE)


def _lines(rows: Iterable[Iterable[object]]) -> str:
    page = StringIO()
    csv.writer(page, lineterminator="\n").writerows([guarded(str(cell)) for cell in row] for row in rows)
    return page.getvalue()
