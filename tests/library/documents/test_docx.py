import io
import zipfile

import docx
import pytest

from actionlines.documents import read_bytes
from actionlines.problems import InputError
from made_documents import docx_of, docx_with
from shared import SOURCE_DOCUMENT, needs_shared

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def texts(body: str, **notes: str) -> list[str]:
    """The passages of a Word file with this body and these notes (footnotes=…)."""
    parts = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    parts |= {
        f"word/{kind}.xml": f"<w:{kind} {SPACES}>{content}</w:{kind}>" for kind, content in notes.items()
    }
    return [passage.text for passage in read_bytes(docx_with(parts), "a.docx").passages]


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_cells_come_in_reading_order():
    document = docx.Document()
    document.add_heading("Report")
    document.add_paragraph("SDG 9", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "goal", "line"
    document.add_paragraph("end")
    stream = io.BytesIO()
    document.save(stream)
    found = read_bytes(stream.getvalue(), "a.docx")
    assert [passage.text for passage in found.passages] == ["Report", "SDG 9", "goal", "line", "end"]
    assert found.text == "Report\nSDG 9\ngoal\nline\nend"
    assert [passage.paragraph for passage in found.passages] == [1, 2, 3, 4, 5]


def test_runs_are_joined_and_signs_kept():
    body = paragraph(
        run("GO") + "<w:r><w:noBreakHyphen/><w:t>SMSI</w:t><w:tab/><w:t>C2</w:t></w:r><w:softHyphen/>"
    )
    assert texts(body) == ["GO\u2011SMSI\tC2"]


def test_line_break_ends_a_passage():
    assert texts(paragraph(run("one") + "<w:r><w:br/></w:r>" + run("two"))) == ["one", "two"]


def test_tracked_insertions_are_read_and_deletions_are_not():
    body = paragraph(
        run("SDG 9")
        + f"<w:ins>{run(' and 10')}</w:ins><w:del><w:r><w:delText> and 11</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run(' and 12')}</w:moveFrom><w:moveTo>{run(' and 13')}</w:moveTo>"
    )
    assert texts(body + f"<w:moveFrom>{paragraph(run('moved away'))}</w:moveFrom>") == ["SDG 9 and 10 and 13"]


def test_hidden_text_and_field_codes_are_not_read():
    body = paragraph(
        run("SDG 9")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>'
        + "<w:r><w:instrText>PAGE</w:instrText></w:r><m:oMath><m:r><m:t> x</m:t></m:r></m:oMath>"
    )
    assert texts(body) == ["SDG 9 shown x"]


def test_text_box_is_read_once_behind_its_paragraph():
    box = f"<w:txbxContent>{paragraph(run('in the box'))}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert texts(
        paragraph(run("before ") + f"<w:r>{drawing}</w:r>" + run("after")) + paragraph(run("next"))
    ) == [
        "before after",
        "in the box",
        "next",
    ]


def test_footnotes_and_endnotes_stand_behind_the_body():
    footnotes = f'<w:footnote w:type="separator">{paragraph(run("---"))}</w:footnote><w:footnote>{paragraph(run("C2"))}</w:footnote>'
    endnotes = f"<w:endnote>{paragraph(run('C5'))}</w:endnote>"
    assert texts(paragraph(run("body")), footnotes=footnotes, endnotes=endnotes) == ["body", "C2", "C5"]


def test_strict_open_xml_is_read():
    body = "<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body><w:p><w:r><w:t>SDG 9</w:t></w:r></w:p></w:body></w:document>"
    assert read_bytes(docx_with({"word/document.xml": body}), "a.docx").text == "SDG 9"


def test_main_part_of_another_name_is_found():
    with zipfile.ZipFile(io.BytesIO(docx_of(["SDG 9"]))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as changed:
        for name, part in parts.items():
            changed.writestr(name, part)
    assert read_bytes(stream.getvalue(), "a.docx").text == "SDG 9"


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_bytes(data, "a.docx")
    return str(refused.value)


def test_macros_are_refused_by_part_and_by_content_type():
    message = "a.docx: the document holds macros. Expected: the document saved as docx, without macros."
    assert refusal(docx_with({"word/vbaProject.bin": b"x"})) == message
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    assert refusal(docx_with({"[Content_Types].xml": types})) == message


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE a [<!ENTITY x "SDG 9">]>', '<!DOCTYPE a SYSTEM "file:///etc/hostname">', "<unclosed>"],
)
def test_document_type_and_broken_xml_are_refused(doctype):
    part = f"{doctype}<w:document {SPACES}><w:body>{paragraph(run('&x;') if 'x' in doctype else run('a'))}</w:body></w:document>"
    assert refusal(docx_with({"word/document.xml": part})).startswith("a.docx: the file is damaged.")


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.xml", "xlsx"),
        ("ppt/presentation.xml", "pptx"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "zip"),
    ],
)
def test_other_archives_are_refused_by_name(part, kind):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as whole:
        whole.writestr(part, "<a/>")
    assert refusal(stream.getvalue()) == (
        f"a.docx: this is a file of the kind {kind}. Expected: a document of the format txt, md, html, docx or pdf."
    )


@needs_shared
def test_source_document_as_docx_has_the_same_paragraphs():
    lines = SOURCE_DOCUMENT.read_text(encoding="utf-8").split("\n")
    document = read_bytes(docx_of(lines), "source.docx")
    assert [passage.text for passage in document.passages] == [line.strip() for line in lines if line.strip()]
