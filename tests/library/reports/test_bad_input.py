"""Entries nobody would wish for: every file opens, and its numbers are those of the report."""

import re
import shutil
import subprocess
import unicodedata

import pypdfium2
import pytest

from actionlines.problems import InputError
from actionlines.reports import build, render
from actionlines.reports.bundle import Bundle
from actionlines.reports.readback import read_back
from actionlines.stocktaking import Entry
from library.reports.cases import TODAY, sdg, wsis
from library.reports.oracle import LINES

CASES = {
    "markup": Entry("b1", "<b>#let</b> *x* $y$ </w:t>", "{{ 7 }} <script>1</script> & \\ ]]> @ref", "en"),
    "formulas": Entry("b2", '=HYPERLINK("x")', "@SUM(1)\n+1\n-1", "en", "=cmd|' /C calc'!A0"),
    "long": Entry("b3", "Long", "wxrd " * 10_000, "en", "Office"),
    "emoji": Entry("b4", "Radio 📻👩🏽‍🏫", "Flags 🇰🇪 and 🏳️‍🌈.", "en", "📡 Office"),
    "mixed directions": Entry(
        "b5", "مكتبة ITU (2021) في Geneva", "abc \u202eمكتبة\u202c 12 \u2067x", "ar", "وزارة ITU"
    ),
    "combining": Entry("b6", unicodedata.normalize("NFD", "Ünïcödé Việt"), "Z͑ͫ̓a̴l͘g͟o.", "en", "Órg"),
    "no translation": Entry("b7", "数字农村", "为农民提供信息。", "zh", "中国移动"),
    "every line": Entry("b8", "Everything", "All of it.", "en", "UN", "", "KEN", 2020),
    "nothing": Entry("b9", "", "", ""),
}
LINKS = {"b8": [wsis(line) for line in LINES] + [sdg(str(goal)) for goal in range(1, 18)]}


# What no file and no form lets in: markup, a text beyond the longest, an entry without one.
UNREADABLE = {
    "markup": "data/entries.csv, row 2, column title: the text holds HTML: <b>",
    "long": "data/entries.csv, row 2, column description: the cell holds 50000 characters.",
    "nothing": "data/entries.csv, row 2, column title: ",
}


def report(name, language="en"):
    return build([CASES[name]], LINKS, language=language, today=TODAY)


def texts(report, form):
    return " ".join(piece.text for piece in read_back(render(report, form), form))


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@pytest.mark.parametrize("name", CASES)
def test_file_opens_and_shows_the_figures(name, form):
    shown = texts(report(name), form)
    assert "This report covers 1 entry by " in shown


@pytest.mark.parametrize("name", CASES)
def test_arabic_pdf_opens(name):
    assert len(pypdfium2.PdfDocument(render(report(name, "ar"), "pdf"))) > 3


def test_entry_on_every_line_is_one_entry():
    figures = report("every line").figures
    assert (figures["all.entries"].value, figures["all.lines"].value, figures["all.goals"].value) == (
        1,
        18,
        17,
    )
    assert sum(figure.value for name, figure in figures.items() if name.startswith("cell.C")) == 18 * 17


def test_long_description_is_printed_to_its_end():
    assert texts(report("long"), "pdf").count("wxrd") == 10_000


def test_no_entries_are_said():
    with pytest.raises(InputError, match="there are no entries to report on"):
        build([], {}, language="en", today=TODAY)


def test_links_of_an_entry_that_is_gone_count_nowhere():
    found = build([CASES["long"]], LINKS, language="en", today=TODAY)
    assert found.figures["all.lines"].value == 0


@pytest.mark.parametrize("name", [name for name in CASES if name not in UNREADABLE])
def test_bundle_counts_the_same(name):
    bundle = Bundle("contribution", "en", TODAY, [CASES[name]], LINKS)
    given = report(name).figures
    assert {key: figure.value for key, figure in bundle.report().figures.items()} == {
        key: figure.value for key, figure in given.items()
    }


@pytest.mark.parametrize("name", UNREADABLE)
def test_bundle_refuses_what_its_data_cannot_hold(name):
    with pytest.raises(InputError, match=re.escape(UNREADABLE[name])):
        Bundle("contribution", "en", TODAY, [CASES[name]], LINKS).report()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_office_opens_the_worst_document_and_shows_its_numbers(tmp_path, language):
    made = build([*CASES.values()], LINKS, language=language, today=TODAY)
    (tmp_path / "r.docx").write_bytes(render(made, "docx"))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "r.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    shown = "\n".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "r.pdf")
    )
    words = re.sub(r"[\u2066-\u2069\s]+", " ", shown)
    if language == "en":
        assert "This report covers 9 entries by 7 organisations in 1 country." in words
    assert words.count("Everything") >= 18


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
def test_pdftotext_reads_the_numbers_of_the_pdf(tmp_path):
    made = build([*CASES.values()], LINKS, language="en", today=TODAY)
    (tmp_path / "r.pdf").write_bytes(render(made, "pdf"))
    told = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "r.pdf"), "-"], check=True, capture_output=True, timeout=120
    )
    assert "This report covers 9 entries by 7 organisations in 1 country." in " ".join(
        told.stdout.decode().split()
    )
