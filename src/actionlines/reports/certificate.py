"""The certificate of a champion or a winner of the prizes, as PDF in six languages."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any, Final

import typst

from actionlines.reports import palette
from actionlines.reports.render.characters import has_cjk
from actionlines.reports.render.fonts import FAMILIES, require_chinese, typeset_fonts
from actionlines.reports.wording import wording
from actionlines.text import direction

KIND: Final = "certificate"
_TEMPLATE: Final = "certificate.typ"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        language: one of the six.
        edition: the name of the edition, as it is written everywhere.
        title, title_language: of the project, in its own language.
        organisation: who carries the project out, or ''.
        category: in the certificate's language.
        winner: of its category; else a champion.
        day: on which the winners were announced.
        code: by which the site knows the project.
    """

    language: str
    edition: str
    title: str
    title_language: str
    organisation: str
    category: str
    winner: bool
    day: date
    code: str


def render_certificate(certificate: Certificate) -> bytes:
    """The PDF file: one page, tagged; the same bytes for the same certificate.

    Raises:
        InputError: there is no such language, or no font for Chinese where it is needed.
    """
    content = json.dumps(_content(certificate), ensure_ascii=False)
    if has_cjk(content):
        require_chinese()
    template = (files("actionlines.reports.render") / _TEMPLATE).read_bytes()
    return _set(template, content, certificate.day)


def _set(template: bytes, content: str, day: date) -> bytes:
    accessible: list[Any] = ["ua-1"]
    plain: list[Any] = []
    for standards in (accessible, plain):
        try:
            return typst.compile(
                template,
                font_paths=typeset_fonts(),
                sys_inputs={"certificate": content},
                pdf_standards=standards,
                timestamp=datetime.combine(day, time(), UTC),
                format="pdf",
            )
        except typst.TypstError:
            # A character no font has may not stand in a PDF/UA file: tagged, then.
            if not standards:
                raise
    raise AssertionError("unreachable")


def _content(certificate: Certificate) -> dict[str, Any]:
    words = wording(KIND, certificate.language)
    honour = "winner" if certificate.winner else "champion"
    return {
        "language": certificate.language,
        "direction": direction(certificate.language),
        "heading": words.say("heading"),
        "edition": words.name(certificate.edition),
        "honour": words.say(f"honour.{honour}"),
        "title": certificate.title,
        "title_language": certificate.title_language,
        "organisation": words.name(certificate.organisation),
        "category": words.say("category", category=certificate.category),
        "day": words.day(certificate.day),
        "code": words.say("code", code=words.code(certificate.code)),
        "date_parts": [certificate.day.year, certificate.day.month, certificate.day.day],
        "fonts": list(FAMILIES),
        "colours": {"ink": palette.INK, "muted": palette.MUTED, "accent": palette.ACCENT},
    }
