"""Reading SDMX-CSV 1.0, 2.0 and 2.1, row by row.

The forms are those of the field guides of the SDMX technical working group: identifiers only, identifiers and labels
in one cell ("A: Annual"), labels in columns of their own; besides them the columns "…_LABEL" some agencies add.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from actionlines.formats.sdmx.message import Message, opener
from actionlines.formats.sdmx.structure import Record, Structure, reference_of
from actionlines.problems import InputError, Problem, marked

_LEADING: Final = frozenset(
    {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY"}
)
_FIRST: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?"?(?:(STRUCTURE(?:\[[^\]"]*\])?)"?[,;\t|]"?STRUCTURE_ID|DATAFLOW"?[,;\t|])'
)
_SUFFIX: Final = re.compile(r"\[[^\]]*\]$")
_CODE_AND_LABEL: Final = re.compile(r"([\w@$+.-]+): (.*)", re.DOTALL)
_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_LABEL: Final = "_LABEL"


def is_sdmx_csv(start: bytes) -> bool:
    """Whether a file that begins with these bytes (a hundred) is SDMX-CSV."""
    return _FIRST.match(start) is not None


def read_sdmx_csv(source: Path | bytes, name: str = "", *, structure: Structure | None = None) -> Message:
    """The data of a file.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.
        structure: where it is known: which components there are, and which of them hold codes.

    Raises:
        InputError: missing, too large, not UTF-8, or without the first columns SDMX-CSV must have. Faults of the
            encoding further down come up while `records` is read.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    opened = opener(source, name)
    with opened() as file:
        start = file.read(4096)
    match = _FIRST.match(start)
    if match is None:
        template = marked("the file does not begin as SDMX-CSV does.")
        expected = marked("a first column STRUCTURE (version 2) or DATAFLOW (version 1).")
        raise InputError([Problem(template, file=name, row=1, expected=expected)])
    separator = match[0].replace(b'"', b"").removesuffix(b"STRUCTURE_ID")[-1:].decode()
    reader = _Reader(opened, name, separator, structure)
    reader.begin()
    return reader.message


