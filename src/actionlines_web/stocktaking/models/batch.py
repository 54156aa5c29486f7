"""Many entries at once: files that come in, and files that are made."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """An uploaded file of entries between its dry run and its application."""

    class State(models.TextChoices):
        """Where the batch stands."""

        STAGED = "staged", _("Waiting for your decision")
        ORDERED = "ordered", _("Being applied")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")

    file_name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=16, choices=State, default=State.STAGED)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name


class ExportFile(models.Model):
    """A file of entries that somebody asked for and a worker makes, kept for EXPORT_DAYS.

    It is there, whole, from the moment `made_at` is set; before that nobody can have any of it.
    """

    # Not to be guessed, and the file's name on the disk.
    key = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=8)
    # The filter as addresses write it, and the language of names and titles.
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    ordered_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    entries = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.form} {self.key[:8]}"
