"""Current, due, overdue: the days on which an entry passes from one to the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.stocktaking.freshness import (
    CURRENT,
    DUE,
    FRESHNESS,
    OVERDUE,
    anniversary,
    freshness,
    latest_confirmed,
)

days = st.dates(date(1972, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("confirmed", "today", "expected"),
    [
        (date(2025, 3, 10), date(2025, 3, 10), CURRENT),
        (date(2025, 3, 10), date(2026, 3, 9), CURRENT),
        (date(2025, 3, 10), date(2026, 3, 10), DUE),
        (date(2025, 3, 10), date(2027, 3, 9), DUE),
        (date(2025, 3, 10), date(2027, 3, 10), OVERDUE),
        (date(2024, 2, 29), date(2025, 2, 28), CURRENT),
        (date(2024, 2, 29), date(2025, 3, 1), DUE),
        (date(2024, 2, 29), date(2026, 2, 28), DUE),
        (date(2024, 2, 29), date(2026, 3, 1), OVERDUE),
        (date(2023, 2, 28), date(2024, 2, 28), DUE),
        (date(2023, 3, 1), date(2024, 2, 29), CURRENT),
        (date(2022, 2, 28), date(2024, 2, 28), OVERDUE),
        (date(2022, 3, 1), date(2024, 2, 29), DUE),
        (None, date(2026, 1, 1), OVERDUE),
    ],
)
def test_freshness_changes_on_the_anniversary(confirmed: date | None, today: date, expected: str) -> None:
    assert freshness(confirmed, today) == expected


@given(days, days, st.sampled_from([1, 2]))
def test_a_database_may_compare_with_the_latest_day_confirmed(
    confirmed: date, today: date, years: int
) -> None:
    assert (anniversary(confirmed, years) <= today) == (confirmed <= latest_confirmed(today, years))


@given(st.dates(date(2023, 1, 1), date(2029, 12, 31)))
def test_an_entry_only_ages(today: date) -> None:
    confirmed = date(2024, 2, 29)
    order = [FRESHNESS.index(freshness(confirmed, max(day, confirmed))) for day in (confirmed, today)]
    assert order == sorted(order)
