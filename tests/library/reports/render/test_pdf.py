"""The PDF: tagged for everyone, with every number, and no text read as markup."""

import re

import pypdfium2
import pytest

from actionlines.reports import build, render
from actionlines.reports.model import Table
from actionlines.text import LANGUAGES
from library.reports.cases import ENTRIES, LINKS, TODAY


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def english(reports):
    return render(reports(), "pdf")


def holds(words, wanted):
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words)))


def test_every_row_of_numbers_is_on_paper(english, reports):
    words = " ".join(text_of(english)).split()
    tables = [block for block in reports().blocks() if isinstance(block, Table) and block.kind == "heat"]
    assert len(tables) == 2
    for table in tables:
        for row in table.rows[1:]:
            assert holds(words, " ".join(cell.text for cell in row).split()), row


def test_key_figures_are_on_the_page_of_the_summary(english):
    summary = text_of(english)[2]
    assert holds(summary.split(), ["9", "Entries"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_file_is_accessible_and_says_its_title_and_language(reports, language):
    data = render(reports(language), "pdf")
    assert b"pdfuaid:part" in data
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == reports(language).title
    assert document.is_tagged()
    document.close()
    assert re.search(rf"/Type/Catalog[^>]*/Lang\({language}".encode(), data)


def test_text_of_an_entry_is_never_markup(english):
    text = " ".join(" ".join(text_of(english)).split())
    assert ENTRIES[5].title in text
    assert "=1+1 </style><script>alert(1)</script>" in text


def test_scripts_of_other_entries_are_there(english):
    text = "".join(text_of(english))
    for sample in ("数字农村", "Азбука", "Télésanté"):
        assert sample in text


def test_pages_are_numbered_and_carry_the_notice(english):
    pages = text_of(english)
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert "Demonstration data" in pages[-1]
    assert "Page 1 of" not in pages[0]


def test_report_of_one_entry_without_links_is_set():
    report = build([ENTRIES[6]], {}, language="ar", today=TODAY)
    assert len(text_of(render(report, "pdf"))) >= 7


def test_character_no_font_has_does_not_stop_the_report():
    odd = ENTRIES[0].__class__("x1", "Odd \U000e0fff\ue123 sign", "Text.", "en")
    data = render(build([odd], LINKS, language="en", today=TODAY), "pdf")
    assert any("Odd" in page for page in text_of(data))
