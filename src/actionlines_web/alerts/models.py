"""Searches a person keeps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedSearch(models.Model):
    """A filter of the list of entries under a name of its owner's, and how often new entries are mailed.

    `params` are those of `EntryQuery.params()`. Entries registered after `seen_key` are new to the owner; `looked_on`
    is the last day on which the search was looked at, so that no period is told twice.
    """

    class Frequency(models.TextChoices):
        """How often the owner is told."""

        NEVER = "never", pgettext_lazy("how often mail comes", "Never")
        DAILY = "daily", pgettext_lazy("how often mail comes", "Every day")
        WEEKLY = "weekly", pgettext_lazy("how often mail comes", "Every week")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=100)
    params = models.JSONField(default=dict)
    # In which messages are written: that of the page the search was saved on.
    language = models.CharField(_("language"), max_length=2)
    frequency = models.CharField(_("tell me"), max_length=8, choices=Frequency, default=Frequency.NEVER)
    seen_key = models.BigIntegerField(default=0)
    looked_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["frequency", "looked_on", "id"], name="saved_search_due")]

    def __str__(self) -> str:
        return self.name
