"""Reports in the making and published: their parts, what people write in them, their versions; schedules."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Schedule(models.Model):
    """A report that begins anew by itself: what it is about, how often, and when next."""

    class Every(models.TextChoices):
        """How often."""

        MONTH = "month", pgettext_lazy("how often", "Every month")
        QUARTER = "quarter", pgettext_lazy("how often", "Every three months")
        YEAR = "year", pgettext_lazy("how often", "Every year")

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    languages = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    recipients = models.JSONField(default=list)
    every = models.CharField(max_length=8, choices=Every)
    # The day of the first report: its day of the month is kept (31 January, 28 February, 31 March).
    first_on = models.DateField()
    next_on = models.DateField()
    paused = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """A report that people write and a worker counts. Whoever keeps it or writes a part of it sees it; once published,
    everybody sees the versions that were.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WRITING = "writing", pgettext_lazy("state of a report", "Being written")
        LOCKED = "locked", pgettext_lazy("state of a report", "Locked for approval")
        APPROVED = "approved", pgettext_lazy("state of a report", "Approved")
        PUBLISHED = "published", pgettext_lazy("state of a report", "Published")

    # Part of its permanent address.
    key = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    languages = models.JSONField(default=list)
    # Which entries, as addresses of the entry list write it.
    params = models.JSONField(default=dict)
    # Addresses that are told when it is published.
    recipients = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State, default=State.WRITING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    schedule = models.ForeignKey(Schedule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """A section of a report in which people may write: its name in the report, its titles by language."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    titles = models.JSONField(default=dict)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    finished = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="part_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"


class Passage(models.Model):
    """What people wrote in a part, in one language; `number` counts its changes, so that two writers see each other."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="passages")
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "language"], name="passage_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.language}"


class Comment(models.Model):
    """A remark on a part, for those who work on the report."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"


class Version(models.Model):
    """A report as it was counted and written on a day. It is there, whole, from the moment `made_at` is set.

    `narrative` is what people had written when it was ordered; `changes` are the figures that differ from the version
    before; `refused` says why it could not be made (no entry passes the filter, …).
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    day = models.DateField()
    narrative = models.JSONField(default=dict)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    refused = models.JSONField(default=list)
    vintage = models.CharField(max_length=32, blank=True)
    figures = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=list)
    # Sizes of the files by name ('en.docx').
    files = models.JSONField(default=dict)
    titles = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]
        ordering = ["number"]
        indexes = [models.Index(fields=["-published_at"], name="version_published")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"
