"""Delivering what waits: signed, again after a failure, at least once."""

import json
import logging
import time
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

import actionlines
from actionlines_web.accounts.actor import System
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import queue_message
from actionlines_web.webhooks.kinds import TEST
from actionlines_web.webhooks.models import Delivery, Event, Subscription
from actionlines_web.webhooks.sending import Answer, post
from actionlines_web.webhooks.signing import secret_of, signature

logger = logging.getLogger(__name__)
# How long to wait after the first, second, … failure; after the last the delivery has failed and its subscription ends.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# An attempt that has said nothing for so long is lost with its process.
ATTEMPT_LIMIT = timedelta(minutes=5)
AT_ONCE = 50
KEPT_FOR = timedelta(days=30)


def deliver_due(now: datetime | None = None) -> int:
    """Deliver what is due, at most AT_ONCE; returns how many arrived.

    A delivery whose process dies between the sending and the note of it is sent again after ATTEMPT_LIMIT under the
    same number, so that its receiver may tell.
    """
    arrived = attempted = 0
    while attempted < AT_ONCE and (delivery := _claimed(now or timezone.now())) is not None:
        attempted += 1
        arrived += _attempt(delivery)
    if attempted:
        Event.objects.filter(at__lt=timezone.now() - KEPT_FOR).exclude(
            deliveries__state=Delivery.State.WAITING
        ).delete()
    return arrived


def _claimed(now: datetime) -> Delivery | None:
    """The delivery that is due longest, kept from others for ATTEMPT_LIMIT."""
    served = Q(subscription__state=Subscription.State.ACTIVE) & (
        Q(subscription__retry_at=None) | Q(subscription__retry_at__lte=now)
    )
    due = Delivery.objects.filter(
        served | Q(event__kind=TEST), state=Delivery.State.WAITING, due_at__lte=now
    ).order_by("due_at", "pk")
    if not due.exists():  # asked every second: a read, which waits for nobody
        return None
    with transaction.atomic():
        found = due.select_for_update(skip_locked=True, of=("self",)).first()
        if found is not None:
            found.due_at = now + ATTEMPT_LIMIT
            found.attempts += 1
            found.save(update_fields=["due_at", "attempts"])
    return found


def _attempt(delivery: Delivery) -> bool:
    subscription, body = delivery.subscription, payload(delivery)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"actionlines/{actionlines.__version__}",
        "Actionlines-Event": delivery.event.kind,
        "Actionlines-Delivery": str(delivery.number),
        "Actionlines-Signature": signature(secret_of(subscription.salt), int(time.time()), body),
    }
    answer = post(subscription.address, body, headers)
    with transaction.atomic():
        _note(delivery, answer)
    return answer.is_good


def payload(delivery: Delivery) -> bytes:
    """The body: what happened, when, and where the entries can be read now."""
    event = delivery.event
    said = {
        "delivery": str(delivery.number),
        "event": event.kind,
        "at": event.at.isoformat(),
        "entries": [
            {
                "id": identifier,
                "page": f"{settings.SITE_ADDRESS}/entries/{quote(identifier, safe='')}/",
                "api": f"{settings.SITE_ADDRESS}/api/v1/entries/{quote(identifier, safe='')}",
            }
            for identifier in event.identifiers
        ],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _note(delivery: Delivery, answer: Answer) -> None:
    now = timezone.now()
    subscription = Subscription.objects.select_for_update().filter(pk=delivery.subscription_id).first()
    if subscription is None:  # deleted while its receiver was thinking
        return
    delivery.answer, delivery.error = answer.status, answer.error[:300]
    is_test = delivery.event.kind == TEST
    if answer.is_good:
        delivery.state, delivery.delivered_at, subscription.retry_at = Delivery.State.DELIVERED, now, None
    elif is_test or delivery.attempts > len(BACK_OFF):
        delivery.state = Delivery.State.FAILED
        if not is_test:
            _disable(subscription)
    else:
        delivery.due_at = now + BACK_OFF[delivery.attempts - 1]
        subscription.retry_at = delivery.due_at
        logger.info("webhook %s failed (attempt %s): %s", subscription.pk, delivery.attempts, answer)
    delivery.save(update_fields=["state", "due_at", "answer", "error", "delivered_at"])
    if not is_test:
        subscription.save(update_fields=["state", "retry_at"])


def _disable(subscription: Subscription) -> None:
    """Serve the address no more and tell its owner."""
    if subscription.state == Subscription.State.DISABLED:
        return
    subscription.state = Subscription.State.DISABLED
    system = System("worker")
    with override(subscription.owner.language or "en"):
        page = settings.SITE_ADDRESS + reverse("webhooks:subscription", args=[subscription.pk])
        values = {"receiver": subscription.address, "address": page}
        queue_message(system, subscription.owner, "webhook-disabled", values)
    write_record(system, "disable", subscription)
