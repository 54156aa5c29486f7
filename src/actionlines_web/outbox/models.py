"""Messages on their way, and what readers no longer want."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message to one reader, written in the reader's language when it was queued: what is shown is what is sent.

    `due_at` is when it is tried next; while it is being sent, when the attempt counts as lost.
    """

    class State(models.TextChoices):
        """Where the message stands."""

        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.EmailField()
    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    values = models.JSONField(default=dict)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    unsubscribe = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="message_due")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"


class Refusal(models.Model):
    """An address that wants no more messages of a kind."""

    address = models.EmailField()
    kind = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="refusal_once")]

    def __str__(self) -> str:
        return f"{self.address}: {self.kind}"


class OwnWording(models.Model):
    """A wording of this site's own, before that of the files (`wording.py`); its code, 'welcome.fr', never changes."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code
