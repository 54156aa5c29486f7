"""Success stories."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """An entry told as a success: one picture, a summary in one language, a year.

    It stands as long as its entry does: the story of an archived entry is shown nowhere.
    """

    entry = models.OneToOneField("stocktaking.Entry", on_delete=models.CASCADE, related_name="story")
    summary = models.TextField(_("summary"))
    language = models.CharField(_("language"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    picture = models.FileField(_("picture"), max_length=100)
    alternative = models.CharField(_("what the picture shows"), max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["-year", "-id"], name="story_newest")]

    def __str__(self) -> str:
        return f"story of {self.entry_id}"
