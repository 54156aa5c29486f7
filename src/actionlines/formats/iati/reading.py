"""An IATI file, read activity by activity with a small and steady use of memory.

Nothing in a file makes the reader open another: no entities, no network, no document type. A place that is not XML
costs the activity it stands in; the reader begins again at the next one.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from actionlines.formats.iati.activity import Activity
from actionlines.formats.iati.parsing import ActivityParser
from actionlines.problems import InputError, Problem, marked

MAX_BYTES: Final = 2 * 1024 * 1024 * 1024
# An activity is in memory as a whole; real ones have a few kilobytes, the largest known about two megabytes.
MAX_ACTIVITY_BYTES: Final = 32 * 1024 * 1024
NEWEST: Final = "2.03"

_CHUNK: Final = 64 * 1024
_ROOT: Final = re.compile(rb"<iati-activities(\s[^>]*)?>")
_START: Final = re.compile(rb"<iati-activity[\s>/]")
_FIRST_ELEMENT: Final = re.compile(r"<([A-Za-z_][\w.:-]*)")
_PROLOGUE: Final = re.compile(r"\s*(<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass
class ActivityFile:
    """What stands in a file of activities.

    Attributes:
        name: file name as the user knows it.
        version: as the file says ('1.04'), or as its activities say, or NEWEST where nothing does.
        activities: in their order, read as they are asked for, once.
        problems: what was mended or left out; grows while `activities` is read.
    """

    name: str
    version: str
    activities: Iterator[Activity]
    problems: list[Problem] = field(default_factory=list)


def is_iati(start: bytes) -> bool:
    """Whether a file that begins with these bytes (a few hundred) is one of IATI activities."""
    return _first_element(start) == "iati-activities"


def read_activities(source: Path | bytes, name: str = "") -> ActivityFile:
    """The activities of a file of version 1.01 to 2.03.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.

    Raises:
        InputError: missing, larger than MAX_BYTES, with a document type, or no file of IATI activities.
    """
    if isinstance(source, Path):
        name = name or source.name
        if not source.is_file():
            raise InputError([Problem(marked("there is no such file."), file=name)])
        size, path = source.stat().st_size, source

        def opened() -> BinaryIO:
            return path.open("rb")
    else:
        size, data = len(source), source

        def opened() -> BinaryIO:
            return io.BytesIO(data)

    if size > MAX_BYTES:
        raise InputError([_too_large(name, size)])
    with opened() as file:
        start = file.read(_CHUNK)
    _check_start(start, name)
    reader = _Reader(opened, name, start)
    return ActivityFile(name, reader.version, reader.activities(), reader.parser.problems)


class _Reader:
    """Feeds a file to lxml and takes the activities as they end."""

    def __init__(self, opened: Callable[[], BinaryIO], name: str, start: bytes) -> None:
        self._opened = opened
        self._name = name
        text = _decoded(start)
        root = _ROOT.search(start)
        # UTF-16 cannot be searched for bytes; there the first fault is the last.
        self._resumable = root is not None
        self._root = start[: root.end()] if root is not None else b""
        said = _version_in(text)
        self.version = said or _version_of_activities(text) or NEWEST
        self.parser = ActivityParser(name, old=self.version.startswith("1"))
        if not said:
            self.parser.problems.append(
                Problem(
                    marked("the file does not say its version; it is read as %(version)s."),
                    {"version": self.version},
                    name,
                    1,
                    "iati-activities/@version",
                    marked("a version on the first element."),
                    "warning",
                )
            )

    def activities(self) -> Iterator[Activity]:
        """Every activity that can be used; after a place that is not XML it goes on with the next."""
        with self._opened() as file:
            starts = _Starts(self._opened)
            feed, number = _pull_parser(), 0  # number of the activity that ends next
            while True:
                try:
                    for element in self._elements(feed, file):
                        number += 1
                        found = self.parser.activity(element)
                        if found is not None:
                            yield found
                except _BrokenError as error:
                    inside = self._resumable and starts.find(number) is not None
                    self._say(error, inside=inside)
                else:
                    return
                number += 1
                where = starts.find(number) if inside else None
                if where is None:
                    return
                feed = self._begun()
                position, lines = where
                self.parser.offset = lines - self._root.count(b"\n")
                file.seek(position)

    def _elements(self, feed: "etree.XMLPullParser", file: BinaryIO) -> Iterator["etree._Element"]:
        """The activities as they end; those that ended before a fault are whole.

        Raises:
            _BrokenError: the file is not XML from here on.
        """
        since = said = 0
        while chunk := file.read(_CHUNK):
            since += len(chunk)
            with suppress(
                etree.XMLSyntaxError
            ):  # the log below says the same, also where lxml says nothing yet
                feed.feed(chunk)
            events: Any = feed.read_events()
            for _, element in events:
                since = 0
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
            if since > MAX_ACTIVITY_BYTES:
                raise InputError([_too_large_activity(self._name)])
            said = self._heed(feed, said)
        with suppress(etree.XMLSyntaxError):
            feed.close()
        self._heed(feed, said)

    def _begun(self) -> "etree.XMLPullParser":
        """A parser that has read the first element, for a start in the middle."""
        feed = _pull_parser()
        try:
            feed.feed(self._root)
        except etree.XMLSyntaxError:  # the first element itself is what is broken
            self._root = b"<iati-activities>"
            feed = _pull_parser()
            feed.feed(self._root)
        return feed

    def _heed(self, feed: "etree.XMLPullParser", said: int) -> int:
        """Say what the parser's log holds behind its first `said` items; returns how many it holds."""
        log = feed.feed_error_log
        for item in list(log)[said:]:
            if item.level_name == "FATAL":
                raise _BrokenError(item.line, item.message)
            if item.level_name == "ERROR":
                self._add(item.line, marked("%(reason)s."), item.message, "warning")
        return len(log)

    def _say(self, fault: "_BrokenError", *, inside: bool) -> None:
        template = (
            marked("the file is not XML here (%(reason)s); the activity is left out.")
            if inside
            else marked("the file is not XML here (%(reason)s); what follows is left out.")
        )
        self._add(fault.line, template, fault.reason, "error")

    def _add(self, line: int, template: str, reason: str, severity: str) -> None:
        place, expected = "iati-activity", marked("well-formed XML.")
        row = max(line, 1) + self.parser.offset
        self.parser.problems.append(
            Problem(template, {"reason": reason.strip()}, self._name, row, place, expected, severity)
        )


