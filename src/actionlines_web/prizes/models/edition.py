"""An edition and the moves of its dates."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# The words of the library's phases.
PHASES = (
    ("submission", _("Submission")),
    ("screening", _("Screening")),
    ("review", _("Expert review")),
    ("vote", _("Public vote")),
    ("selection", _("Choice of the winners")),
    ("announcement", _("Announcement")),
)


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_hex(32)


class Edition(models.Model):
    """A year of the prizes. `rules` is what the library's `rules_as_data` makes, the phases as they stand now in it.

    `key` makes the voters' tags and the receipts; it is shown nowhere. Nobody votes any more once `frozen_at` is set.
    """

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    rules = models.JSONField()
    # Counts the changes of `rules`: a process that has read them knows when to read them again.
    version = models.PositiveIntegerField(default=1)
    # Counts the changes of the ballot paper, likewise.
    paper = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=64, default=new_key, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    # When the winners may be read; until then they are under embargo.
    announced_at = models.DateTimeField(null=True, blank=True)
    # When champions and winners were written to.
    told_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return self.name


class PhaseMove(models.Model):
    """A date that was moved, with the reason that was published."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=16, choices=PHASES)
    old_starts = models.DateTimeField(null=True, blank=True)
    old_ends = models.DateTimeField(null=True, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=500)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind} {self.starts:%Y-%m-%d} – {self.ends:%Y-%m-%d}"
