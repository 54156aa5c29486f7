"""Contributions to a meeting: how documents are numbered, until when they are taken, which are late."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

# The letter with which the number of a document says its language.
LETTERS: Final[Mapping[str, str]] = {"ar": "A", "en": "E", "es": "S", "fr": "F", "ru": "R", "zh": "C"}
MEETING_KINDS: Final = ("advisory", "working", "study", "conference", "other")


def document_number(series: str, number: int, revision: int = 0, language: str = "") -> str:
    """The number of a document as papers cite it: 'TDAG-18/23', 'TDAG-18/23(Rev.1)-F'.

    Args:
        series: of the meeting's documents.
        number: of the document among them, from 1.
        revision: 0 for the first form of it.
        language: one of the six, or '' where the number stands for all.
    """
    revised = f"(Rev.{revision})" if revision else ""
    return f"{series}/{number}{revised}" + (f"-{LETTERS[language]}" if language else "")


def is_late(sent: datetime, deadline: datetime) -> bool:
    """Whether a document was sent after the deadline; one that arrives at its very moment is not late."""
    return sent > deadline


def takes_documents(last_day: date, today: date) -> bool:
    """Whether documents are still taken: late ones too, until the last day of the meeting."""
    return today <= last_day
