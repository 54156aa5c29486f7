"""Noting what happened, for every address that wants to know."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from actionlines_web.webhooks.kinds import KINDS
from actionlines_web.webhooks.models import Delivery, Event, Subscription

# An import of a hundred thousand entries is a thousand deliveries, not a hundred thousand.
AT_ONCE = 100


@transaction.atomic
def emit_event(kind: str, identifiers: Sequence[str]) -> int:
    """Tell whoever has subscribed that this happened to these entries; returns how many deliveries wait for it.

    Called by an action inside its own transaction, before its audit record: if that rolls back, nobody is told. The
    worker delivers after the commit. One event names at most AT_ONCE entries. Where nobody has subscribed nothing is
    written.

    Raises:
        KeyError: there is no such kind.
    """
    KINDS[kind]
    if not identifiers:
        return 0
    served = Subscription.objects.filter(state=Subscription.State.ACTIVE, owner__is_active=True)
    # Lists in JSON are searched differently by each database, and there are few subscriptions.
    wanting = [found for found in served if kind in found.kinds]
    if not wanting:
        return 0
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(kind=kind, identifiers=list(identifiers[start : start + AT_ONCE]))
        for start in range(0, len(identifiers), AT_ONCE)
    )
    made = Delivery.objects.bulk_create(
        (Delivery(subscription=found, event=event, due_at=now) for event in events for found in wanting),
        batch_size=500,
    )
    return len(made)
