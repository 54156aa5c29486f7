"""Plain text: the encoding, and paragraphs that may be wrapped at the end of lines."""

import re
from collections.abc import Iterator
from typing import Final

from actionlines.documents.passage import Document, Passage
from actionlines.problems import InputError, Problem, marked

# Lines wrapped by a program or an e-mail are at most this long, and at least this long in their widest line.
_WIDEST: Final = 120
_NARROWEST: Final = 50

# What begins a paragraph of its own: a bullet, a numbering "3." or "b)", a code with its title "D.1-2: …", "D.1 Co…".
# A code without a title is the rest of a list: "C1, C3,⏎C9 et C11".
ITEM_START: Final = re.compile(
    r"\s*(?:[•●▪◦‣∙*–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s"
    r"|[A-Z]{1,3}\.?\d+(?:[-‐‑–.]\d+)*\s?:|[A-Z]{1,3}\.\d+(?:[-‐‑–.]\d+)*\s+[^\W\da-zà-ÿ])"
)


def decoded(data: bytes, name: str) -> str:
    """The text of the bytes: UTF-8, or UTF-16 with its mark; ends of lines as one line feed.

    Raises:
        InputError: another encoding; names the first line that cannot be read.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        values = {"byte": f"0x{data[error.start]:02X}", "encoding": encoding.removesuffix("-sig").upper()}
        problem = Problem(
            marked("the byte %(byte)s in this line is not %(encoding)s."),
            values,
            file=name,
            row=data.count(b"\n", 0, error.start) + 1,
            expected=marked("text in UTF-8: save the file again with this encoding."),
        )
        raise InputError([problem]) from error
    if "\x00" in text:
        problem = Problem(
            marked("this line holds zero bytes, so the text is in another encoding, or the file is no text."),
            file=name,
            row=text.count("\n", 0, text.index("\x00")) + 1,
            expected=marked("text in UTF-8: save the file again with this encoding."),
        )
        raise InputError([problem])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(data: bytes, name: str) -> Document:
    """A text file. The document's text is the file's; lines that were wrapped belong to one passage."""
    text = decoded(data, name)
    passages: list[Passage] = []
    for start, end in _paragraphs(text):
        paragraph = text[start:end]
        stripped = paragraph.strip()
        if stripped:
            start += paragraph.index(stripped)
            passages.append(Passage(stripped, start, start + len(stripped), len(passages) + 1))
    return Document(name, "txt", text, tuple(passages))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph: a line, with the lines that were wrapped from it."""
    lines = text.split("\n")
    width = max(map(len, lines))
    wrapped = _NARROWEST <= width <= _WIDEST
    start = end = 0
    for n, line in enumerate(lines):
        end += len(line)
        following = lines[n + 1] if n + 1 < len(lines) else ""
        if not (wrapped and _goes_on(line, following, width)):
            yield start, end
            start = end + 1
        end += 1


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether `following` belongs to the same paragraph: its first word had no room in `line`."""
    if not line.strip() or not following.strip() or ITEM_START.match(following):
        return False
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width
