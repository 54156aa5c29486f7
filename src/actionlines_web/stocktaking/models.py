"""The register: entries, their links, the counted matrix, staged imports."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What an entry is (the library's `STATUSES`)."""

    ENTRY = "entry", _("Entry")
    NOMINEE = "nominee", _("Nominee")
    CHAMPION = "champion", _("Champion")
    WINNER = "winner", _("Winner")
    OTHER = "other", _("Other")


class Coverage(models.TextChoices):
    """How far an entry reaches (the library's `COVERAGES`)."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    INTERNATIONAL = "international", _("International")


class Stage(models.TextChoices):
    """Where the project stands (the library's `STAGES`)."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETED = "completed", _("Completed")


class Tier(models.IntegerChoices):
    """How firm a link is; a smaller number is firmer. Lists and the matrix show all up to a chosen tier."""

    DECLARED = 1, _("Declared by the owner")
    ACCEPTED = 2, _("Declared, or accepted by a reviewer")
    EVIDENCE = 3, _("Declared, accepted or found in the text")


# The links of an archived entry stand so much above their own tier: no list, count or matrix asks for links that weak,
# and none needs to look at the entry to leave them out.
ARCHIVED_TIER = 100


class Direction(models.TextChoices):
    """What the text says of a node (the library's `Direction`)."""

    ADVANCES = "advances", _("advances it")
    MENTIONS = "mentions", _("only mentions it")
    AGAINST = "works-against", _("works against it")


# A setback (a link that works against its node) stands so much above its own tier, for the same reason: it is kept and
# shown, and no contribution.
SETBACK_TIER = 10


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


class Submission(models.Model):
    """What somebody wants to see in the register: a new entry or a change of one, on its way to publication.

    The register (`Entry`) holds only what is published; a draft stands here and nowhere else, so no list, search,
    count, export or API of the register can show it. `fields` is the entry as `row_of` of the library writes it:
    column of the library's `COLUMNS` to text.
    """

    class State(models.TextChoices):
        """Where it stands (the library's `workflow.STATES`)."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        UNDER_REVIEW = "under-review", _("Under review")
        RETURNED = "returned", _("Returned with comments")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFUSED = "refused", _("Refused")

    identifier = models.CharField(max_length=64, db_index=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    fields = models.JSONField(default=dict)
    # For a change: the entry as it stood when the change began, so that what others changed since is kept.
    base = models.JSONField(default=dict)
    # (framework, node) as 'wsis:C2' to true (accepted) or false (refused), for what the aligner proposed.
    decisions = models.JSONField(default=dict)
    # Counts the saves: two people who edit one submission learn of each other instead of overwriting.
    version = models.PositiveIntegerField(default=1)
    # Who saved last, and since when that person has been at it.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(default=timezone.now)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Copies for the queue's filters.
    title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="submission_queue"),
            models.Index(fields=["submitter", "-changed_at"], name="submission_mine"),
        ]

    def __str__(self) -> str:
        return self.title or self.identifier


class EntryAttachment(models.Model):
    """A file beside a submission, and from its publication on beside the entry."""

    class Scan(models.TextChoices):
        """What the site's scanner said; without a scanner every file counts as clean."""

        WAITING = "waiting", _("Waiting to be checked for viruses")
        CLEAN = "clean", _("Checked")
        REFUSED = "refused", _("Refused by the virus scanner")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    # The change with whose publication the file goes.
    dropped_by = models.ForeignKey(
        Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Not to be guessed: the address of a file of a draft tells nothing and leads nobody on.
    key = models.CharField(max_length=40, unique=True)
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=8, choices=Scan)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class SubmissionStep(models.Model):
    """One thing that happened to a submission, with what was said to its owner (`comment`) or among moderators."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    comment = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} · {self.submission_id}"


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


class EntryLink(models.Model):
    """A link of an entry to a node, as the library's `Link`, with the firmness (`tier`) lists filter by.

    A link of basis 'declared' and source 'reviewer' was added by a reviewer: it is none of the owner's declarations.
    A link somebody refused is not here; its `LinkDecision` is.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    framework = models.CharField(max_length=16)
    node = models.CharField(max_length=16)
    basis = models.CharField(max_length=16)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    probability = models.FloatField()
    source = models.CharField(max_length=16, blank=True)
    evidence = models.JSONField(default=list)
    # The aligner's edition that found it (the library's `aligner_edition`); '' for a declared one.
    edition = models.CharField(max_length=32, blank=True)
    # A setback stands SETBACK_TIER above its own tier.
    direction = models.CharField(max_length=16, choices=Direction, default=Direction.ADVANCES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "framework", "node"], name="link_once_per_node")
        ]
        indexes = [
            models.Index(fields=["framework", "node", "tier", "entry"], name="link_by_node"),
            # The queue of reviewers: what counts begins at the threshold, so the least probable is the most doubtful.
            models.Index(fields=["probability", "entry"], name="link_by_doubt", condition=models.Q(tier=3)),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.framework}:{self.node}"

    @property
    def is_setback(self) -> bool:
        """Whether it works against its node: kept, shown, never counted."""
        return self.direction == Direction.AGAINST

    @property
    def firmness(self) -> Tier:
        """Its own tier, without what stands above it for a setback or an archived entry."""
        return Tier(self.tier % SETBACK_TIER)


class ReviewedText(models.Model):
    """A text as it stood when somebody decided about its links: a decision keeps its meaning when the entry changes."""

    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, blank=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.digest[:12]


class LinkDecision(models.Model):
    """What a reviewer said of a link. Rows are only ever added: the latest counts, the others tell who disagreed.

    `basis`, `source`, `probability`, `evidence` and `edition` are those of the link as the reviewer saw it; `direction`
    is the reviewer's own word.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="link_decisions")
    framework = models.CharField(max_length=16)
    node = models.CharField(max_length=16)
    accepted = models.BooleanField()
    # Nobody: the command line, or a person whose account is gone.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    text = models.ForeignKey(ReviewedText, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=16)
    source = models.CharField(max_length=16, blank=True)
    probability = models.FloatField()
    evidence = models.JSONField(default=list)
    edition = models.CharField(max_length=32, blank=True)
    direction = models.CharField(max_length=16, choices=Direction, default=Direction.ADVANCES)
    # The decision about an entry merged into this one that this repeats; figures and examples count that one only.
    copy_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["entry", "framework", "node", "id"], name="decision_by_link")]

    def __str__(self) -> str:
        return f"{self.entry_id} {'→' if self.accepted else '↛'} {self.framework}:{self.node}"


class MatrixCell(models.Model):
    """How many entries touch a row and a column of the matrix, kept by the actions that write links.

    `rows` names the framework of the rows ('wsis' or 'itu-d-2020'). `row` or `column` '*' is the margin: distinct
    entries over the whole row or column. `level` is 'goal' for the goals' columns and the margins, or the goal whose
    target the column is. `tier` is the firmest tier at which those entries reach the cell, so a matrix "up to tier 3"
    adds tiers 1 to 3. An entry stands in each cell at exactly one tier.
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


class ExportFile(models.Model):
    """A file of entries that somebody asked for and a worker makes, kept for EXPORT_DAYS.

    It is there, whole, from the moment `made_at` is set; before that nobody can have any of it.
    """

    # Not to be guessed, and the file's name on the disk.
    key = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=8)
    # The filter as addresses write it, and the language of names and titles.
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    ordered_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    entries = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.form} {self.key[:8]}"
