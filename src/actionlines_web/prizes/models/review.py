"""The expert review."""

from django.conf import settings
from django.db import models


class Reviewer(models.Model):
    """A person who judges projects of an edition; what the assignment must know of them."""

    edition = models.ForeignKey("prizes.Edition", on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lines = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    country = models.CharField(max_length=3, blank=True)
    most = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return str(self.user)


class Conflict(models.Model):
    """A reviewer's own word that they cannot judge a project."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="conflicts")
    project = models.ForeignKey("prizes.Project", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "project"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} ≠ {self.project_id}"


class Assignment(models.Model):
    """A project given to a reviewer; `scores` by criterion, `overall` (0 to 100) once all are there."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="assignments")
    project = models.ForeignKey("prizes.Project", on_delete=models.CASCADE, related_name="assignments")
    scores = models.JSONField(default=dict)
    overall = models.FloatField(null=True, blank=True)
    comment = models.TextField(blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "project"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} → {self.project_id}"


class Remark(models.Model):
    """A word in the discussion of those who judge a project."""

    project = models.ForeignKey("prizes.Project", on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"remark {self.pk} on {self.project_id}"
