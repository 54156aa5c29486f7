"""Filters of the prizes' templates."""

from datetime import UTC, datetime
from typing import Any

from django import template

from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.prizes.models.edition import PHASES

register = template.Library()


@register.filter
def phase_name(kind: str) -> Any:
    """'vote' → 'Public vote'."""
    return dict(PHASES).get(kind, kind)


@register.filter
def stakeholder_name(kind: str) -> str:
    """'government' → 'Government'."""
    return stakeholder_labels().get(kind, kind)


@register.filter
def since_epoch(seconds: int) -> datetime:
    """The moment so many seconds after 1970 began."""
    return datetime.fromtimestamp(seconds, UTC)


@register.filter
def cut_words(words: str) -> list[str]:
    """'ar en' → ['ar', 'en']."""
    return words.split()
