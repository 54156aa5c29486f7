"""The texts `actionlines align` is given: documents, tables and files of activities of any size, folders of all.

Everything is read once before anything is written: faults are told, texts counted. Tables and files of IATI activities
are then read again, row by row, so that millions of rows need no memory; the passages of documents are kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from actionlines import documents
from actionlines.alignment.language import detect_language
from actionlines.cli.aligned import Aligned
from actionlines.documents.kind import SUFFIXES
from actionlines.formats import iati
from actionlines.formats.tabular import stream_entries
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry

_TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
_ACTIVITIES: Final = frozenset({".xml"})
CHUNK: Final = 64
"""Texts a worker takes at a time."""


@dataclass
class Corpus:
    """What was found in files and folders.

    Attributes:
        files: in the order given; those of a folder by path.
        text_column: of tables.
        count: texts without an error.
        problems: of all files.
    """

    files: Sequence[Path]
    text_column: str = ""
    count: int = 0
    problems: list[Problem] = field(default_factory=list)
    _kept: dict[Path, list[Aligned]] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """What stops a record or a file."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def survey(self) -> None:
        """Read everything once.

        Raises:
            InputError: files that cannot be read as a whole, all of them.
        """
        unreadable: list[Problem] = []
        for path in self.files:
            try:
                self._survey(path)
            except InputError as error:
                unreadable += error.problems
        if unreadable:
            raise InputError([*unreadable, *self.errors])

    def _survey(self, path: Path) -> None:
        if path.suffix.lower() not in _TABLES | _ACTIVITIES:
            document = documents.read(path)
            language = detect_language(document.text)
            self._kept[path] = [
                Aligned.of_passage(passage, path.name, language) for passage in document.passages
            ]
            self.count += len(self._kept[path])
            return
        for found in self._rows(path):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                self.count += 1

    def _rows(self, path: Path) -> Iterator[Entry | Problem]:
        if path.suffix.lower() in _ACTIVITIES:
            return iati.stream_entries(path)
        return stream_entries(path, text_column=self.text_column)

    def texts(self) -> Iterator[Aligned]:
        """Every passage and row without an error, one by one."""
        for path in self.files:
            if path in self._kept:
                yield from self._kept[path]
            else:
                for found in self._rows(path):
                    if not isinstance(found, Problem):
                        yield Aligned.of_entry(found, path.name)

    def chunks(self, behind: int = 0) -> Iterator[tuple[Aligned, ...]]:
        """The texts, CHUNK at a time, without the first `behind` chunks."""
        texts = islice(self.texts(), behind * CHUNK, None)
        while chunk := tuple(islice(texts, CHUNK)):
            yield chunk

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        return -(-self.count // CHUNK)

    def stamp(self) -> list[list[object]]:
        """What tells whether the files are still the same: path, size, time of the last change."""
        return [[str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns] for path in self.files]


def files_in(given: Iterable[Path]) -> list[Path]:
    """The files, and of each folder those in it whose suffix is known, by path; hidden ones are passed over.

    Raises:
        InputError: a folder without such a file.
    """
    known = _TABLES | _ACTIVITIES | SUFFIXES.keys()
    found: list[Path] = []
    empty: list[Problem] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in known and file.is_file() and _visible(file.relative_to(path))
        )
        found += inside
        if not inside:
            expected = marked(
                "documents (txt, md, html, docx, pdf), tables (csv, xlsx, ods, xls) or IATI activities (xml)."
            )
            empty.append(
                Problem(marked("the folder holds nothing to read."), file=str(path), expected=expected)
            )
    if empty:
        raise InputError(empty)
    return list(dict.fromkeys(found))


def _visible(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.parts)