class _BrokenError(Exception):
    """The file is not XML from this line on."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(reason)


class _Starts:
    """Finds where activities begin, by their number; looks at each byte once, so numbers must grow."""

    def __init__(self, opened: Callable[[], BinaryIO]) -> None:
        self._places = self._search(opened)
        self._known: tuple[int, int, int] | None = None

    def find(self, number: int) -> tuple[int, int] | None:
        """Position of the activity (0 is the first) and how many lines end before it; None where there is none."""
        while self._known is None or self._known[0] < number:
            self._known = next(self._places, None)
            if self._known is None:
                return None
        return self._known[1:]

    def _search(self, opened: Callable[[], BinaryIO]) -> Iterator[tuple[int, int, int]]:
        number = position = lines = 0
        rest = b""
        with opened() as file:
            while chunk := file.read(_CHUNK):
                block = rest + chunk
                done = 0
                for match in _START.finditer(block):
                    lines += block.count(b"\n", done, match.start())
                    done = match.start()
                    yield number, position + done, lines
                    number += 1
                    done += (
                        1  # found once; the part of a start that the end of the chunk cuts is looked at again
                    )
                keep = max(done, len(block) - len(b"<iati-activity"))
                lines += block.count(b"\n", done, keep)
                rest, position = block[keep:], position + keep


def _pull_parser() -> "etree.XMLPullParser":
    return etree.XMLPullParser(
        events=("end",),
        tag="iati-activity",
        collect_ids=False,
        no_network=True,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_start(start: bytes, name: str) -> None:
    if not start.strip():
        raise InputError([Problem(marked("the file is empty."), file=name)])
    text = _decoded(start)
    end = _PROLOGUE.match(text)
    if end is not None and text[end.end() :].lstrip("\ufeff").lower().startswith("<!doctype"):
        raise InputError(
            [
                Problem(
                    marked(
                        "the file has a document type (DOCTYPE), through which a file can draw in others."
                    ),
                    file=name,
                    expected=marked("an IATI file without one."),
                )
            ]
        )
    element = _first_element(start)
    if element != "iati-activities":
        raise InputError(
            [
                Problem(
                    marked("the file begins with the element “%(element)s”.")
                    if element
                    else marked("the file is not XML."),
                    {"element": element},
                    name,
                    expected=marked("IATI activities: a first element iati-activities."),
                )
            ]
        )


def _first_element(start: bytes) -> str:
    text = _decoded(start)
    prologue = _PROLOGUE.match(text)
    match = _FIRST_ELEMENT.match(text, prologue.end() if prologue else 0)
    return match[1] if match else ""


def _decoded(start: bytes) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "latin-1")
    return start.decode(encoding, errors="replace")


def _version_in(text: str) -> str:
    root = re.search(r"<iati-activities\b([^>]*)>", text)
    match = re.search(r"(?<![\w:-])version\s*=\s*[\"']\s*([0-9.]+)\s*[\"']", root[1]) if root else None
    return match[1] if match else ""


def _version_of_activities(text: str) -> str:
    """The version a register that joins files writes on the activity, under a prefix of its own."""
    match = re.search(r"<iati-activity\b[^>]*\s[\w-]+:version\s*=\s*[\"']([0-9.]+)[\"']", text)
    return match[1] if match else ""


def _too_large(name: str, size: int) -> Problem:
    return Problem(
        marked("the file has %(size)d MB."),
        {"size": -(-size // (1024 * 1024)), "most": MAX_BYTES // (1024 * 1024)},
        name,
        expected=marked("at most %(most)d MB; split it into several files."),
    )


def _too_large_activity(name: str) -> Problem:
    return Problem(
        marked("an activity has more than %(most)d MB."),
        {"most": MAX_ACTIVITY_BYTES // (1024 * 1024)},
        name,
        expected=marked("activities of a size that fits into memory."),
    )
