"""What was registered since somebody last looked."""

from datetime import datetime
from typing import NamedTuple

from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.filters import EntryQuery


class NewEntry(NamedTuple):
    """An entry as a message names it."""

    identifier: str
    title: str


def newest_key(before: datetime | None = None) -> int:
    """The key of the entry registered last (before a moment); 0 for an empty register. Keys grow."""
    found = Entry.objects.order_by("-pk")
    if before is not None:
        found = found.filter(created_at__lte=before)
    return found.values_list("pk", flat=True).first() or 0


def about_how_many() -> int:
    """How many entries were registered, by the keys of the first and the last: near enough where a count would wait."""
    oldest = Entry.objects.order_by("pk").values_list("pk", flat=True).first()
    return newest_key() - oldest + 1 if oldest is not None else 0


def new_entries(query: EntryQuery, after: int, until: int, most: int) -> tuple[list[NewEntry], int]:
    """The entries that pass and were registered behind one key and up to another.

    Returns at most `most` of them, the newest first, and how many there are.
    """
    passing = query.apply(Entry.objects.filter(pk__gt=after, pk__lte=until)).order_by("-pk")
    new = [NewEntry(*row) for row in passing.values_list("identifier", "title")[:most]]
    return new, len(new) if len(new) < most else passing.count()
