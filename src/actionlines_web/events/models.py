"""Events with their agenda, participants and documents."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines.text import Text


class Event(models.Model):
    """A regional event. While it is a draft, only those who keep events of its region see it."""

    class Kind(models.TextChoices):
        """What it is (`results.events.EVENT_KINDS`)."""

        DEVELOPMENT = "development-forum", pgettext_lazy("kind of event", "Development forum")
        STOCKTAKING = "stocktaking-workshop", pgettext_lazy("kind of event", "Stocktaking workshop")
        SUSTAINABLE = (
            "sustainable-development-forum",
            pgettext_lazy("kind of event", "Sustainable development forum"),
        )
        TRAINING = "training", pgettext_lazy("kind of event", "Training")
        OTHER = "other", pgettext_lazy("kind of event", "Another event")

    class State(models.TextChoices):
        """Who sees it, and whether it takes place."""

        DRAFT = "draft", pgettext_lazy("state of an event", "Draft")
        PUBLIC = "public", pgettext_lazy("state of an event", "Announced")
        CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")

    slug = models.SlugField(max_length=60, unique=True)
    titles = models.JSONField(default=dict)
    kind = models.CharField(max_length=32, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # '' for an event of all regions.
    region = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=3, blank=True)
    city = models.CharField(max_length=100, blank=True)
    online = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    zone = models.CharField(max_length=50, default="UTC")
    website = models.URLField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="en")
    description = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    # Keys of regional initiatives ('2018-2021/AFR1') between blanks, so that one can be looked for.
    initiatives = models.CharField(max_length=400, blank=True)
    # What calendars count changes by.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["starts", "id"], name="event_start")]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> Text:
        """The title in the languages it has."""
        return Text(self.titles)

    @property
    def initiative_keys(self) -> list[str]:
        """The regional initiatives it serves."""
        return self.initiatives.split()

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the place."""
        return ZoneInfo(self.zone)


class Part(models.Model):
    """An item of the agenda, in the event's own time."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parts")
    day = models.DateField()
    start = models.TimeField()
    end = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ["day", "start", "pk"]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody who takes part; named to others only where they said so."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    named = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.event}: {self.user_id}"


class EventFile(models.Model):
    """A document of an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=40, unique=True)
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
