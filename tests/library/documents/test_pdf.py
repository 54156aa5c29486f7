import sys

import pytest

from actionlines.documents import Document, read_bytes
from actionlines.problems import InputError
from made_documents import pdf_of
from shared import SOURCE_DOCUMENT, needs_shared

LONG = "Renforcement de la capacité des Etats Membres d'améliorer leurs cadres politiques, juridiques et réglementaires"


def pdf(*paragraphs: str, settings: str = "") -> Document:
    return read_bytes(pdf_of(paragraphs, settings), "a.pdf")


def texts(*paragraphs: str, settings: str = "") -> list[str]:
    return [passage.text for passage in pdf(*paragraphs, settings=settings).passages]


def message_of(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_bytes(data, "a.pdf")
    return str(refused.value)


def test_wrapped_lines_are_one_passage_with_its_page():
    document = pdf(LONG, LONG, settings="#set page(width: 8cm, height: 5cm, margin: 1cm)")
    assert [(passage.text, passage.page) for passage in document.passages] == [(LONG, 1), (LONG, 2)]
    assert all(document.text[passage.start : passage.end] == passage.text for passage in document.passages)


def test_paragraph_that_goes_on_on_the_next_page_is_one_passage():
    document = pdf(LONG, settings="#set page(width: 8cm, height: 3.4cm, margin: 1cm)")
    assert [(passage.text, passage.page) for passage in document.passages] == [(LONG, 1)]


def test_parted_words_are_whole_again_and_hyphens_of_codes_stay():
    settings = '#set page(width: 5cm, height: auto)\n#set text(lang: "fr")\n#set par(justify: true)'
    assert texts(*[LONG] * 3, settings=settings) == [LONG] * 3


def test_hyphens_of_the_author_stay_where_no_words_are_parted():
    compound = (
        "Une plate-forme publique-privée pour la période 2020-2023 sert les résultats D.1-1 et D.1-2 du plan"
    )
    for width in range(40, 90, 5):
        settings = f"#set page(width: {width}mm, height: auto, margin: 5mm)"
        assert texts(*[LONG] * 20, compound, settings=settings) == [*[LONG] * 20, compound]


def test_ligatures_are_letters():
    assert texts("efficace, affaires, flux, fin") == ["efficace, affaires, flux, fin"]


def test_list_that_wraps_before_a_code_is_one_passage():
    lines = (
        "Contribue à la coordination de la mise en oeuvre des GO-SMSI C1, C2, C3, C4, C5, C6, C7, C8 et C9"
    )
    for width in range(60, 140, 5):
        assert texts(lines, settings=f"#set page(width: {width}mm, height: auto, margin: 1cm)") == [lines]


def test_running_heads_and_page_numbers_are_left_out():
    settings = '#set page(width: 12cm, height: 8cm, margin: 2cm, header: [TDAG-18/11-F], numbering: "1 / 1")'
    found = texts(*[LONG] * 12, settings=settings)
    assert found == [LONG] * 12


def test_headings_are_passages_of_their_own():
    settings = "#show heading: it => it\n= Conclusions\n"
    assert texts(LONG, settings=settings) == ["Conclusions", LONG]


def test_two_columns_are_read_one_after_the_other():
    assert (
        texts(*[LONG] * 8, settings="#set page(width: 12cm, height: 9cm, margin: 1cm, columns: 2)")
        == [LONG] * 8
    )


def test_arabic_letters_are_read_in_reading_order():
    settings = '#set text(lang: "ar", dir: rtl, font: "Noto Sans Arabic")\n#set page(width: 20cm)'
    (text,) = texts("الهدف", settings=settings)
    assert text == "الهدف"


def test_pdf_without_text_is_refused():
    assert message_of(pdf_of([], "#rect(width: 3cm, fill: red)")) == (
        "a.pdf: the PDF holds no text, only images. "
        "Expected: a PDF with a text layer: run text recognition (OCR) on it first."
    )


ENCRYPTED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/O<%(owner)s>/U<%(user)s>/P -4>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF""" % {b"owner": b"41" * 32, b"user": b"42" * 32}


def test_pdf_with_a_password_is_refused():
    assert (
        message_of(ENCRYPTED)
        == "a.pdf: the PDF is protected by a password. Expected: a file without a password."
    )


@pytest.mark.parametrize("data", [b"%PDF-1.7\nrubbish", pdf_of([LONG])[:900], b"%PDF-"])
def test_damaged_pdf_is_refused(data):
    assert message_of(data).startswith("a.pdf: the file is damaged.")


def test_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "“pip install actionlines[pdf]”" in message_of(pdf_of([LONG]))


SETTINGS = {
    "justified, hyphenated, A4": '#set page(numbering: "1", header: [TDAG-18/11-F])\n#set par(justify: true)',
    "ragged, A5": '#set page("a5", numbering: "1 / 1")',
    "two columns": "#set page(columns: 2)\n#set text(9pt)\n#set par(justify: true)",
    "indented, no distance": "#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)",
}


@needs_shared
@pytest.mark.parametrize("layout", SETTINGS)
def test_source_document_as_pdf_has_the_same_paragraphs(layout):
    lines = [line.strip() for line in SOURCE_DOCUMENT.read_text(encoding="utf-8").split("\n") if line.strip()]
    document = read_bytes(pdf_of(lines, f'#set text(lang: "fr")\n{SETTINGS[layout]}'), "source.pdf")
    assert ["".join(passage.text.split()) for passage in document.passages] == [
        "".join(line.split()) for line in lines
    ]
    assert document.passages[-1].page > 3
