"""The schedule: the draft that is worked on, versions that were published, runs of the solver."""

from django.conf import settings
from django.db import models


class Placement(models.Model):
    """Where a session stands in the draft; a locked one is agreed, and the solver leaves it."""

    session = models.OneToOneField("forum.Session", on_delete=models.CASCADE, related_name="placement")
    slot = models.CharField(max_length=48)
    room = models.CharField(max_length=40)
    locked = models.BooleanField(default=False)
    placed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.slot}, {self.room}"


class ScheduleVersion(models.Model):
    """A schedule as it was published: frozen. `standings` is what the library's `standings_as_data` makes.

    It holds numbers and titles of sessions and no names of persons.
    """

    edition = models.ForeignKey("forum.Edition", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    standings = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="schedule_version_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"


class ScheduleRun(models.Model):
    """One automatic scheduling: what was ordered, and what came out. Nothing changes until somebody takes it over."""

    edition = models.ForeignKey("forum.Edition", on_delete=models.CASCADE, related_name="runs")
    seconds = models.PositiveSmallIntegerField(default=60)
    # Whether only locked sessions stay, or every session that has a place.
    keep_all = models.BooleanField(default=False)
    # Set when done: schedule, score, greedy_score, unplaced (number → reason), clashes.
    result = models.JSONField(null=True, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.edition_id}"


class Favourite(models.Model):
    """A session in somebody's personal agenda."""

    session = models.ForeignKey("forum.Session", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_favourites"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.user_id} ★ {self.session_id}"
