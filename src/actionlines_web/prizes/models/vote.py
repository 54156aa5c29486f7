"""The vote: who votes, the ballots that stand, the log of all that happened, and what was published of it."""

from django.conf import settings
from django.db import models


class Voter(models.Model):
    """A person who voted in an edition: what a decision about their ballots, and the look for odd patterns, needs."""

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="voters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Where the person reads mail; blanked with the devices.
    domain = models.CharField(max_length=253, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="voter_once")]

    def __str__(self) -> str:
        return f"voter {self.pk}"


class Ballot(models.Model):
    """The choice of a voter that stands in a category (with several votes: one of them, told apart by `slot`).

    It is written with its line of the log in one transaction. `voter` goes with the account; the tag, the choice and
    the count stay. `attempt` is what the form carried: with the edition's key it makes the receipt.
    """

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="+")
    voter = models.ForeignKey(Voter, on_delete=models.SET_NULL, null=True, related_name="ballots")
    tag = models.CharField(max_length=24)
    category = models.CharField(max_length=32)
    slot = models.CharField(max_length=16, blank=True)
    nominee = models.CharField(max_length=16)
    line = models.OneToOneField("prizes.BallotLine", on_delete=models.PROTECT, related_name="+")
    attempt = models.CharField(max_length=32)
    # A keyed digest of address and browser, blanked some weeks after the vote.
    device = models.CharField(max_length=16, blank=True)
    valid = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "tag", "category", "slot"], name="ballot_once")
        ]

    def __str__(self) -> str:
        return f"{self.tag} {self.category}"


class BallotLine(models.Model):
    """One line of the ballot log, as the library's `LogLine`; the database refuses to change or delete it.

    `number` is empty until the chain has reached it (see `actions.sealing`); setting it is the one change allowed.
    """

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    voter = models.CharField(max_length=24)
    category = models.CharField(max_length=32)
    nominee = models.CharField(max_length=16)
    at = models.PositiveBigIntegerField()
    about = models.PositiveBigIntegerField(default=0)
    receipt = models.CharField(max_length=32)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "receipt"], name="receipt_once", condition=~models.Q(receipt="")
            ),
            models.UniqueConstraint(
                fields=["edition", "number"], name="line_once", condition=models.Q(number__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "id"], name="line_unsealed", condition=models.Q(number=None))
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.number or '–'} {self.kind}"


class Chain(models.Model):
    """The end of an edition's chain; whoever lengthens it locks this row first."""

    edition = models.OneToOneField("prizes.Edition", on_delete=models.PROTECT, related_name="chain")
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest[:12]}"


class Anchor(models.Model):
    """An end of the chain that was published while the vote ran."""

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="anchors")
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="anchor_once")]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest[:12]}"


class Publication(models.Model):
    """A result as it was published, with its file; a later decision on ballots makes the next one, none goes."""

    edition = models.ForeignKey("prizes.Edition", on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=120)
    seal = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    result = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="publication_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} result {self.number}"
