"""Decisions of officers about ballots, and appeals against them."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class BallotDecision(models.Model):
    """What two officers decide about ballots: proposed by one, made by another. Nothing is deleted by it."""

    class Kind(models.TextChoices):
        """What is decided."""

        INVALIDATE = "invalidate", pgettext_lazy("decision about ballots", "Declare invalid")
        RESTORE = "restore", pgettext_lazy("decision about ballots", "Count again")

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", pgettext_lazy("state of a decision", "Waits for a second officer")
        MADE = "made", pgettext_lazy("state of a decision", "Made by two officers")
        DROPPED = "dropped", pgettext_lazy("state of a decision", "Not agreed to")

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    # Numbers of lines of the log.
    lines = models.JSONField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {len(self.lines)} ({self.state})"


class Appeal(models.Model):
    """What a voter says against a decision about the own ballot."""

    decision = models.ForeignKey(BallotDecision, on_delete=models.PROTECT, related_name="appeals")
    voter = models.ForeignKey("prizes.Voter", on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "voter"], name="appeal_once")]

    def __str__(self) -> str:
        return f"appeal {self.pk} against {self.decision_id}"
