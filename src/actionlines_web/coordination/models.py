"""Roles on action lines, road maps with their updates and versions, and answers to asks."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines.frameworks.roles import ROLES


class Appointment(models.Model):
    """A role that the site itself holds, beside those that come with the frameworks: who does what on a line, when."""

    line = models.CharField(max_length=16)
    organisation = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=[(role, role) for role in ROLES])
    inside = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["line"], name="appointment_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.organisation}, {self.role}"


class RoadMap(models.Model):
    """The road map of a line for a cycle. While it is a draft, only those who keep the line see it."""

    class State(models.TextChoices):
        """Who sees it."""

        DRAFT = "draft", pgettext_lazy("state of a road map", "Draft")
        PUBLIC = "public", pgettext_lazy("state of a road map", "Public")

    line = models.CharField(max_length=16)
    cycle = models.CharField(max_length=20)
    vision = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "cycle"], name="road_map_once_per_cycle")]

    def __str__(self) -> str:
        return f"{self.line} {self.cycle}"


class Row(models.Model):
    """An activity of a road map; its fields are those of the library's `Activity`."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=16)
    activity = models.TextField()
    expected = models.TextField(blank=True)
    indicator = models.TextField(blank=True)
    baseline = models.TextField(blank=True)
    target = models.TextField(blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    resources = models.TextField(blank=True)
    partners = models.TextField(blank=True)
    links = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["road_map", "number"], name="row_number_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.road_map} {self.number}"


class Update(models.Model):
    """How a row stands on a day; the newest counts, none is overwritten."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="updates")
    day = models.DateField()
    state = models.CharField(max_length=8)
    percent = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.row} {self.day}: {self.state}"


class Version(models.Model):
    """A road map as it was published at a moment."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    vision = models.TextField(blank=True)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["road_map", "number"], name="version_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.road_map} {self.number}"


class Answer(models.Model):
    """What an organisation says it did about an ask; one for each organisation and ask, public when it says so."""

    ask_set = models.CharField(max_length=40)
    number = models.CharField(max_length=16)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12)
    text = models.TextField()
    # Identifiers of entries that show it.
    entries = models.JSONField(default=list)
    public = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask_set", "number", "organisation"], name="answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.ask_set} {self.number}: {self.organisation_id}"


class LoadedSet(models.Model):
    """A set of asks that a coordinator loaded, beside those that come with the product (`followup.as_plain`)."""

    code = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code


class Addressee(models.Model):
    """An organisation of the register that an ask is put to."""

    ask_set = models.CharField(max_length=40)
    number = models.CharField(max_length=16)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask_set", "number", "organisation"], name="addressee_once")
        ]

    def __str__(self) -> str:
        return f"{self.ask_set} {self.number}: {self.organisation_id}"


class Reminder(models.Model):
    """That an organisation was reminded of an ask at a step (days before the day it is asked by)."""

    ask_set = models.CharField(max_length=40)
    number = models.CharField(max_length=16)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask_set", "number", "organisation", "step"], name="reminder_once_per_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ask_set} {self.number}: {self.organisation_id}, {self.step}"
