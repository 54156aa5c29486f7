"""The report on partnerships: every number with what it counts, in six languages."""

from datetime import date
from decimal import Decimal

import pytest

from actionlines.reports import render
from actionlines.reports.model import Table
from actionlines.reports.partnerships import KindOfSupport, build
from actionlines.results.partnerships import KINDS, Money
from actionlines.text import LANGUAGES

ROWS = [
    KindOfSupport(
        "funding",
        [3, 1],
        [2],
        [7],
        [Money("CHF", Decimal(7), Decimal(2)), Money("USD", Decimal("1000.5"), Decimal(0))],
    ),
    *(KindOfSupport(kind, [], [], [], []) for kind in KINDS[1:]),
]
TODAY = date(2027, 3, 1)


def test_every_number_names_its_records():
    figures = build(ROWS, 2, language="en", today=TODAY).figures
    assert (figures["funding.needs"].value, figures["funding.needs"].records) == (2, ("1", "3"))
    assert figures["funding.needs"].query == {"side": "need", "kind": "funding"}
    assert (figures["funding.pledged.USD"].value, figures["funding.paid.CHF"].value) == (1000.5, 2.0)
    assert figures["funding.pledged.USD"].records == ("7",)
    assert all(
        f.value == len(f.records) for f in figures.values() if f.counting in {"needs", "offers", "agreements"}
    )


def test_table_has_a_row_for_each_kind_with_sums_by_currency():
    (table,) = (
        block for block in build(ROWS, 2, language="fr", today=TODAY).blocks() if isinstance(block, Table)
    )
    assert [cell.text for cell in table.rows[1]] == [
        "Financement",
        "2",
        "1",
        "1",
        "7,00 CHF\n1\u202f000,50 USD",
        "2,00 CHF\n0,00 USD",
        "5,00 CHF\n1\u202f000,50 USD",
    ]
    assert [row[0].text for row in table.rows[2:]] == [
        "Expertise",
        "Équipement",
        "Incubation de petites entreprises",
    ]
    assert table.rows[2][4].text == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_document_is_made_in_every_language(language):
    assert render(build(ROWS, 2, language=language, today=TODAY), "docx").startswith(b"PK")
