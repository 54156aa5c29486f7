"""Links of entries to nodes, and what reviewers said of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from actionlines_web.stocktaking.models.choices import SETBACK_TIER, Direction, Tier
from actionlines_web.stocktaking.models.entry import Entry


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
