"""Who wants to be told, what happened, and what was delivered."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Subscription(models.Model):
    """An address that is told of events of some kinds.

    The secret that signs is made of `salt` and the site's key, so that the database does not hold it.
    While an address does not answer, `retry_at` keeps all its deliveries back, not only the one that failed.
    """

    class State(models.TextChoices):
        """Whether it is served."""

        ACTIVE = "active", pgettext_lazy("state of a webhook", "Active")
        PAUSED = "paused", pgettext_lazy("state of a webhook", "Paused by its owner")
        DISABLED = "disabled", pgettext_lazy("state of a webhook", "Switched off after failures")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhook_subscriptions"
    )
    address = models.URLField(_("address"), max_length=500)
    label = models.CharField(_("label"), max_length=100, blank=True)
    kinds = models.JSONField(default=list)
    salt = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=State, default=State.ACTIVE)
    retry_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.label or self.address


class Event(models.Model):
    """Something that happened: its kind and the identifiers of what it happened to."""

    kind = models.CharField(max_length=32)
    identifiers = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Delivery(models.Model):
    """One event on its way to one address. `number` is the same at every attempt, so that a receiver can tell.

    `due_at` is when it is tried next; while it is being tried, when the attempt counts as lost.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", pgettext_lazy("state of a delivery", "Waiting")
        DELIVERED = "delivered", pgettext_lazy("state of a delivery", "Delivered")
        FAILED = "failed", pgettext_lazy("state of a delivery", "Failed")

    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at", "id"], name="delivery_due")]

    def __str__(self) -> str:
        return str(self.number)
