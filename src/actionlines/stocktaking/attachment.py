"""Files beside an entry: what may be attached is told by what is inside, never by what a file is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from actionlines.documents.archive import Archive, opened
from actionlines.problems import InputError, Problem, marked


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A kind of file that may be attached: its code (also its suffix) and its media type."""

    code: str
    media_type: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
KINDS: Final[Mapping[str, AttachmentKind]] = {
    kind.code: kind
    for kind in (
        AttachmentKind("pdf", "application/pdf"),
        AttachmentKind("png", "image/png"),
        AttachmentKind("jpg", "image/jpeg"),
        AttachmentKind("gif", "image/gif"),
        AttachmentKind("webp", "image/webp"),
        AttachmentKind("docx", f"{_OFFICE}.wordprocessingml.document"),
        AttachmentKind("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        AttachmentKind("pptx", f"{_OFFICE}.presentationml.presentation"),
        AttachmentKind("odt", f"{_OPEN}.text"),
        AttachmentKind("ods", f"{_OPEN}.spreadsheet"),
        AttachmentKind("odp", f"{_OPEN}.presentation"),
        AttachmentKind("csv", "text/csv; charset=utf-8"),
        AttachmentKind("txt", "text/plain; charset=utf-8"),
    )
}
# First bytes: https://www.iana.org/assignments/media-types and the formats' own specifications.
_STARTS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_OFFICE_PARTS: Final = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_MACROS: Final = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)
# A text that a browser might take for a page, or an image that can hold a script.
_MARKUP: Final = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LONGEST_NAME: Final = 120


def attachment_kind(data: bytes, name: str) -> AttachmentKind:
    """The kind of a file.

    Raises:
        InputError: an empty file, a kind that may not be attached, a document with macros or under a password.
    """
    if not data:
        raise _refused(marked("the file is empty."), name)
    for start, code in _STARTS:
        if data.startswith(start):
            return KINDS[code]
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return KINDS["webp"]
    if data.startswith(b"PK\x03\x04"):
        with opened(data, name) as archive:
            return KINDS[_kind_of_archive(archive, name)]
    return KINDS[_kind_of_text(data, name)]


def safe_name(name: str, kind: AttachmentKind) -> str:
    """The name a file is given out under: without a path or signs that steer, with the suffix of its kind."""
    stem = " ".join(_UNFIT.sub(" ", PurePath(name.replace("\\", "/")).stem).split()).strip(". ")
    return f"{stem[:_LONGEST_NAME] or 'file'}.{kind.code}"


def _kind_of_archive(archive: Archive, name: str) -> str:
    if any(_MACROS.search(part) for part in archive.names):
        raise _refused(
            marked("the document holds macros."), name, marked("the document saved without macros.")
        )
    for part, code in _OFFICE_PARTS.items():
        if part in archive and "[Content_Types].xml" in archive:
            return code
    if "mimetype" in archive:
        said = archive.part("mimetype").decode("ascii", "replace").strip()
        for code in ("odt", "ods", "odp"):
            if KINDS[code].media_type == said:
                return code
    raise _unknown(name)


def _kind_of_text(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unknown(name) from error
    if re.search(r"[\x00-\x08\x0e-\x1f]", text) or _MARKUP.match(text):
        raise _unknown(name)
    return "csv" if PurePath(name).suffix.lower() == ".csv" else "txt"


def _unknown(name: str) -> InputError:
    expected = marked("a file of one of these kinds: %(known)s.")
    return _refused(marked("files of this kind are not taken."), name, expected)


def _refused(template: str, name: str, expected: str = "") -> InputError:
    return InputError(
        [Problem(template, {"known": ", ".join(KINDS)}, file=name, column="attachment", expected=expected)]
    )
