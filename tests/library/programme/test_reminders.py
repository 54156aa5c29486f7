"""When organisers are reminded."""

from datetime import date

import pytest

from actionlines.programme.edition_file import edition_from_data
from actionlines.programme.reminders import owed
from library.programme.test_edition import SMALL

EDITION = edition_from_data(SMALL)
HELD = date(2026, 7, 6)


def ahead(
    today: date, done: set[str] | None = None, reminded: set[tuple[str, date, int]] | None = None
) -> dict[str, int]:
    """The reminders that are due today."""
    found = owed(EDITION, HELD, today, done or set(), reminded or set())
    return {item.duty: item.ahead for item in found if item.ahead is not None}


def test_panellists_are_due_17_days_before_and_outcomes_14_days_after() -> None:
    due = {item.duty: item.due for item in owed(EDITION, HELD, HELD, set(), set())}
    assert due == {
        "final_description": date(2026, 6, 6),
        "panellists": date(2026, 6, 19),
        "outcomes": date(2026, 7, 20),
    }


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 22), {}),
        (date(2026, 5, 23), {"final_description": 14}),
        (date(2026, 6, 5), {"final_description": 3, "panellists": 14}),
        (date(2026, 6, 16), {"panellists": 3}),
        (date(2026, 6, 19), {"panellists": 3}),
        (date(2026, 6, 20), {}),
        # Nothing is asked of a session that has not been held.
        (date(2026, 7, 5), {}),
        (date(2026, 7, 6), {"outcomes": 14}),
    ],
)
def test_reminders_by_day(today: date, expected: dict[str, int]) -> None:
    assert ahead(today) == expected


def test_what_is_done_or_was_sent_is_not_sent_again() -> None:
    today = date(2026, 6, 5)
    assert ahead(today, {"panellists"}) == {"final_description": 3}
    assert ahead(today, reminded={("panellists", date(2026, 6, 19), 14)}) == {"final_description": 3}


def test_a_session_that_moved_is_reminded_anew() -> None:
    found = owed(EDITION, date(2026, 7, 8), date(2026, 6, 7), set(), {("panellists", date(2026, 6, 19), 14)})
    assert {item.duty: item.ahead for item in found}["panellists"] == 14
