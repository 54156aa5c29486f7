"""Documents made in tests: Word files and PDF from paragraphs."""

import io
import zipfile
from collections.abc import Iterable, Mapping

import docx
import typst

_TYPST_SIGNS = frozenset("#*_`$<>@\\=-+/[]~")


def docx_of(paragraphs: Iterable[str]) -> bytes:
    """A Word file as python-docx writes it."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with(parts: Mapping[str, str | bytes]) -> bytes:
    """A Word file in which parts are added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of(["SDG 9"]))) as whole:
        content: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, part in {**content, **parts}.items():
            changed.writestr(name, part)
    return stream.getvalue()


def pdf_of(paragraphs: Iterable[str], settings: str = "") -> bytes:
    """A PDF of the paragraphs; `settings` is Typst markup before them. Quotation marks stay as they are."""
    body = "\n\n".join(
        "".join(f"\\{sign}" if sign in _TYPST_SIGNS else sign for sign in text) for text in paragraphs
    )
    return typst.compile(f"#set smartquote(enabled: false)\n{settings}\n{body}".encode())
