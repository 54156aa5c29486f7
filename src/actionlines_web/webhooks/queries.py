"""Reads of webhooks."""

from typing import Any

from django.db.models import QuerySet

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.webhooks.models import Delivery, Subscription


def subscriptions_of(actor: Actor) -> QuerySet[Subscription]:
    """The actor's own subscriptions, for a coordinator everybody's; the newest first."""
    found = Subscription.objects.select_related("owner").order_by("-pk")
    return found if is_coordinator(actor) else found.filter(owner_id=actor.pk)  # type: ignore[union-attr]


def deliveries_of(subscription: Subscription) -> QuerySet[Delivery]:
    """What went to an address or waits for it, the newest first."""
    return subscription.deliveries.select_related("event").order_by("-pk")


def held_about(user: User) -> list[dict[str, Any]]:
    """A person's subscriptions, as plain data."""
    found = Subscription.objects.filter(owner=user).order_by("pk")
    return list(found.values("label", "address", "kinds", "state", "created_at"))
