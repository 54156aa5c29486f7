"""A session, from the request for it to its place in the programme."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Session(models.Model):
    """A session that somebody asked for, and once it is accepted a session of the programme. `number` is its name."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a session", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a session", "Received")
        ACCEPTED = "accepted", pgettext_lazy("state of a session", "Accepted")
        REFUSED = "refused", pgettext_lazy("state of a session", "Not accepted")
        MERGED = "merged", pgettext_lazy("state of a session", "Merged into another")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a session", "Withdrawn")
        CANCELLED = "cancelled", pgettext_lazy("state of a session", "Cancelled")

    class Format(models.TextChoices):
        """How people take part."""

        PLACE = "place", pgettext_lazy("format of a session", "On the spot")
        HYBRID = "hybrid", pgettext_lazy("format of a session", "On the spot and remote")
        REMOTE = "remote", pgettext_lazy("format of a session", "Remote only")

    edition = models.ForeignKey("forum.Edition", on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language of the description"), max_length=2, default="en")
    # Codes of the edition.
    kind = models.CharField(_("type of session"), max_length=40, blank=True)
    track = models.CharField(_("track"), max_length=40, blank=True)
    series = models.CharField(_("series"), max_length=60, blank=True)
    format = models.CharField(_("format"), max_length=8, choices=Format, default=Format.HYBRID)
    # In slots.
    length = models.PositiveSmallIntegerField(_("length"), default=1)
    attendance = models.PositiveIntegerField(_("expected persons"), default=0)
    # Of the library's FEATURES; of the edition's slots.
    needs = models.JSONField(default=list, blank=True)
    wishes = models.JSONField(default=list, blank=True)
    barred = models.JSONField(default=list, blank=True)
    constraints = models.TextField(_("other constraints"), blank=True)
    # What organisers owe: the text as it will be printed, and when it was filed.
    final_description = models.TextField(_("final description"), blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    panellists_at = models.DateTimeField(null=True, blank=True)
    outcomes_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    reason = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="session_number_once")]
        indexes = [models.Index(fields=["edition", "state", "number"], name="session_by_state")]

    def __str__(self) -> str:
        return self.title or str(self.number)

    @property
    def text(self) -> str:
        """The description readers see: the final one once it is filed."""
        return self.final_description or self.description


class Organiser(models.Model):
    """An organisation that holds a session; one the register does not know stands by its name alone."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("organisation"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="organiser_once")]

    def __str__(self) -> str:
        return self.name


class SessionLink(models.Model):
    """An action line, goal or target that a session serves."""

    class State(models.TextChoices):
        """Whose word it is."""

        DECLARED = "declared", pgettext_lazy("state of a link of a session", "Declared by the organisers")
        PROPOSED = "proposed", pgettext_lazy("state of a link of a session", "Proposed from the text")
        REFUSED = "refused", pgettext_lazy("state of a link of a session", "Not meant")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="links")
    framework = models.CharField(max_length=16)
    node = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State)
    basis = models.CharField(max_length=16, blank=True)
    probability = models.FloatField(null=True, blank=True)
    # Why the organisers see it so: for the matrix of the outcomes.
    rationale = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["framework", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "framework", "node"], name="session_link_once")
        ]
        indexes = [models.Index(fields=["framework", "node"], name="session_link_by_node")]

    def __str__(self) -> str:
        return f"{self.session_id} → {self.framework} {self.node}"


class SessionStep(models.Model):
    """One thing that happened to a session, with the reason its organisers were given."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=24)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} · {self.session_id}"


class Reminder(models.Model):
    """A reminder of something that organisers owe: each is sent once for a due day."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reminders")
    duty = models.CharField(max_length=20)
    due = models.DateField()
    # Days before the due day that this one was for.
    ahead = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "duty", "due", "ahead"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.duty} {self.due}"


class RequestBatch(models.Model):
    """An uploaded table of requests: looked at first, then applied as a whole or discarded."""

    class State(models.TextChoices):
        """Where it stands."""

        STAGED = "staged", pgettext_lazy("state of an import", "Waits for your decision")
        APPLIED = "applied", pgettext_lazy("state of an import", "Applied")
        DISCARDED = "discarded", pgettext_lazy("state of an import", "Discarded")

    edition = models.ForeignKey("forum.Edition", on_delete=models.CASCADE, related_name="batches")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    rows = models.JSONField()
    problems = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
