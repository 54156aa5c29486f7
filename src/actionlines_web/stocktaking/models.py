"""The register: entries, their links, the counted matrix, staged imports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What an entry is (the library's `STATUSES`)."""

    ENTRY = "entry", _("Entry")
    NOMINEE = "nominee", _("Nominee")
    CHAMPION = "champion", _("Champion")
    WINNER = "winner", _("Winner")
    OTHER = "other", _("Other")


class Tier(models.IntegerChoices):
    """How firm a link is; a smaller number is firmer. Lists and the matrix show all up to a chosen tier."""

    DECLARED = 1, _("Declared by the owner")
    EVIDENCE = 2, _("Declared or found in the text")


class Entry(models.Model):
    """One record of the register.

    `stakeholder_type` and `region` are copies (of the organisation's type; of the country's region in the entry's
    year) so that lists, facets and the matrix need no join. Year 0 means "not known".
    """

    identifier = models.CharField(_("identifier"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"))
    language = models.CharField(_("language"), max_length=2, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    stakeholder_type = models.CharField(_("stakeholder type"), max_length=32, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True, db_index=True)
    region = models.CharField(_("region"), max_length=3, blank=True, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"), default=0)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.ENTRY)
    website = models.URLField(_("website"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["-year", "-id"], name="entry_newest"),
            models.Index(fields=["region", "country", "year", "stakeholder_type"], name="entry_facets"),
        ]

    def __str__(self) -> str:
        return self.title


class EntryLink(models.Model):
    """A link of an entry to a node, as the library's `Link`, with the firmness (`tier`) lists filter by."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    framework = models.CharField(max_length=16)
    node = models.CharField(max_length=16)
    basis = models.CharField(max_length=16)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    probability = models.FloatField()
    source = models.CharField(max_length=16, blank=True)
    evidence = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "framework", "node"], name="link_once_per_node")
        ]
        indexes = [models.Index(fields=["framework", "node", "tier", "entry"], name="link_by_node")]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.framework}:{self.node}"


class MatrixCell(models.Model):
    """How many entries touch a row and a column of the matrix, kept by the actions that write links.

    `rows` names the framework of the rows ('wsis' or 'itu-d-2020'). `row` or `column` '*' is the margin: distinct
    entries over the whole row or column. `level` is 'goal' for the goals' columns and the margins, or the goal whose
    target the column is. `tier` is the firmest tier at which those entries reach the cell, so a matrix "up to tier 2"
    adds tiers 1 and 2. An entry stands in each cell at exactly one tier.
    Cells of `scope` 'all' add up over every country, year and stakeholder type: the page without a filter.
    """

    scope = models.CharField(max_length=8)
    rows = models.CharField(max_length=16)
    level = models.CharField(max_length=8)
    row = models.CharField(max_length=16)
    column = models.CharField(max_length=8)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    region = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=3, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    stakeholder_type = models.CharField(max_length=32, blank=True)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("scope", "rows", "level", "row", "column"),
                    *("tier", "region", "country", "year", "stakeholder_type"),
                ],
                name="cell_once",
            )
        ]
        # A matrix is read in this order, from the index alone.
        indexes = [
            models.Index(
                fields=[
                    *("scope", "rows", "level", "row", "column"),
                    *("tier", "region", "country", "year", "stakeholder_type", "entries"),
                ],
                name="cell_read",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} × {self.column}: {self.entries}"


class ImportBatch(models.Model):
    """An uploaded file of entries between its dry run and its application."""

    class State(models.TextChoices):
        """Where the batch stands."""

        STAGED = "staged", _("Waiting for your decision")
        ORDERED = "ordered", _("Being applied")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")

    file_name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=16, choices=State, default=State.STAGED)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name
