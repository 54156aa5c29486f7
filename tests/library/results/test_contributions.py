"""Numbers of documents, and when they are late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actionlines.results.contributions import LETTERS, document_number, is_late, takes_documents
from actionlines.text import LANGUAGES

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("revision", "language", "expected"),
    [
        (0, "", "TDAG-18/23"),
        (0, "fr", "TDAG-18/23-F"),
        (2, "zh", "TDAG-18/23(Rev.2)-C"),
        (1, "", "TDAG-18/23(Rev.1)"),
    ],
)
def test_number_says_revision_and_language(revision, language, expected):
    assert document_number("TDAG-18", 23, revision, language) == expected


def test_each_language_has_a_letter_of_its_own():
    assert set(LETTERS) == set(LANGUAGES)
    assert len(set(LETTERS.values())) == 6


def test_document_is_late_after_the_deadline_only():
    assert [is_late(NOON + timedelta(seconds=s), NOON) for s in (-1, 0, 1)] == [False, False, True]


def test_documents_are_taken_until_the_last_day():
    assert [takes_documents(date(2027, 3, 4), date(2027, 3, day)) for day in (3, 4, 5)] == [True, True, False]
