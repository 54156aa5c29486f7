"""Entries and links with every case a report meets."""

from datetime import date

from actionlines.alignment.link import Basis, Link
from actionlines.stocktaking import Entry

TODAY = date(2026, 11, 25)


def link(framework, node, basis="declared", probability=1.0, source=""):
    return Link(framework, node, Basis(basis), probability, (), source)


def wsis(node, basis="declared", probability=1.0):
    return link("wsis", node, basis, probability)


def sdg(node, basis="declared", probability=1.0, source=""):
    return link("sdg", node, basis, probability, source)


ENTRIES = (
    Entry(
        "a1",
        "Telecentres",
        "Rooms with computers.",
        "en",
        "ITU",
        "",
        "KEN",
        2018,
        "winner",
        source="https://example.org/a1",
    ),
    Entry(
        "a2",
        "Health by radio",
        "Radio for villages.\n\nAnd for towns.",
        "en",
        "itu",
        "",
        "UGA",
        2020,
        "champion",
    ),
    Entry(
        "a3",
        "Télésanté",
        "Des médecins à distance.",
        "fr",
        "Ministère de la santé",
        "",
        "SEN",
        2020,
        "nominee",
    ),
    Entry("a4", "مكتبة رقمية", "كتب للجميع في كل مكان.", "ar", "وزارة الثقافة", "", "EGY", 2021, "entry"),
    Entry("a5", "数字农村", "为农民提供信息。", "zh", "China Mobile", "", "CHN", 2021),
    Entry(
        "a6",
        "<b>Bold & 'quoted'</b> #let x = 1 \\ *stars* $m$",
        "=1+1 </style><script>alert(1)</script>\x0b[link]",
        "en",
        "A & B <i>",
        "",
        "FRA",
        2019,
        source="javascript:alert(1)",
    ),
    Entry("a7", "Of no country and no year", "", "", "", "", "", None, "other"),
    Entry("a8", "Азбука", "Курс для всех.", "ru", "Ростелеком", "", "KGZ", 2019, "champion"),
    Entry("a9", "Only C7", "An application of ICTs.", "en", "UNESCO", "", "MEX", 2022),
)

LINKS = {
    "a1": [wsis("C2"), wsis("C4", "lexicon", 0.7), sdg("9"), sdg("9.c", "cited", 0.99), sdg("4.4", "lexicon", 0.5)],
    "a2": [wsis("C7"), wsis("C7-HEA"), wsis("C9", "lexicon", 0.49), sdg("3", "cited", 0.9), sdg("1", "matrix", 0.3, "C7-HEA")],
    "a3": [wsis("C7", "lexicon", 0.8), wsis("C7-HEA", "lexicon", 0.8), sdg("3.8", "matrix", 0.4, "C7-HEA")],
    "a4": [wsis("C8"), wsis("C3"), sdg("4.7.1", "cited", 0.9), sdg("9", "matrix", 0.4, "C8"), sdg("4", "matrix", 0.4, "C8")],
    "a5": [wsis("C7"), wsis("C7-AGR"), sdg("2"), sdg("2.3", "lexicon", 0.6), sdg("17", "lexicon", 0.2)],
    "a6": [wsis("C5"), sdg("16")],
    "a8": [wsis("C4"), sdg("4")],
    "a9": [wsis("C7", "cited", 0.9), sdg("9", "lexicon", 0.6)],
}  # fmt: skip
