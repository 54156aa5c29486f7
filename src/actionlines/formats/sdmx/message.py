"""What a reader of SDMX gives, and how it opens a file."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from actionlines.formats.sdmx.structure import Record, Reference
from actionlines.problems import InputError, Problem, marked

MAX_BYTES: Final = 2 * 1024 * 1024 * 1024
MOST_PROBLEMS: Final = 200  # kept; a wrong column would say the same of every row


@dataclass
class Message:
    """Data as it stands in a file.

    Attributes:
        name: file name as the user knows it.
        form: 'csv-1.0', 'csv-2', 'ml-2.1-specific', 'ml-2.1-generic', 'ml-3.0-specific'.
        reference: the structure, dataflow or agreement the data follow, None where the file names none.
        kind: what `reference` is of: 'datastructure', 'dataflow' or 'dataprovision'.
        records: in their order, read as they are asked for, once.
        labels: component to code to label, where the file carries labels; grows while `records` is read.
        problems: what was left out or mended; grows while `records` is read.
    """

    name: str
    form: str
    reference: Reference | None
    kind: str
    records: Iterator[Record]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        """Keep a problem, unless there are far too many already."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def opener(source: Path | bytes, name: str) -> Callable[[], BinaryIO]:
    """What opens the file at its beginning, each time it is called.

    Raises:
        InputError: missing, or larger than MAX_BYTES.
    """
    if isinstance(source, Path):
        if not source.is_file():
            raise InputError([Problem(marked("there is no such file."), file=name)])
        path, size = source, source.stat().st_size

        def opened() -> BinaryIO:
            return path.open("rb")
    else:
        data, size = source, len(source)

        def opened() -> BinaryIO:
            return io.BytesIO(data)

    if size > MAX_BYTES:
        template = marked("the file has %(size)d MB.")
        values = {"size": size >> 20, "most": MAX_BYTES >> 20}
        expected = marked("at most %(most)d MB; split it into several files.")
        raise InputError([Problem(template, values, name, expected=expected)])
    return opened
