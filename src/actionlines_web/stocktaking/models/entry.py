"""Entries of the register, their translations, whom to ask about them, how they stood before."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionlines_web.stocktaking.models.choices import Coverage, Stage, Status


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
    # One name or figure a line, codes separated by spaces: an export of a million rows copies them as they stand.
    partners = models.TextField(_("partners"), blank=True)
    countries = models.CharField(_("further countries"), max_length=1200, blank=True)
    figures = models.TextField(_("results in figures"), blank=True)
    coverage = models.CharField(_("coverage"), max_length=16, choices=Coverage, blank=True)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, blank=True)
    beneficiaries = models.TextField(_("beneficiaries"), blank=True)
    results = models.TextField(_("results"), blank=True)
    technology = models.TextField(_("technology"), blank=True)
    replicability = models.TextField(_("replicability"), blank=True)
    sustainability = models.TextField(_("sustainability"), blank=True)
    values = models.TextField(_("WSIS values"), blank=True)
    challenges = models.TextField(_("challenges"), blank=True)
    financing = models.TextField(_("financing"), blank=True)
    demonstration = models.BooleanField(default=False)
    # The last day on which its owner said that it is still true; publication counts as such a day.
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    # An archived entry keeps its address and its history, and stands in no list, count, search or export.
    # Only `archive_entry` and `restore_entry` write it; see there what goes with it.
    archived_at = models.DateTimeField(null=True, blank=True)
    # The entry that an archived one was merged into: its address leads there.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The last day on which its owners were asked whether it is still true.
    reminded_on = models.DateField(null=True, blank=True)
    # The website without what spellings of one address differ in (the library's `duplicates.site`), to find twins.
    site = models.CharField(max_length=500, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            # Lists read the entries that are not archived, so that is all these hold. `archived_at` stands in them all
            # the same: without it SQLite looks it up in every row.
            models.Index(
                fields=["-year", "-id", "archived_at"],
                name="entry_newest",
                condition=models.Q(archived_at=None),
            ),
            models.Index(
                fields=["region", "country", "year", "stakeholder_type", "archived_at"],
                name="entry_facets",
                condition=models.Q(archived_at=None),
            ),
            models.Index(
                fields=["confirmed_on", "archived_at"],
                name="entry_confirmed",
                condition=models.Q(archived_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryTranslation(models.Model):
    """Title and description of an entry in one more language, as the library's `Translation`."""

    class Maker(models.TextChoices):
        """Who put it there (the library's `MAKERS`)."""

        HUMAN = "human", _("Translated by a person")
        MACHINE = "machine", _("Translated by machine")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    made_by = models.CharField(_("made by"), max_length=16, choices=Maker, default=Maker.HUMAN)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="translation_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"


class EntryContact(models.Model):
    """The person to ask about an entry: a table of its own, which nothing that is public reads."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"contact of {self.entry_id}"


class Revision(models.Model):
    """How a published entry stood after one publication: the same `fields` as a submission has."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    fields = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} r{self.number}"
