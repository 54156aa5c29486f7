"""Building the search index anew from the register."""

from collections.abc import Callable

from django.db import transaction

from actionlines_web.search.actions import clear_index
from actionlines_web.stocktaking.actions.translations import index_rows
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries.library import to_library

CHUNK = 2_000


def unreported(done: int) -> None:
    """Tells nobody."""


@transaction.atomic
def rebuild_index(progress: Callable[[int], None] = unreported) -> int:
    """Throw the search index away and build it anew; returns the number of entries in it.

    All in one transaction: readers search the old index until the new one is whole. `progress` is told how many are
    done after every CHUNK.
    """
    clear_index()
    done, last = 0, 0
    standing = Entry.objects.filter(archived_at=None).select_related("organisation").order_by("pk")
    while chunk := list(standing.filter(pk__gt=last)[:CHUNK]):
        index_rows([(row, to_library(row, [])) for row in chunk])
        done, last = done + len(chunk), chunk[-1].pk
        progress(done)
    return done
