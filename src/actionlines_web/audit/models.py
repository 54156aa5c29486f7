"""The audit trail."""

from typing import Any

from django.conf import settings
from django.db import models

from actionlines_web.audit.chain import GENESIS, Content


class Record(models.Model):
    """One write: who did what to which object, and what changed.

    A user stands here by number only and the name is looked up when it is shown: erasing a person's account takes the
    name out of the trail without a change to it. `actor_label` names actors that are no users ('command line').
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_label = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=32)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        who = self.actor_label or f"user {self.actor_id}"
        return (
            f"{self.sequence}: {self.at:%Y-%m-%d %H:%M} {who} {self.verb} {self.object_type} {self.object_id}"
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever inserts."""
        if self.pk is not None:
            raise TypeError("audit records are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("audit records are never deleted")

    @property
    def content(self) -> Content:
        """What the hash covers."""
        return Content(
            *(self.sequence, self.at, self.actor_id, self.actor_label, self.verb),
            *(self.object_type, self.object_id, self.detail, self.request_id),
        )


class Head(models.Model):
    """The end of the chain, one row: whoever adds a record locks it first, so that records come one after another."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"
