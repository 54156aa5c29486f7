"""A project that takes part."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Project(models.Model):
    """A project in an edition. `fields` holds what its owner wrote: name of the library's `prizes.rules.FIELDS` to text.

    `code` is its name on the ballot paper, in the log and everywhere else outside.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a project", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a project", "Received")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a project", "Withdrawn")
        REFUSED = "refused", pgettext_lazy("state of a project", "Refused at the screening")
        ACCEPTED = "accepted", pgettext_lazy("state of a project", "Under expert review")
        PASSED_OVER = "passed-over", pgettext_lazy("state of a project", "Not nominated")
        NOMINATED = "nominated", pgettext_lazy("state of a project", "Nominated")

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="prize_projects"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(
        "stocktaking.Entry", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    category = models.CharField(_("category"), max_length=32, blank=True)
    language = models.CharField(_("language of the description"), max_length=2, default="en")
    fields = models.JSONField(default=dict)
    # Copies for lists and statistics.
    title = models.CharField(_("title"), max_length=300, blank=True)
    country = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    stakeholder_type = models.CharField(max_length=32, blank=True)
    receipt = models.CharField(max_length=24, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # A request to be let in after the end, and what was answered (None: not yet).
    late_reason = models.CharField(max_length=500, blank=True)
    late = models.BooleanField(null=True, default=None)
    # The adjusted score of the expert review, kept when the shortlist is made.
    score = models.FloatField(null=True, blank=True)
    # Of the last publication: votes, place and whether it became a champion.
    votes = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    champion = models.BooleanField(default=False)
    winner = models.BooleanField(default=False)
    motive = models.TextField(_("motive"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="project_code_once")]
        indexes = [models.Index(fields=["edition", "state", "category"], name="project_by_state")]

    def __str__(self) -> str:
        return self.title or self.code


class ProjectStep(models.Model):
    """One thing that happened to a project, with the reason its owner was given."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=24)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} · {self.project_id}"
