import pytest

from actionlines.documents import read, read_bytes, reading
from actionlines.problems import InputError
from made_documents import docx_of, pdf_of


def problem_of(data: bytes, name: str):
    with pytest.raises(InputError) as refused:
        read_bytes(data, name)
    (problem,) = refused.value.problems
    assert problem.file == name
    return problem


CONTENTS = {
    "txt": b"SDG 9 is cited.",
    "md": b"SDG 9 *is* cited.",
    "html": b"<!doctype html><title>x</title><p>SDG 9 is cited.</p>",
    "docx": docx_of(["SDG 9 is cited."]),
    "pdf": pdf_of(["SDG 9 is cited."]),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_format_gives_the_same_passage(tmp_path, kind):
    path = tmp_path / f"report.{kind}"
    path.write_bytes(CONTENTS[kind])
    document = read(path)
    assert (document.name, document.format, document.notes) == (f"report.{kind}", kind, ())
    (passage,) = document.passages
    assert (passage.text, passage.start, passage.end, passage.paragraph) == ("SDG 9 is cited.", 0, 15, 1)
    assert passage.page == (1 if kind == "pdf" else None)
    assert document.text == "SDG 9 is cited."


@pytest.mark.parametrize(
    ("kind", "suffix"), [("pdf", "docx"), ("docx", "pdf"), ("html", "txt"), ("pdf", "txt")]
)
def test_content_decides_where_the_suffix_disagrees_and_says_so(kind, suffix):
    document = read_bytes(CONTENTS[kind], f"report.{suffix}")
    assert document.format == kind
    assert [(note.severity, str(note)) for note in document.notes] == [
        (
            "warning",
            f"report.{suffix}: the name ends in .{suffix}, but the content is {kind}; it was read as {kind}.",
        )
    ]


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_text_under_the_name_of_another_format_is_refused(suffix):
    problem = problem_of(b"SDG 9", f"report.{suffix}")
    assert problem.message == f"the name ends in .{suffix}, but there is no such document inside."
    assert problem.expectation == f"an undamaged .{suffix} file."


def test_text_without_a_suffix_is_plain_text():
    assert read_bytes(b"SDG 9", "README").format == "txt"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n"])
def test_empty_file_is_refused(data):
    assert problem_of(data, "report.txt").message == "the file is empty."


def test_document_without_text_is_refused():
    assert problem_of(b"<html><script>x</script></html>", "a.html").message == "the document holds no text."


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"MZ\x90\x00\x03\x00", "setup.exe", "the format is not known."),
        (b"name;goal\nA;9", "list.csv", "the format .csv is not known."),
        (rb"{\rtf1 SDG 9}", "a.rtf", "this is a Rich Text file (RTF)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
            "a.doc",
            "this is a file of an old Office version (such as .doc).",
        ),
    ],
)
def test_unknown_format_is_refused_with_the_formats_expected(data, name, message):
    problem = problem_of(data, name)
    assert problem.message == message
    assert "docx" in problem.expectation


def test_word_file_with_a_password_is_refused():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert problem_of(data, "a.docx").message == "the document is protected by a password."


def test_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    with path.open("wb") as file:
        file.truncate(reading.MAX_BYTES + 1024 * 1024)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _path: pytest.fail("the file was read"))
    with pytest.raises(InputError) as refused:
        read(path)
    assert str(refused.value) == "report.txt: the file has 51.0 MB. Expected: a file of at most 50 MB."


def test_large_upload_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 4)
    assert problem_of(b"SDG 9", "a.txt").message == "the file has 0.0 MB."


def test_absent_file_and_folder_are_refused(tmp_path):
    for path, message in (
        (tmp_path / "absent.txt", "absent.txt: the file cannot be read: No such file or directory."),
        (tmp_path, f"{tmp_path.name}: this is a folder, not a file."),
    ):
        with pytest.raises(InputError) as refused:
            read(path)
        assert str(refused.value) == message
