"""An entry stands in the region of its year."""

from datetime import date

import pytest

from actionlines.stocktaking import Entry


@pytest.mark.parametrize(
    ("country", "year", "region"),
    [
        ("UKR", 2010, "CIS"),
        ("UKR", 2022, "EUR"),
        ("UKR", None, "EUR"),
        ("KEN", 2015, "AFR"),
        ("", 2015, ""),
        ("XXX", 2015, ""),
    ],
)
def test_region_is_that_of_the_entrys_year_or_of_today(country: str, year: int | None, region: str) -> None:
    assert Entry("a", "Title", "Text", country=country, year=year).region(date(2026, 1, 1)) == region
