"""Reads of saved searches."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from actionlines_web.accounts.models import User
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.stocktaking.queries import EntryQuery

DAYS: Final = {SavedSearch.Frequency.DAILY: 1, SavedSearch.Frequency.WEEKLY: 7}


def searches_of(owner: User) -> QuerySet[SavedSearch]:
    """A person's searches, by name."""
    return SavedSearch.objects.filter(owner=owner).order_by("name", "pk")


def query_of(search: SavedSearch) -> EntryQuery:
    """The filter that was saved; `problems` names what can no longer be used of it."""
    return EntryQuery.from_params(search.params)


def due_searches(today: date) -> QuerySet[SavedSearch]:
    """Searches whose period is over and whose owner can be written to."""
    over = Q(pk__in=())
    for frequency, days in DAYS.items():
        over |= Q(frequency=frequency, looked_on__lte=today - timedelta(days=days))
    return SavedSearch.objects.filter(over, owner__is_active=True).order_by("pk")


def held_about(user: User) -> list[dict[str, Any]]:
    """A person's saved searches, as plain data."""
    return list(searches_of(user).values("name", "params", "language", "frequency", "created_at"))
