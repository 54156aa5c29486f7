"""The Word file: its numbers, its structure, its directions, and the order of its elements."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from actionlines.reports import render
from actionlines.reports.model import Table
from library.reports.cases import ENTRIES

# Order of the children we write, as the schema of WordprocessingML gives it.
ORDER = {
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "numPr",
        "pBdr",
        "shd",
        "bidi",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
    ],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "color", "sz", "szCs", "u", "rtl", "lang"],
    "tblPr": ["bidiVisual", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"],
    "tcPr": ["tcW", "tcBorders", "shd", "noWrap"],
    "trPr": ["cantSplit", "tblHeader"],
}


@pytest.fixture(scope="module")
def word(reports):
    """A function that gives the document in a language, made once."""
    made = {}

    def document(language="en"):
        if language not in made:
            made[language] = render(reports(language), "docx")
        return docx.Document(io.BytesIO(made[language]))

    return document


@pytest.fixture(params=["en", "ar"])
def made(request, reports, word):
    return reports(request.param), word(request.param)


def local(element):
    return element.tag.rpartition("}")[2]


def test_tables_hold_every_cell_of_the_report(made):
    report, document = made
    wanted = [block for block in report.blocks() if isinstance(block, Table)]
    found = [table for table in document.tables if table._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(found) == len(wanted) > 9
    for table, block in zip(found, wanted, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        assert cells == [[cell.text for cell in row] for row in block.rows]


def test_head_of_every_table_repeats(made):
    _, document = made
    for table in document.tables:
        if table._tbl.tblPr.find(qn("w:tblCaption")) is not None:
            assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_key_figures_are_there(word):
    document = word()
    shown = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert shown[0] == "9\nEntries"
    assert shown[3] == "7\nof the 18 action lines"


def test_properties_stand_in_the_order_of_the_schema(made):
    _, document = made
    counted = 0
    for element in document.element.body.iter():
        order = ORDER.get(local(element))
        if order is not None and not element.getparent().tag.endswith("sectPr"):
            names = [local(child) for child in element]
            assert names == sorted(names, key=order.index)
            counted += 1
    assert counted > 1000


def test_styles_stand_in_the_order_of_the_schema(made):
    _, document = made
    for name in ("Heading 1", "List Bullet", "Cover Line", "Contents Title", "Notice"):
        style = document.styles[name].element
        for kind in ("pPr", "rPr"):
            names = [local(child) for child in style.find(qn(f"w:{kind}"))]
            assert names == sorted(names, key=ORDER[kind].index)


def test_arabic_document_runs_from_right_to_left(word):
    document = word("ar")
    title = document.paragraphs[0]
    assert title.style.name == "Title"
    assert title._p.pPr.find(qn("w:bidi")) is not None
    assert title.runs[0]._r.rPr.find(qn("w:rtl")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    section = document.sections[0]._sectPr
    assert [local(child) for child in section][-2:] == ["bidi", "docGrid"]


def test_codes_in_arabic_stand_in_runs_from_left_to_right(word):
    document = word("ar")
    codes = [
        run
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if re.fullmatch("\u2066[0-9C.a-d-]+\u2069", run.text)
    ]
    assert len(codes) > 30
    assert [
        run.text for run in codes if run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
    ] == []


def test_english_document_holds_its_arabic_entry_from_right_to_left(word):
    document = word("en")
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text == ENTRIES[3].title)
    assert heading.style.name == "Heading 3"
    assert heading._p.pPr.find(qn("w:bidi")) is not None
    assert heading.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar-SA"
    assert document.paragraphs[0]._p.pPr.find(qn("w:bidi")) is None


def test_headings_are_headings_and_contents_name_them(made):
    report, document = made
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    contents = [p for p in document.element.body.iter(qn("w:p")) if style_of(p) in ("TOC1", "TOC2")]
    assert ["".join(p.itertext(qn("w:t"))) for p in contents] == headings
    assert len(headings) == sum(depth <= 2 for depth, _ in report.walk())


def style_of(paragraph):
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return found.get(qn("w:val")) if found is not None else ""


def test_pictures_have_alternative_texts(made):
    _report, document = made
    properties = [element for element in document.element.body.iter() if local(element) == "docPr"]
    assert len(properties) == 4
    assert [element.get("id") for element in properties] == ["1", "2", "3", "4"]
    assert all(element.get("descr") and element.get("title") for element in properties)


def test_metadata_are_the_report_s(reports, word):
    properties = word("fr").core_properties
    assert properties.title == reports("fr").title
    assert properties.language == "fr-FR"
    assert (properties.created.date(), properties.modified.date()) == (reports().made_on, reports().made_on)
    assert properties.author == ""
    assert "python-docx" not in properties.comments


def test_text_of_an_entry_is_kept_whole(word):
    document = word()
    texts = {paragraph.text for paragraph in document.paragraphs}
    assert ENTRIES[5].title in texts
    assert "=1+1 </style><script>alert(1)</script>" in texts


def test_only_web_addresses_become_links(word):
    document = word()
    external = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert external == {"https://example.org/a1"}
