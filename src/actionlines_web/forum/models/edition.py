"""An edition and the moves of its days."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_hex(16)


class Edition(models.Model):
    """A year of the Forum. `data` is what the library's `edition_from_data` reads, the days as they stand now in it.

    Rooms, days, slots, tracks and types of sessions are named by their codes in it.
    """

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    data = models.JSONField()
    # Tells editions apart in what processes remember, also where a test uses a number again.
    key = models.CharField(max_length=32, default=new_key, editable=False)
    # Counts every change that the public programme shows: a process that has read it knows when to read it again.
    version = models.PositiveIntegerField(default=1)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return self.name


class DayMove(models.Model):
    """A day that was moved to another date, with the reason that was published."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="moves")
    day = models.CharField(max_length=40)
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(max_length=500)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.day}: {self.before} → {self.after}"
