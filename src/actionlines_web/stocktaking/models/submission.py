"""What is on its way to the register, what was said about it, and the files beside it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionlines_web.stocktaking.models.entry import Entry


class Submission(models.Model):
    """What somebody wants to see in the register: a new entry or a change of one, on its way to publication.

    The register (`Entry`) holds only what is published; a draft stands here and nowhere else, so no list, search,
    count, export or API of the register can show it. `fields` is the entry as `row_of` of the library writes it:
    column of the library's `COLUMNS` to text.
    """

    class State(models.TextChoices):
        """Where it stands (the library's `workflow.STATES`)."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        UNDER_REVIEW = "under-review", _("Under review")
        RETURNED = "returned", _("Returned with comments")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFUSED = "refused", _("Refused")

    identifier = models.CharField(max_length=64, db_index=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    fields = models.JSONField(default=dict)
    # For a change: the entry as it stood when the change began, so that what others changed since is kept.
    base = models.JSONField(default=dict)
    # (framework, node) as 'wsis:C2' to true (accepted) or false (refused), for what the aligner proposed.
    decisions = models.JSONField(default=dict)
    # Counts the saves: two people who edit one submission learn of each other instead of overwriting.
    version = models.PositiveIntegerField(default=1)
    # Who saved last, and since when that person has been at it.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(default=timezone.now)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Copies for the queue's filters.
    title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="submission_queue"),
            models.Index(fields=["submitter", "-changed_at"], name="submission_mine"),
        ]

    def __str__(self) -> str:
        return self.title or self.identifier


class EntryAttachment(models.Model):
    """A file beside a submission, and from its publication on beside the entry."""

    class Scan(models.TextChoices):
        """What the site's scanner said; without a scanner every file counts as clean."""

        WAITING = "waiting", _("Waiting to be checked for viruses")
        CLEAN = "clean", _("Checked")
        REFUSED = "refused", _("Refused by the virus scanner")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    # The change with whose publication the file goes.
    dropped_by = models.ForeignKey(
        Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Not to be guessed: the address of a file of a draft tells nothing and leads nobody on.
    key = models.CharField(max_length=40, unique=True)
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=8, choices=Scan)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class SubmissionStep(models.Model):
    """One thing that happened to a submission, with what was said to its owner (`comment`) or among moderators."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    comment = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} · {self.submission_id}"
