"""Reading a file into passages: by what it holds first, by its suffix second."""

import dataclasses
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Final

from actionlines.documents import docx, html, markdown, pdf, plain
from actionlines.documents.kind import SUFFIXES, kind_of
from actionlines.documents.passage import Document
from actionlines.problems import InputError, Problem, marked

# A file is refused by its size before a byte of it is read.
MAX_BYTES: Final = 50 * 1024 * 1024

_READERS: Final[dict[str, Callable[[bytes, str], Document]]] = {
    "txt": plain.read,
    "md": markdown.read,
    "html": html.read,
    "docx": docx.read,
    "pdf": pdf.read,
}


def read(path: Path) -> Document:
    """Read a txt, md, html, docx or pdf file.

    Raises:
        InputError: no such file, too large, empty, wrong encoding, encrypted or image-only PDF, macros, damaged or
            oversized archive, unknown format; each with the file's name.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError([Problem(marked("this is a folder, not a file."), file=path.name)])
        _check_size(size, path.name)
        data = path.read_bytes()
    except OSError as error:
        reason = {"reason": error.strerror or str(error)}
        raise InputError(
            [Problem(marked("the file cannot be read: %(reason)s."), reason, file=path.name)]
        ) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a document that is in memory, such as an upload; `name` is its file name.

    Raises:
        InputError: as `read`.
    """
    _check_size(len(data), name)
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf"):
        raise InputError([Problem(marked("the file is empty."), file=name)])
    kind = kind_of(data, name)
    document = _READERS[kind](data, name)
    if not document.passages:
        raise InputError([Problem(marked("the document holds no text."), file=name)])
    return dataclasses.replace(document, notes=(*document.notes, *_disagreement(kind, name)))


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        values = {"size": f"{size / 1024**2:.1f}", "most": MAX_BYTES // 1024**2}
        raise InputError(
            [
                Problem(
                    marked("the file has %(size)s MB."),
                    values,
                    file=name,
                    expected=marked("a file of at most %(most)s MB."),
                )
            ]
        )


def _disagreement(kind: str, name: str) -> list[Problem]:
    suffix = PurePath(name).suffix.lower()
    if not suffix or SUFFIXES.get(suffix) == kind:
        return []
    values = {"suffix": suffix, "kind": kind}
    template = marked("the name ends in %(suffix)s, but the content is %(kind)s; it was read as %(kind)s.")
    return [Problem(template, values, file=name, severity="warning")]
