"""A long output that can be taken up again: what is done stands in a journal beside it.

`out.json` is written as `out.json.part`, and after each chunk `out.json.journal` gets a line with the chunk's number and
the length so far. Whoever was killed begins again behind the last line that is whole; at the end the part takes the
name of the output and the journal goes.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from actionlines.engine import LostWorkersError
from actionlines.problems import InputError, Problem, marked


class Journal:
    """The output under way; made by `journaled`."""

    def __init__(self, part: Path, journal: Path, task: str) -> None:
        """`task`: a fingerprint of inputs and options; work begun for another task is begun anew."""
        self.done, length = _done(journal, task, part)
        self._part: IO[bytes] = part.open("r+b" if self.done else "wb")
        self._part.truncate(length)
        self._part.seek(length)
        if not self.done:
            journal.write_text(json.dumps({"task": task}) + "\n", encoding="utf-8")
        else:
            _mend(journal)
        self._journal = journal.open("a", encoding="utf-8")

    def write(self, text: str) -> None:
        """Write one chunk, and note that it is done."""
        self._part.write(text.encode("utf-8", "surrogatepass"))
        self._part.flush()
        self.done += 1
        self._journal.write(json.dumps({"chunk": self.done, "bytes": self._part.tell()}) + "\n")
        self._journal.flush()

    def close(self) -> None:
        """Let go of both files."""
        self._part.flush()
        os.fsync(self._part.fileno())
        self._part.close()
        self._journal.close()


@contextmanager
def journaled(output: Path, task: str) -> Iterator[Journal]:
    """The output of a task, begun or taken up again.

    When the work ends `output` is replaced; when it is interrupted or killed, or its workers are lost, part and journal
    stay; when it fails, they go, and `output` is as it was.

    Raises:
        InputError: the folder does not exist, or may not be written to.
    """
    part = output.with_name(output.name + ".part")
    journal = output.with_name(output.name + ".journal")
    try:
        under_way = Journal(part, journal, task)
    except OSError as error:
        fault = marked("the file cannot be written (%(reason)s).")
        expected = marked("a file in a folder that exists and may be written to.")
        values = {"reason": error.strerror or str(error)}
        raise InputError([Problem(fault, values, str(output), expected=expected)]) from None
    try:
        yield under_way
    except LostWorkersError:
        _quietly(under_way.close)
        raise
    except Exception:
        _quietly(under_way.close)
        for path in (part, journal):
            _quietly(path.unlink)
        raise
    except BaseException:
        _quietly(under_way.close)
        raise
    under_way.close()
    part.replace(output)
    journal.unlink()


def _quietly(act: Callable[[], None]) -> None:
    with suppress(OSError):
        act()


def _done(journal: Path, task: str, part: Path) -> tuple[int, int]:
    """Chunks done and the length they have; (0, 0) where nothing of this task is."""
    notes = list(_notes(journal))
    if not notes or notes[0].get("task") != task or not part.exists():
        return 0, 0
    size = part.stat().st_size
    chunk, length = 0, 0
    for note in notes[1:]:
        if note.get("chunk") != chunk + 1 or not length <= note.get("bytes", -1) <= size:
            break
        chunk, length = note["chunk"], note["bytes"]
    return chunk, length


def _notes(journal: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a journal; the last may be torn."""
    if not journal.exists():
        return
    for line in journal.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            note = json.loads(line)
        except ValueError:
            return
        if not isinstance(note, dict):
            return
        yield note


def _mend(journal: Path) -> None:
    """Leave out a torn last line."""
    notes = list(_notes(journal))
    journal.write_text("".join(json.dumps(note) + "\n" for note in notes), encoding="utf-8")
