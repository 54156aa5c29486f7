"""Meetings with their agenda, contributions with their texts, files and revisions."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines.results.contributions import document_number
from actionlines.text import Text


class Meeting(models.Model):
    """A meeting that takes contributions. While it is a draft, only coordinators see it."""

    class Kind(models.TextChoices):
        """What kind of group meets (`contributions.MEETING_KINDS`)."""

        ADVISORY = "advisory", pgettext_lazy("kind of meeting", "Advisory group")
        WORKING = "working", pgettext_lazy("kind of meeting", "Working group")
        STUDY = "study", pgettext_lazy("kind of meeting", "Study group")
        CONFERENCE = "conference", pgettext_lazy("kind of meeting", "Conference")
        OTHER = "other", pgettext_lazy("kind of meeting", "Another meeting")

    slug = models.SlugField(max_length=40, unique=True)
    # Language to title.
    titles = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=Kind)
    # What the numbers of its documents begin with.
    series = models.CharField(max_length=20, unique=True)
    place = models.CharField(max_length=200, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    deadline = models.DateTimeField()
    public = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-first_day", "-id"], name="meeting_day")]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> Text:
        """The title in the languages it has."""
        return Text(self.titles)


class AgendaItem(models.Model):
    """An item of an agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=8)
    titles = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting} {self.number}"

    @property
    def title(self) -> Text:
        """The title in the languages it has."""
        return Text(self.titles)


class Contribution(models.Model):
    """A document that an organisation submits to a meeting."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a contribution", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a contribution", "Submitted")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a contribution", "Withdrawn")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="contributions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    restricted = models.BooleanField(default=False)
    # 0 until it is submitted.
    number = models.PositiveIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=0)
    late = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    # Folded words of all its texts and files, each between blanks: what a search looks in.
    terms = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], condition=models.Q(number__gt=0), name="document_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.code or f"{self.meeting} #{self.pk}"

    @property
    def code(self) -> str:
        """The number as papers cite it, '' before it is submitted."""
        return document_number(self.meeting.series, self.number, self.revision) if self.number else ""


class Words(models.Model):
    """The texts of a contribution in one language, as they stand."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    action = models.TextField()
    references = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "language"], name="paper_words_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """The texts of a contribution as they were when it was submitted or revised."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    words = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="paper_revision_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.number}"


class PaperFile(models.Model):
    """A file of a contribution, in the language it is written in."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=2)
    revision = models.PositiveSmallIntegerField(default=0)
    # Not to be guessed: the address of a file of a draft tells nothing and leads nobody on.
    key = models.CharField(max_length=40, unique=True)
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