class _Reader:
    """Reads the header, then the rows."""

    def __init__(
        self, opened: Callable[[], BinaryIO], name: str, separator: str, structure: Structure | None
    ) -> None:
        self.opened, self.name, self.separator, self.structure = opened, name, separator, structure

    def begin(self) -> None:
        """Read the header and the first row."""
        try:
            with self._text() as text:
                rows = csv.reader(text, delimiter=self.separator)
                header, first = next(rows, []), next(rows, [])
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError([self._broken(1, error)]) from None
        self._columns(header)
        self.message = Message(
            self.name,
            "csv-2" if self.two else "csv-1.0",
            reference_of(self._cell(first, self.identifier)),
            self._cell(first, 0).strip() if self.two else "dataflow",
            self._records(),
        )

    def _columns(self, header: Sequence[str]) -> None:
        """Where each component stands, and where its label does."""
        self.width = len(header)
        heads = [_SUFFIX.sub("", cell.strip().partition(": ")[0]) for cell in header]
        self.two = heads[0] == "STRUCTURE"
        self.identifier = 1 if self.two else 0
        self.action = heads.index("ACTION") if "ACTION" in heads else None
        self.together = any(": " in cell for cell in header)
        self.components: list[tuple[int, str]] = []
        self.label_columns: list[tuple[int, int, str]] = []
        beside = "STRUCTURE_NAME" in heads
        before: int | None = None
        for place, head in enumerate(heads):
            if head in _LEADING:
                continue
            if before is not None and (beside or head == heads[before] + _LABEL):
                self.label_columns.append((before, place, heads[before]))
                before = None
                continue
            before = place
            if self.structure is None or head in self.structure.columns:
                self.components.append((place, head))
        self._same_twice()
        known = {one.id for one in self.structure.measures} if self.structure else {"OBS_VALUE"}
        self.measures = [head for _, head in self.components if head in known]
        self.left_out = [
            head
            for place, head in enumerate(heads)
            if self.structure
            and head not in _LEADING
            and (place, head) not in self.components
            and place not in {at for _, at, _ in self.label_columns}
        ]

    def _same_twice(self) -> None:
        names = [head for _, head in self.components]
        twice = sorted({head for head in names if names.count(head) > 1})
        if twice or not names:
            template = (
                marked("the column “%(column)s” stands there twice.")
                if twice
                else marked("the file has no columns of data.")
            )
            raise InputError([Problem(template, {"column": twice[0] if twice else ""}, self.name, 1)])

    def _records(self) -> Iterator[Record]:
        message = self.message
        for head in self.left_out:
            template = marked("the column %(column)s is not of the structure and is left out.")
            message.note(Problem(template, {"column": head}, self.name, 1, head, severity="warning"))
        mended = self._mended()
        expected = (str(message.reference) if message.reference else "", message.kind)
        names, places = [head for _, head in self.components], [place for place, _ in self.components]
        one_after_other = places == list(range(places[0], places[0] + len(places)))
        first, last = places[0], places[0] + len(places)
        identifier = self.identifier
        same = ""
        with self._text() as text:
            rows = csv.reader(text, delimiter=self.separator)
            try:
                next(rows, None)
                for cells in rows:
                    if len(cells) != self.width:
                        if cells:
                            self._width(rows.line_num, len(cells))
                        continue
                    if cells[identifier] != same:
                        if not self._follows(cells, expected, rows.line_num):
                            continue
                        same = cells[identifier]
                    if self.action is not None and cells[self.action] in {"D", "d"}:
                        self._deletes(rows.line_num)
                        continue
                    values = cells[first:last] if one_after_other else [cells[place] for place in places]
                    record = {name: value for name, value in zip(names, values, strict=True) if value}
                    yield mended(record, cells) if mended else record
            except (UnicodeDecodeError, csv.Error) as error:
                raise InputError([self._broken(rows.line_num, error)]) from None

    def _mended(self) -> Callable[[dict[str, str], Sequence[str]], dict[str, str]] | None:
        """What parts codes from labels and turns decimal commas, None where the file needs neither."""
        if not (self.together or self.label_columns or self.separator == ";"):
            return None

        def mend(record: dict[str, str], cells: Sequence[str]) -> dict[str, str]:
            labels = self.message.labels
            if self.together:
                for name, text in record.items():
                    match = _CODE_AND_LABEL.fullmatch(text) if self._coded(name) else None
                    if match:
                        record[name] = match[1]
                        labels.setdefault(name, {})[match[1]] = match[2]
            for code, label, name in self.label_columns:
                if cells[code] and cells[label]:
                    labels.setdefault(name, {})[cells[code]] = cells[label]
            if self.separator == ";":
                for name in self.measures:
                    if _COMMA.fullmatch(record.get(name, "")):
                        record[name] = record[name].replace(",", ".")
            return record

        return mend

    def _coded(self, name: str) -> bool:
        if self.structure is None or name == self.structure.time:
            return True
        component = self.structure.component(name)
        return component is not None and component.coded

    def _follows(self, cells: Sequence[str], expected: tuple[str, str], row: int) -> bool:
        """Whether a row is of the structure the first row named."""
        reference = reference_of(cells[self.identifier])
        if (str(reference) if reference else "", cells[0].strip() if self.two else "dataflow") == expected:
            return True
        template = marked("the row follows another structure (%(said)s) than the first: it is left out.")
        wanted = marked("the data of one structure in a file.")
        self.message.note(
            Problem(template, {"said": cells[self.identifier][:80]}, self.name, row, expected=wanted)
        )
        return False

    def _width(self, row: int, found: int) -> None:
        template = marked("the row has another number of cells (%(found)d) than the header (%(wanted)d).")
        self.message.note(Problem(template, {"found": found, "wanted": self.width}, self.name, row))

    def _deletes(self, row: int) -> None:
        template = marked("the row asks to delete data (action D); it is left out, nothing is deleted.")
        self.message.note(Problem(template, file=self.name, row=row, column="ACTION"))

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self.opened(), "utf-8-sig", newline="")

    def _broken(self, row: int, error: Exception) -> Problem:
        if isinstance(error, UnicodeDecodeError):
            return Problem(marked("the text is not UTF-8 below this row."), file=self.name, row=row)
        return Problem(marked("not a csv file: %(reason)s."), {"reason": str(error)}, self.name, row)

    @staticmethod
    def _cell(cells: Sequence[str], place: int) -> str:
        return cells[place] if place < len(cells) else ""
