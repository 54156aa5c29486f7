"""Certificates: one page, tagged, in each language, the same bytes for the same certificate."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from actionlines.problems import InputError
from actionlines.reports.certificate import Certificate, render_certificate
from actionlines.text import LANGUAGES

WON = Certificate(
    "en",
    "WSIS Prizes 2026",
    "Telemedicine for island clinics",
    "en",
    "Ministry of Health",
    "E-health",
    True,
    date(2026, 5, 1),
    "2026/P-7H2KD",
)
HONOURS = {
    "en": ("Winner", "Champion"),
    "fr": ("Lauréat", "Champion"),
    "es": ("Ganador", "Campeón"),
    "ru": ("Победитель", "Чемпион"),
    "zh": ("获奖项目", "优胜项目"),
}


def text_of(content: bytes) -> str:
    """All words of a document of one page."""
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_range())


@pytest.mark.parametrize("language", HONOURS)
def test_certificate_says_who_won_what_in_its_language(language: str) -> None:
    for won, honour in zip((True, False), HONOURS[language], strict=True):
        text = text_of(render_certificate(replace(WON, language=language, winner=won)))
        for wanted in (honour, WON.title, WON.organisation, WON.edition, WON.code):
            assert wanted in text


def test_certificate_in_arabic_is_tagged_as_arabic() -> None:
    content = render_certificate(replace(WON, language="ar"))
    assert b"/Lang (ar)" in content or b"/Lang(ar)" in content
    # The order of words is the reading program's affair where two directions meet.
    assert set(WON.title.split()) <= set(text_of(content).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_certificate_is_accessible_and_repeatable(language: str) -> None:
    content = render_certificate(replace(WON, language=language))
    assert b"pdfuaid:part" in content
    assert content == render_certificate(replace(WON, language=language))


def test_title_is_never_read_as_markup() -> None:
    assert "#sys.version *x*" in text_of(render_certificate(replace(WON, title="#sys.version *x*")))


def test_unknown_language_is_refused() -> None:
    with pytest.raises(InputError) as error:
        render_certificate(replace(WON, language="de"))
    assert "'de'" in str(error.value)
