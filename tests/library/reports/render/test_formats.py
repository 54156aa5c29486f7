"""Each format is known by its name, reproducible, and says what it lacks."""

import sys

import pytest

from actionlines.problems import InputError
from actionlines.reports import FORMATS, build, render
from actionlines.reports.render import fonts
from library.reports.cases import ENTRIES, LINKS, TODAY


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_gives_the_same_bytes(form):
    made = [render(build(ENTRIES, LINKS, language="fr", today=TODAY), form) for _ in range(2)]
    assert made[0] == made[1]


def test_unknown_format_is_refused(reports):
    with pytest.raises(InputError, match=r"no report format 'odt'\. Expected: one of json, html, docx, pdf"):
        render(reports(), "odt")


@pytest.mark.parametrize(
    ("form", "module", "package", "extra"),
    [
        ("pdf", "as_pdf", "typst", "pdf"),
        ("docx", "as_docx", "docx", "docx"),
        ("html", "pictures", "vl_convert", "pdf"),
    ],
)
def test_missing_package_names_the_extra(reports, monkeypatch, form, module, package, extra):
    for name in (
        "as_pdf",
        "as_docx",
        "as_html",
        "fonts",
        "pictures",
        "word_styles",
        "word_parts",
        "word_tables",
    ):
        monkeypatch.delitem(sys.modules, f"actionlines.reports.render.{name}", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError) as caught:
        render(reports(), form)
    assert str(caught.value) == (
        f"the format {form} needs the package '{package}', which is not installed. "
        f'Expected: the extra "{extra}": pip install "actionlines[{extra}]".'
    )


def test_json_needs_no_extra(reports, monkeypatch):
    for package in ("typst", "docx", "vl_convert", "altair"):
        monkeypatch.setitem(sys.modules, package, None)
    assert render(reports(), "json").startswith(b"{")


def test_chinese_text_without_a_chinese_font_is_refused(reports, monkeypatch):
    class Without:
        def families(self):
            return ["Noto Sans"]

    monkeypatch.setattr(fonts, "typeset_fonts", Without)
    with pytest.raises(InputError, match=r"'Noto Sans CJK SC'; on Debian: apt install fonts-noto-cjk"):
        render(reports(), "pdf")
