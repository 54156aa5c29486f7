"""Telling the owners of saved searches what is new in them, once a period."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from actionlines_web.accounts.actor import System
from actionlines_web.alerts.actions.saving import KIND
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.alerts.queries import due_searches, query_of
from actionlines_web.outbox.actions import page_address, queue_message
from actionlines_web.stocktaking.queries import NewEntry, new_entries, newest_key

# So many are named in a message; the list shows the others.
NAMED: Final = 20
# Entries are told when they have stood so long: whatever was being written beside them is in the register by then, so
# none is passed over because it was given a lower key and saved later.
SETTLED: Final = timedelta(hours=1)
CHUNK: Final = 200


def send_alerts(now: datetime | None = None) -> int:
    """Mail what is new in every search whose period is over; returns how many messages were queued.

    Each search is one transaction and remembers the day, so a second run, or one that was cut off, tells nothing twice.
    """
    moment = now or timezone.now()
    last = sent = 0
    while keys := list(due_searches(moment.date()).filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        for key in keys:
            sent += _tell(key, moment)
        last = keys[-1]
    return sent


@transaction.atomic
def _tell(key: int, now: datetime) -> int:
    found = due_searches(now.date()).select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:  # changed, deleted or told meanwhile
        return 0
    query = query_of(found)
    sent = 0
    if not query.problems:  # a filter of which a part is gone would tell of entries nobody asked for
        settled = newest_key(before=now - SETTLED)
        new, number = new_entries(query, found.seen_key, settled, NAMED)
        if new:
            values = _values(found, query.address(), new, number)
            message = queue_message(System("alert"), found.owner, KIND, values, language=found.language)
            sent = 1 if message is not None else 0
        found.seen_key = max(found.seen_key, settled)
    found.looked_on = now.date()
    found.save(update_fields=["seen_key", "looked_on"])
    return sent


def _values(search: SavedSearch, filter_: str, new: Sequence[NewEntry], number: int) -> dict[str, str]:
    owner, language = search.owner, search.language
    lines = [
        f"{entry.title}\t{page_address(owner, 'stocktaking:entry', entry.identifier, language=language)}"
        for entry in new
    ]
    return {
        "search": search.name,
        "number": str(number),
        "entries_list": "\n".join(lines),
        "address": page_address(owner, "stocktaking:entries", language=language) + filter_,
        "searches_address": page_address(owner, "alerts:searches", language=language),
    }
