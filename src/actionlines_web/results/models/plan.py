"""National plans, cooperation frameworks and digital strategies, with what they cover."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Plan(models.Model):
    """A plan of a country and what the library's `cover` found in it (`cover`, as `Cover.as_json` writes it)."""

    class Kind(models.TextChoices):
        """What kind of plan."""

        NATIONAL = "national", pgettext_lazy("kind of plan", "National development plan")
        COOPERATION = "cooperation", pgettext_lazy("kind of plan", "United Nations cooperation framework")
        DIGITAL = "digital", pgettext_lazy("kind of plan", "Digital strategy")
        OTHER = "other", pgettext_lazy("kind of plan", "Another plan")

    class State(models.TextChoices):
        """Whether it was read."""

        WAITING = "waiting", pgettext_lazy("state of a plan", "Not read yet")
        READ = "read", pgettext_lazy("state of a plan", "Read")
        REFUSED = "refused", pgettext_lazy("state of a plan", "Could not be read")

    title = models.CharField(max_length=300)
    country = models.CharField(max_length=3)
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    public = models.BooleanField(default=False)
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=160)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problems = models.JSONField(default=list)
    cover = models.JSONField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["country", "id"], name="plan_of_country")]

    def __str__(self) -> str:
        return self.title
