"""What a reader may know of a job; the queue itself is django-tasks'."""

from django.conf import settings
from django.db import models


class Job(models.Model):
    """A queued task beside its row in the queue: for which object, for whom, how far, and when it last gave a sign.

    `done` of `total` counts the work of `phase`; total 0 means that the phase cannot be counted. `beat_at` is the
    worker's last sign of life: a running job without one for JOB_LEASE_SECONDS is lost and taken up again. `took_effect_at` is set by tasks that must not work twice, in the
    transaction of their work.
    """

    task = models.UUIDField(primary_key=True)
    object_type = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    phase = models.CharField(max_length=32, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    took_effect_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="job_object")]

    def __str__(self) -> str:
        return f"{self.task} {self.object_type} {self.object_id}"


class Sign(models.Model):
    """A worker's sign of life, whether it works or waits; the row goes when the worker stops in order."""

    worker = models.CharField(primary_key=True, max_length=64)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.seen_at}"
