"""What may be attached is told by what is inside."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.problems import InputError
from actionlines.stocktaking.attachment import KINDS, attachment_kind, safe_name
from made_documents import docx_of, docx_with, pdf_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def zipped(**parts: str) -> bytes:
    """A zip archive; a double underscore in a name is a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf_of(["Hello"]), "report.pdf", "pdf"),
        (docx_of(["Hello"]), "report.docx", "docx"),
        (PNG, "picture.exe", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture.jpeg", "jpg"),
        (b"GIF89a\x01\x00", "x", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "x", "webp"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "x.odt", "odt"),
        ("id,title\n1,é\n".encode(), "table.csv", "csv"),
        ("\ufeffplain words".encode(), "words.txt", "txt"),
    ],
)
def test_a_kind_is_known_by_its_content(data: bytes, name: str, kind: str) -> None:
    assert attachment_kind(data, name).code == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ\x90\x00\x03", "setup.pdf"),
        (b"<html><script>alert(1)</script>", "page.txt"),
        (b"\n <svg onload='alert(1)'>", "picture.txt"),
        (b"<?xml version='1.0'?>", "a.csv"),
        (zipped(a="b"), "archive.docx"),
        (zipped(mimetype="text/html"), "page.odt"),
        (b"PK\x03\x04 not an archive", "broken.docx"),
        (docx_with({"word/vbaProject.bin": b"\x00"}), "macros.docx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text", Basic__a="b"), "macros.odt"),
        ("words".encode("utf-16"), "words.txt"),
        (b"x\x00%PDF-1.4", "polyglot.pdf"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(data: bytes, name: str) -> None:
    with pytest.raises(InputError) as error:
        attachment_kind(data, name)
    assert error.value.problems[0].file == name


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
def test_a_name_leads_nowhere_and_ends_in_its_kind(name: str, kind: str) -> None:
    safe = safe_name(name, KINDS[kind])
    assert safe.endswith(f".{kind}")
    assert len(safe) <= 130
    assert not set(safe) & set('/\\<>:"|?*\r\n\x00')
    assert not safe.startswith(".")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\report.final.pdf", "report.final.pdf"),
        ("", "file.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("a\u202egpj.exe", "a gpj.pdf"),
    ],
)
def test_names_keep_what_a_reader_knows_them_by(name: str, safe: str) -> None:
    assert safe_name(name, KINDS["pdf"]) == safe
