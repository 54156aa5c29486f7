"""What kind of document some bytes are."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from actionlines.problems import InputError, Problem, marked

SUFFIXES: Final = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}

_EXPECTED: Final = marked("a document of the format txt, md, html, docx or pdf.")
_TEXTS: Final = frozenset({"txt", "md", "html"})
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_PDF_WITHIN: Final = 1024
_HTML_WITHIN: Final = 4096


def kind_of(data: bytes, name: str) -> str:
    """'txt', 'md', 'html', 'docx' or 'pdf': by the first bytes, and by the suffix where they do not tell.

    Raises:
        InputError: an old or protected Word file, RTF, an unknown format, a suffix that promises what is not there.
    """
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"  # its reader tells what else the archive may be
    if data.startswith(_COMPOUND_FILE):
        raise _compound_file(data, name)
    if data.startswith(rb"{\rtf"):
        raise _refused(
            marked("this is a Rich Text file (RTF)."), name, marked("a Word file of the format docx.")
        )
    if b"\x00" in data and not data.startswith(_UTF16) and SUFFIXES.get(suffix) not in _TEXTS:
        raise _refused(marked("the format is not known."), name, _EXPECTED)
    if _HTML.match(data[:_HTML_WITHIN].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return _kind_of_text(suffix, name)


def _kind_of_text(suffix: str, name: str) -> str:
    kind = SUFFIXES.get(suffix, "" if suffix else "txt")
    values = {"suffix": suffix}
    if kind in ("pdf", "docx"):
        template = marked("the name ends in %(suffix)s, but there is no such document inside.")
        raise _refused(template, name, marked("an undamaged %(suffix)s file."), values)
    if not kind:
        raise _refused(marked("the format %(suffix)s is not known."), name, _EXPECTED, values)
    return kind


def _compound_file(data: bytes, name: str) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _refused(
            marked("the document is protected by a password."), name, marked("a file without a password.")
        )
    template = marked("this is a file of an old Office version (such as .doc).")
    return _refused(template, name, marked("the document saved as docx."))


def _refused(
    template: str, name: str, expected: str, values: Mapping[str, object] | None = None
) -> InputError:
    return InputError([Problem(template, values or {}, file=name, expected=expected)])
